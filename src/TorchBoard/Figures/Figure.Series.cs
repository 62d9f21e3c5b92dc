using System.Numerics;
using TorchBoard.Drawing;
using TorchBoard.Figures.Marks;
using TorchBoard.Histograms;

namespace TorchBoard.Figures;

public sealed partial class Figure
{
    /// <summary>Adds a line through points, in the order in which they are given.</summary>
    /// <typeparam name="TX">Any number: float, double, long, ….</typeparam>
    /// <typeparam name="TY">Any number.</typeparam>
    /// <param name="x">Where the points stand on the horizontal axis.</param>
    /// <param name="y">Their values, as many.</param>
    /// <param name="label">What the legend calls it; nothing by default, and then it is not in there.</param>
    /// <param name="color">Its color; by default one that no other series has, of ten.</param>
    /// <param name="dashed">Whether it is drawn in dashes. Off by default, but on for the second ten of lines.</param>
    /// <returns>This figure.</returns>
    /// <exception cref="ArgumentException">There are not as many x as y.</exception>
    public Figure Line<TX, TY>(
        ReadOnlySpan<TX> x, ReadOnlySpan<TY> y, string label = "", Color? color = null, bool dashed = false)
        where TX : INumberBase<TX>
        where TY : INumberBase<TY>
    {
        ThrowIfLengthsDiffer(x.Length, y.Length, nameof(y));
        bool isLaterTurn = color is null && Theme.IsDashed(_series);
        return Add(new LineMark(Doubles(x), Doubles(y), dashed || isLaterTurn)
        {
            Label = Printable(label, nameof(label)),
            Color = color ?? NextColor(),
        });
    }

    /// <summary>Adds a line through values at 0, 1, 2, ….</summary>
    /// <inheritdoc cref="Line{TX, TY}(ReadOnlySpan{TX}, ReadOnlySpan{TY}, string, Color?, bool)"/>
    public Figure Line<TY>(ReadOnlySpan<TY> y, string label = "", Color? color = null, bool dashed = false)
        where TY : INumberBase<TY>
    {
        int[] x = [.. Enumerable.Range(0, y.Length)];
        return Line<int, TY>(x, y, label, color, dashed);
    }

    /// <summary>Adds points, each a disc that is a little see-through; small ones where there are over 2,000.</summary>
    /// <typeparam name="TX">Any number: float, double, long, ….</typeparam>
    /// <typeparam name="TY">Any number.</typeparam>
    /// <param name="x">Where the points stand on the horizontal axis.</param>
    /// <param name="y">Where they stand on the vertical axis, as many.</param>
    /// <param name="label">What the legend calls them; nothing by default, and then they are not in there.</param>
    /// <param name="color">Their color; by default one that no other series has, of ten.</param>
    /// <returns>This figure.</returns>
    /// <exception cref="ArgumentException">There are not as many x as y.</exception>
    public Figure Scatter<TX, TY>(ReadOnlySpan<TX> x, ReadOnlySpan<TY> y, string label = "", Color? color = null)
        where TX : INumberBase<TX>
        where TY : INumberBase<TY>
    {
        ThrowIfLengthsDiffer(x.Length, y.Length, nameof(y));
        return Add(new ScatterMark(Doubles(x), Doubles(y))
        {
            Label = Printable(label, nameof(label)),
            Color = color ?? NextColor(),
        });
    }

    /// <summary>Adds the area between two curves: a mean ± its deviation, the range of several runs.</summary>
    /// <typeparam name="TX">Any number: float, double, long, ….</typeparam>
    /// <typeparam name="TY">Any number.</typeparam>
    /// <param name="x">Where the points of both curves stand on the horizontal axis.</param>
    /// <param name="low">The values of one curve, as many.</param>
    /// <param name="high">The values of the other, as many.</param>
    /// <param name="label">What the legend calls it; nothing by default, and then it is not in there.</param>
    /// <param name="color">
    /// Its color, drawn see-through; by default that of the series that is added next, for the line within the band.
    /// </param>
    /// <returns>This figure.</returns>
    /// <exception cref="ArgumentException">There are not as many x as low and high.</exception>
    public Figure Band<TX, TY>(
        ReadOnlySpan<TX> x, ReadOnlySpan<TY> low, ReadOnlySpan<TY> high, string label = "", Color? color = null)
        where TX : INumberBase<TX>
        where TY : INumberBase<TY>
    {
        ThrowIfLengthsDiffer(x.Length, low.Length, nameof(low));
        ThrowIfLengthsDiffer(x.Length, high.Length, nameof(high));
        return Add(new BandMark(Doubles(x), Doubles(low), Doubles(high))
        {
            Label = Printable(label, nameof(label)),
            Color = color ?? Theme.ColorOf(_series),
        });
    }

