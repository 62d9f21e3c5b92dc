using TorchBoard.Drawing;
using TorchBoard.Figures.Marks;

namespace TorchBoard.Figures;

/// <summary>The list of labeled marks in the order they were added.</summary>
internal sealed class Legend
{
    /// <summary>Maximum share of the plot's width for a legend inside it.</summary>
    private const double LargestShare = 0.5;

    /// <summary>Maximum share of the legend's pixels that are already drawn on.</summary>
    private const double MostInk = 0.04;

    private readonly Theme _theme;
    private readonly Mark[] _marks;
    private readonly string[] _labels;

    /// <param name="marks">The marks of a plot.</param>
    /// <param name="mostWidth">Maximum width in pixels.</param>
    /// <param name="mostHeight">Maximum height in pixels; entries beyond are replaced by their number.</param>
    /// <param name="theme">Sizes and colors.</param>
    public Legend(IEnumerable<Mark> marks, int mostWidth, int mostHeight, Theme theme)
    {
        _theme = theme;
        _marks = [.. marks.Where(mark => mark.Label.Length > 0)];
        double textWidth = mostWidth - (2 * Inset) - KeyWidth - theme.Gap;
        _labels = [.. _marks.Select(mark => theme.TickText.Shorten(mark.Label, textWidth))];

        int most = Math.Max(1, (mostHeight - (2 * Inset)) / RowHeight);
        if (_labels.Length <= most)
            return;
        _marks = _marks[..(most - 1)];
        _labels = [.. _labels[..(most - 1)], FormattableString.Invariant($"… {_labels.Length - most + 1} more")];
    }

    public bool IsEmpty => _labels.Length == 0;

    public int Width => (2 * Inset) + KeyWidth + _theme.Gap + (int)Math.Ceiling(_theme.TickText.WidestOf(_labels));

    public int Height => (2 * Inset) + (_labels.Length * RowHeight);

    private int Inset => 6 * _theme.Scale;

    private int KeyWidth => 22 * _theme.Scale;

    private int RowHeight => (int)Math.Ceiling(_theme.TickText.Size * 1.45);

    /// <summary>Returns the emptiest corner of a plot; null if the legend would hide too much anywhere.</summary>
    public PixelBox? FreePlace(Raster drawn, PixelBox plot)
    {
        if (Width > plot.Width * LargestShare || Height > plot.Height * 0.9)
            return null;
        PixelBox best = Place(plot, FigureLegend.TopRight);
        double least = double.PositiveInfinity;
        foreach (FigureLegend corner in new[]
        {
            FigureLegend.TopRight, FigureLegend.TopLeft, FigureLegend.BottomRight, FigureLegend.BottomLeft,
        })
        {
            PixelBox place = Place(plot, corner);
            double ink = InkIn(drawn, place);
            if (ink < least)
                (best, least) = (place, ink);
        }

        return least <= MostInk * best.Width * best.Height ? best : null;
    }

    /// <summary>Returns the legend's position in a corner of a plot or right of it.</summary>
    public PixelBox Place(PixelBox plot, FigureLegend position)
    {
        int margin = 8 * _theme.Scale;
        int left = position switch
        {
            FigureLegend.Outside => plot.Right + margin,
            FigureLegend.TopLeft or FigureLegend.BottomLeft => plot.Left + margin,
            _ => plot.Right - margin - Width,
        };
        int top = position switch
        {
            FigureLegend.Outside => plot.Top,
            FigureLegend.BottomLeft or FigureLegend.BottomRight => plot.Bottom - margin - Height,
            _ => plot.Top + margin,
        };
        return new PixelBox(left, top, left + Width, top + Height);
    }

    public void Draw(Canvas canvas, PixelBox place)
    {
        canvas.Fill(place, Theme.Background, opacity: 0.85);
        Frame.Outline(canvas, place, _theme.Scale, Theme.Grid);
        for (int i = 0; i < _labels.Length; i++)
        {
            int middle = place.Top + Inset + (i * RowHeight) + (RowHeight / 2);
            int half = 5 * _theme.Scale;
            int left = place.Left + Inset;
            if (i < _marks.Length)
                _marks[i].DrawKey(canvas, new PixelBox(left, middle - half, left + KeyWidth, middle + half), _theme);
            _theme.TickText.Draw(
                canvas, _labels[i], new(left + KeyWidth + _theme.Gap, middle), TextAnchor.Start, TextAnchor.Middle);
        }
    }

    private static int InkIn(Raster drawn, PixelBox place)
    {
        place = place.Intersect(new PixelBox(0, 0, drawn.Width, drawn.Height));
        int ink = 0;
        for (int y = place.Top; y < place.Bottom; y++)
        {
            ReadOnlySpan<byte> row = drawn.Row(y);
            for (int i = place.Left * drawn.Channels; i < place.Right * drawn.Channels; i += drawn.Channels)
            {
                var color = new Color(row[i], row[i + 1], row[i + 2]);
                if (color != Theme.Background && color != Theme.Grid)
                    ink++;
            }
        }

        return ink;
    }
}
