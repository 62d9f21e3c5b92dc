using TorchBoard.Drawing;
using TorchBoard.Figures.Axes;
using TorchBoard.Imaging;

namespace TorchBoard.Figures.Marks;

/// <summary>Upright axes side by side, and a line across them for each trial.</summary>
internal sealed class ParallelMark(ParallelAxis[] axes, int colored) : Mark
{
    private const int Many = 60;
    private const int PixelsATick = 60;
    private const double HaloOpacity = 0.85;

    // The last colors of viridis are too light for lines on white.
    private const double LightestShare = 0.88;

    public override IReadOnlyList<string>? XNames { get; } = [.. axes.Select(axis => axis.Name)];

    // The axes are the mark's own.
    public override IReadOnlyList<string>? YNames => [];

    public override bool HasFrame => false;

    public override long Size => sizeof(double) * axes.Sum(axis => (long)axis.Count);

    public override void Extend(DataRange x, DataRange y)
    {
    }

    /// <summary>Returns the positions of the trials on each axis, from 0 at the bottom to 1.</summary>
    public double[][] Shares() => Array.ConvertAll(axes, axis => axis.Shares(axis.Ticked(PixelsATick).Scale));

    /// <summary>Returns the colors of the trials.</summary>
    public static Color[] TrialColors(double[] shares)
    {
        double[] shown = [.. shares.Where(double.IsFinite)];
        (double least, double range) = shown.Length == 0 ? (0, 0) : (shown.Min(), shown.Max() - shown.Min());
        return Array.ConvertAll(
            shares, share => double.IsNaN(share) ? Theme.Missing : ColorAt(range > 0 ? (share - least) / range : 0.5));
    }

    public override void Draw(Plot plot)
    {
        double[][] shares = Shares();
        Color[] colors = TrialColors(shares[colored]);
        int[] order =
            [.. Enumerable.Range(0, colors.Length).OrderBy(i => double.IsNaN(shares[colored][i]) ? -1 : shares[colored][i])];
        foreach (int trial in order)
            DrawLine(plot, Array.ConvertAll(shares, axis => axis[trial]), colors[trial], colors.Length);
        for (int a = 0; a < axes.Length; a++)
            DrawAxis(plot, a, shares[a]);
    }

    private static Color ColorAt(double share) =>
        ColorMap.Viridis[(int)Math.Round(share * LightestShare * (ColorMap.Viridis.Count - 1))];

    private static void DrawLine(Plot plot, double[] shares, Color color, int trials)
    {
        double width = plot.Theme.LineWidth * (trials > Many ? 0.5 : 1);
        foreach ((int first, int end) in PointRuns.Of(shares.Length, a => !double.IsNaN(shares[a])))
        {
            Point[] points = [.. Enumerable.Range(first, end - first).Select(a => At(plot, a, shares[a]))];
            if (points.Length == 1)
                plot.Canvas.FillCircle(points[0], 1.5 * width, color);
            else
                plot.Canvas.Stroke(points, width, color, trials > Many ? 0.7 : 0.9);
        }
    }

    private static Point At(Plot plot, int axis, double share) =>
        new(plot.Across(axis), plot.Area.Bottom - (share * plot.Area.Height));

    private void DrawAxis(Plot plot, int index, double[] shares)
    {
        Theme theme = plot.Theme;
        PixelBox area = plot.Area;
        int left = Frame.HairlineAt(plot.Across(index), theme.Scale);
        plot.Canvas.Fill(new PixelBox(left, area.Top, left + theme.Scale, area.Bottom), Theme.Frame);
        if (index == colored)
            DrawColors(plot, shares);

        Axis axis = axes[index].Ticked(Math.Clamp(area.Height / (PixelsATick * theme.Scale), 3, 7));
        double slot = (double)area.Width / axes.Length;
        int stride = Math.Max(1, (int)Math.Ceiling(theme.TickText.LineHeight * axis.Labels.Count / Math.Max(area.Height, 1)));
        for (int i = 0; i < axis.Ticks.Count; i += stride)
        {
            TextStyle style = theme.TickText.Fitted(axis.Labels[i], slot - theme.Gap, out string label);
            Point at = At(plot, index, axes[index].ShareOf(axis.Scale, axis.Ticks[i]));
            double half = (style.WidthOf(label) / 2) + (2 * theme.Scale);
            int tall = (int)Math.Ceiling((theme.TickText.CapitalHeight / 2) + (3 * theme.Scale));
            plot.Canvas.Fill(
                Plot.Cell(at.X - half, at.X + half, at.Y - tall, at.Y + tall), Theme.Background, HaloOpacity);
            style.Draw(plot.Canvas, label, at, TextAnchor.Middle, TextAnchor.Middle);
        }
    }

    /// <summary>Draws the axis that colors the lines as their color bar.</summary>
    private void DrawColors(Plot plot, double[] shares)
    {
        double[] shown = [.. shares.Where(double.IsFinite)];
        if (shown.Length == 0 || shown.Min() == shown.Max())
            return;
        int half = 3 * plot.Theme.Scale;
        int middle = (int)Math.Round(plot.Across(colored));
        int top = (int)Math.Floor(At(plot, colored, shown.Max()).Y);
        int bottom = (int)Math.Ceiling(At(plot, colored, shown.Min()).Y);
        for (int y = top; y < bottom; y++)
        {
            double share = (bottom - y - 0.5) / (bottom - top);
            plot.Canvas.Fill(new PixelBox(middle - half, y, middle + half, y + 1), ColorAt(share));
        }
    }
}