    /// <summary>Adds a dashed line right across the plot: a threshold, a mean, chance level.</summary>
    /// <param name="y">Where it stands on the vertical axis; finite.</param>
    /// <param name="label">What the legend calls it; nothing by default, and then it is not in there.</param>
    /// <param name="color">Its color; dark gray by default.</param>
    /// <returns>This figure.</returns>
    /// <exception cref="ArgumentException">The value is not finite.</exception>
    public Figure HorizontalLine(double y, string label = "", Color? color = null) =>
        AddReference(y, vertical: false, label, color, nameof(y));

    /// <summary>Adds a dashed line from the bottom of the plot to its top: an epoch, a decision.</summary>
    /// <param name="x">Where it stands on the horizontal axis; finite.</param>
    /// <param name="label">What the legend calls it; nothing by default, and then it is not in there.</param>
    /// <param name="color">Its color; dark gray by default.</param>
    /// <returns>This figure.</returns>
    /// <exception cref="ArgumentException">The value is not finite.</exception>
    public Figure VerticalLine(double x, string label = "", Color? color = null) =>
        AddReference(x, vertical: true, label, color, nameof(x));

    /// <summary>
    /// Adds a histogram: how many of the values lie in each bucket. Several in one figure are see-through; give them
    /// the same edges to compare them bucket by bucket.
    /// </summary>
    /// <typeparam name="T">Any number: float, double, Half, an integer.</typeparam>
    /// <param name="values">The values, in any order.</param>
    /// <param name="label">What the legend calls it; nothing by default, and then it is not in there.</param>
    /// <param name="bins">
    /// Which buckets; <see cref="HistogramBins.Auto"/> by default. Where a rule makes more than 128, there are 128. The
    /// axis shows the whole range of chosen edges, such as <c>HistogramBins.Equal(50, -5, 5)</c>, empty or not.
    /// </param>
    /// <param name="color">Its color; by default one that no other series has, of ten.</param>
    /// <returns>This figure.</returns>
    public Figure Histogram<T>(
        ReadOnlySpan<T> values, string label = "", HistogramBins? bins = null, Color? color = null)
        where T : unmanaged, INumberBase<T>
    {
        (double[] edges, double[] counts) = HistogramMark.Count(values, bins ?? HistogramBins.Auto);
        return Add(new HistogramMark(edges, counts)
        {
            Label = Printable(label, nameof(label)),
            Color = color ?? NextColor(),
        });
    }

    private static double[] Doubles<T>(ReadOnlySpan<T> values)
        where T : INumberBase<T>
    {
        double[] doubles = new double[values.Length];
        for (int i = 0; i < doubles.Length; i++)
            doubles[i] = double.CreateSaturating(values[i]);
        return doubles;
    }

    private static void ThrowIfLengthsDiffer(int wanted, int given, string argument)
    {
        if (wanted != given)
        {
            throw new ArgumentException(
                FormattableString.Invariant($"{wanted} numbers are wanted; {given} given."), argument);
        }
    }

    private Figure AddReference(double value, bool vertical, string label, Color? color, string argument)
    {
        if (!double.IsFinite(value))
        {
            throw new ArgumentOutOfRangeException(
                argument, value, FormattableString.Invariant($"A finite number is wanted; {value} given."));
        }

        return Add(new ReferenceLineMark(value, vertical)
        {
            Label = Printable(label, nameof(label)),
            Color = color ?? Theme.Frame,
        });
    }

    private Color NextColor() => Theme.ColorOf(_series++);

    private Figure Add(Mark mark)
    {
        ThrowIfNamesDiffer(mark);
        _marks.Add(mark);
        return this;
    }
}
