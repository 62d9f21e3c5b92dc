using TorchBoard.Drawing;
using TorchBoard.Figures.Axes;

namespace TorchBoard.Figures.Marks;

/// <summary>A bar for each name, from 0 or from the start of a logarithmic axis.</summary>
internal sealed class BarMark(IReadOnlyList<string> names, double[] values, bool horizontal) : Mark
{
    /// <summary>The share of the distance between names that bars fill.</summary>
    private const double Filled = 0.8;

    /// <summary>
    /// On a logarithmic axis, bars start at a power of ten, and the shortest bar is at least this many decades long.
    /// </summary>
    private const double ShortestDecades = 0.1;

    /// <summary>The index among the bars of a name, from 0; bars with the same index overlap.</summary>
    public required int Slot { get; init; }

    /// <summary>The color of values below 0.</summary>
    public Color? NegativeColor { get; init; }

    /// <summary>The texts at the ends of the bars; null for none.</summary>
    public IReadOnlyList<string>? Numbers { get; init; }

    /// <summary>The room for <see cref="Numbers"/> beyond the longest bar, as a share of all bars' length.</summary>
    public double RoomForNumbers { get; init; } = 0.12;

    public override IReadOnlyList<string>? XNames => horizontal ? null : names;

    public override IReadOnlyList<string>? YNames => horizontal ? names : null;

    public override long Size => (sizeof(double) * (long)values.Length) + names.Sum(name => 2L * name.Length);

    public override void Extend(DataRange x, DataRange y)
    {
        DataRange along = horizontal ? x : y;
        along.IncludeEdge(0);
        along.Include(values);
        if (along is { IsLogarithmic: true, IsEmpty: false })
            along.IncludeEdge(Math.Pow(10, Math.Floor(Math.Log10(along.Min) - ShortestDecades)));
        if (Numbers is null)
            return;
        double room = (Math.Max(along.Max, 0) - Math.Min(along.Min, 0)) * RoomForNumbers;
        along.Include(along.Max + room);
        if (along.Min < 0)
            along.Include(along.Min - room);
    }

    public override void Draw(Plot plot)
    {
        AxisScale along = horizontal ? plot.X : plot.Y;
        double width = Filled / plot.BarSlots;
        for (int i = 0; i < values.Length; i++)
        {
            if (!along.Shows(values[i]))
                continue;
            double start = i - (Filled / 2) + (Slot * width);
            double foot = along.IsLogarithmic ? along.Min : 0;
            PixelBox bar = horizontal
                ? Plot.Cell(plot.Across(foot), plot.Across(values[i]), plot.Down(start), plot.Down(start + width))
                : Plot.Cell(plot.Across(start), plot.Across(start + width), plot.Down(foot), plot.Down(values[i]));
            if (values[i] != 0)
                plot.Canvas.Fill(bar, values[i] < 0 ? NegativeColor ?? Color : Color);
            if (Numbers is not null)
                DrawNumber(plot, bar, Numbers[i], values[i] < 0);
        }
    }

    private void DrawNumber(Plot plot, PixelBox bar, string number, bool isNegative)
    {
        TextStyle style = plot.Theme.TickText;
        double gap = plot.Theme.Gap;
        if (horizontal)
        {
            style.Draw(
                plot.Canvas, number, new(isNegative ? bar.Left - gap : bar.Right + gap, (bar.Top + bar.Bottom) / 2.0),
                isNegative ? TextAnchor.End : TextAnchor.Start, TextAnchor.Middle);
        }
        else
        {
            style.Draw(
                plot.Canvas, number, new((bar.Left + bar.Right) / 2.0, isNegative ? bar.Bottom + gap : bar.Top - gap),
                TextAnchor.Middle, isNegative ? TextAnchor.End : TextAnchor.Start);
        }
    }
}
