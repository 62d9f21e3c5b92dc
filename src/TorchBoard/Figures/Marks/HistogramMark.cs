using System.Numerics;
using TorchBoard.Drawing;
using TorchBoard.Figures.Axes;
using TorchBoard.Histograms;

namespace TorchBoard.Figures.Marks;

/// <summary>The buckets of a histogram: transparent with an outline, so that several can be compared.</summary>
internal sealed class HistogramMark(double[] edges, double[] heights) : Mark
{
    private const double Opacity = 0.45;

    /// <summary>More buckets could not be distinguished.</summary>
    private const int MostBuckets = 128;

    /// <summary>Whether all heights are whole numbers, as for counts.</summary>
    public bool AreWhole => heights.All(double.IsInteger);

    public override long Size => sizeof(double) * (long)(edges.Length + heights.Length);

    /// <summary>Returns the edges of the buckets and the number of values in each; empty if there are none.</summary>
    public static (double[] Edges, double[] Counts) Count<T>(ReadOnlySpan<T> values, HistogramBins bins)
        where T : unmanaged, INumberBase<T>
    {
        Histogram histogram = Histogram.Of(values, bins);
        if (bins.Rule != BinRule.None && histogram.Counts.Length > MostBuckets)
            histogram = Histogram.Of(values, HistogramBins.Equal(MostBuckets));
        if (histogram.Count == 0)
            return (bins.ChosenEdges.ToArray(), new double[Math.Max(bins.ChosenEdges.Length - 1, 0)]);

        // A histogram has no empty buckets at its ends; a figure shows the whole requested range.
        List<double> left = [];
        List<double> right = [];
        double first = histogram.Min;
        foreach (double edge in bins.ChosenEdges)
        {
            if (edge <= histogram.Min)
                left.Add(edge);
            else if (edge > histogram.Limits[^1])
                right.Add(edge);
        }

        // The first nonempty bucket starts at an edge or at the smallest value.
        if (left.Count > 0)
        {
            first = left[^1];
            left.RemoveAt(left.Count - 1);
        }

        return (
            [.. left, first, .. histogram.Limits, .. right],
            [.. new double[left.Count], .. histogram.Counts, .. new double[right.Count]]);
    }

    public override void Extend(DataRange x, DataRange y)
    {
        y.IncludeEdge(0);
        x.Include(edges);
        y.Include(heights);
    }

    public override void Draw(Plot plot)
    {
        if (heights.Length == 0)
            return;
        double foot = plot.Y.IsLogarithmic ? plot.Y.Min : 0;
        var outline = new List<Point> { plot.At(Left(0), foot) };
        for (int i = 0; i < heights.Length; i++)
        {
            double height = Math.Max(heights[i], foot);
            PixelBox bar = Plot.Cell(
                plot.Across(Left(i)), plot.Across(edges[i + 1]), plot.Down(foot), plot.Down(height));
            if (height > foot)
                plot.Canvas.Fill(bar, Color, Opacity);
            outline.Add(plot.At(Left(i), height));
            outline.Add(plot.At(edges[i + 1], height));
        }

        outline.Add(plot.At(edges[^1], foot));
        plot.Canvas.Stroke(outline.ToArray(), 1.5 * plot.Theme.Scale, Color);

        // On a logarithmic axis, buckets that start before the axis start at its minimum.
        double Left(int i) => plot.X.IsLogarithmic ? Math.Max(edges[i], plot.X.Min) : edges[i];
    }

    public override void DrawKey(Canvas canvas, PixelBox box, Theme theme)
    {
        canvas.Fill(box, Color, Opacity);
        canvas.Stroke(
            [new(box.Left, box.Bottom), new(box.Left, box.Top), new(box.Right, box.Top), new(box.Right, box.Bottom)],
            1.5 * theme.Scale, Color);
    }
}
