using TorchBoard.Drawing;
using TorchBoard.Figures.Axes;

namespace TorchBoard.Figures.Marks;

/// <summary>
/// A bar for each name that starts where the bar below it ends: how contributions add up, from the bottom to the top.
/// </summary>
internal sealed class WaterfallMark(IReadOnlyList<string> names, double start, double[] steps, string[] numbers) : Mark
{
    private const double HalfHeight = 0.36;
    private const double RoomForNumbers = 0.14;

    public override IReadOnlyList<string>? YNames => names;

    public override long Size => sizeof(double) * (long)steps.Length;

    /// <summary>The lengths of the bars, from top to bottom.</summary>
    public double[] Steps => steps;

    /// <summary>Where the bar at the bottom starts.</summary>
    public double Start => start;

    /// <summary>Where the bar at the top ends.</summary>
    public double End => start + steps.Sum();

    public override void Extend(DataRange x, DataRange y)
    {
        var range = new DataRange(positiveOnly: false);
        foreach ((double from, double to) in Spans())
            range.Include([from, to]);
        double room = (range.Max - range.Min) * RoomForNumbers;
        x.Include([range.Min - room, range.Max + room]);
    }

    public override void Draw(Plot plot)
    {
        (double From, double To)[] spans = Spans();
        for (int i = 0; i < spans.Length; i++)
        {
            (double from, double to) = spans[i];
            if (!plot.X.Shows(from) || !plot.X.Shows(to))
                continue;
            PixelBox bar = Plot.Cell(
                plot.Across(from), plot.Across(to), plot.Down(i - HalfHeight), plot.Down(i + HalfHeight));
            if (to != from)
                plot.Canvas.Fill(bar, to < from ? Theme.Negative : Theme.Positive);
            if (i > 0)
            {
                // From this bar's end up to where the next one starts.
                int left = Frame.HairlineAt(plot.Across(to), plot.Theme.Scale);
                int top = (int)plot.Down(i - 1 + HalfHeight);
                plot.Canvas.Fill(new PixelBox(left, top, left + plot.Theme.Scale, bar.Top), Theme.Frame);
            }

            DrawNumber(plot, bar, numbers[i], isNegative: to < from);
        }
    }

    private static void DrawNumber(Plot plot, PixelBox bar, string number, bool isNegative)
    {
        TextStyle style = plot.Theme.TickText;
        double gap = plot.Theme.Gap;
        double width = style.WidthOf(number);
        double middle = (bar.Top + bar.Bottom) / 2.0;
        if (width + (2 * gap) <= bar.Width)
        {
            (style with { Color = Theme.Background }).Draw(
                plot.Canvas, number, new((bar.Left + bar.Right) / 2.0, middle), TextAnchor.Middle, TextAnchor.Middle);
            return;
        }

        // Beside the bar's end, or beside its start where there is no room.
        bool isLeft = isNegative
            ? bar.Left - gap - width >= plot.Area.Left
            : bar.Right + gap + width > plot.Area.Right;
        style.Draw(
            plot.Canvas, number, new(isLeft ? bar.Left - gap : bar.Right + gap, middle),
            isLeft ? TextAnchor.End : TextAnchor.Start, TextAnchor.Middle);
    }

    private (double From, double To)[] Spans()
    {
        var spans = new (double From, double To)[steps.Length];
        double at = start;
        for (int i = steps.Length - 1; i >= 0; i--)
        {
            spans[i] = (at, at + steps[i]);
            at += steps[i];
        }

        return spans;
    }
}
