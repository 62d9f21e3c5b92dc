using TorchBoard.Drawing;
using TorchBoard.Figures.Axes;
using TorchBoard.Imaging;

namespace TorchBoard.Figures.Marks;

/// <summary>A table of numbers as colored cells, the first row at the top.</summary>
internal sealed class HeatmapMark(double[] values, int rows, int columns) : Mark
{
    // A share of the size of ticks.
    private const double LeastTextSize = 0.6;

    private readonly (double Min, double Max) _range;

    public required ColorMap Map { get; init; }

    /// <summary>The values of the first and the last color; the first is less.</summary>
    public required (double Min, double Max) Range
    {
        get => _range;
        init => _range = value;
    }

    /// <summary>The text in each cell; null for none.</summary>
    public string[]? CellTexts { get; init; }

    /// <summary>The exponent of shares of the range.</summary>
    public double Gamma { get; init; } = 1;

    /// <summary>Whether cells are square.</summary>
    public bool SquareCells { get; init; }

    /// <summary>The label of the color bar; empty for none.</summary>
    public string ColorLabel { get; init; } = "";

    public bool HasColorBar { get; init; } = true;

    public IReadOnlyList<string>? RowNames { get; init; }

    public IReadOnlyList<string>? ColumnNames { get; init; }

    /// <summary>The values, row by row.</summary>
    public double[] Values => values;

    public int Rows => rows;

    public int Columns => columns;

    public override IReadOnlyList<string>? XNames => ColumnNames;

    public override IReadOnlyList<string>? YNames => RowNames;

    public override ColorScale? Colors => HasColorBar ? Scale : null;

    public override long Size =>
        (sizeof(double) * (long)values.Length) + (CellTexts?.Sum(text => 2L * text.Length) ?? 0);

    public override void Extend(DataRange x, DataRange y)
    {
        x.IncludeEdge(-0.5);
        x.IncludeEdge(columns - 0.5);
        y.IncludeEdge(-0.5);
        y.IncludeEdge(rows - 0.5);
    }

    public override void Draw(Plot plot)
    {
        if (rows > plot.Area.Height || columns > plot.Area.Width)
        {
            DrawReduced(plot);
            return;
        }

        double textSize = CellTexts is null ? 0 : TextSize(plot);
        for (int row = 0; row < rows; row++)
        {
            for (int column = 0; column < columns; column++)
            {
                plot.Canvas.Fill(CellAt(plot, row, column), ColorOf(values[(row * columns) + column]));
                if (textSize > 0)
                    DrawText(plot, row, column, textSize);
            }
        }
    }

    /// <summary>Returns the color of a value; NaN is gray.</summary>
    public Color ColorOf(double value) => Scale.ColorOf(value);

    private ColorScale Scale => field ??= new(Map, Range, ColorLabel) { Gamma = Gamma };

    private static PixelBox CellAt(Plot plot, int row, int column) => Plot.Cell(
        plot.Across(column - 0.5), plot.Across(column + 0.5), plot.Down(row - 0.5), plot.Down(row + 0.5));

    /// <summary>Draws more cells than pixels: each pixel shows the mean of its cells.</summary>
    private void DrawReduced(Plot plot)
    {
        PixelBox area = plot.Area;
        for (int y = 0; y < area.Height; y++)
        {
            (int top, int bottom) = Cells(y, area.Height, rows);
            for (int x = 0; x < area.Width; x++)
            {
                (int left, int right) = Cells(x, area.Width, columns);
                plot.Canvas.Fill(
                    new PixelBox(area.Left + x, area.Top + y, area.Left + x + 1, area.Top + y + 1),
                    ColorOf(Mean(top, bottom, left, right)));
            }
        }

        static (int First, int End) Cells(int pixel, int pixels, int cells)
        {
            int first = (int)((long)pixel * cells / pixels);
            return (first, Math.Max(first + 1, (int)((long)(pixel + 1) * cells / pixels)));
        }
    }

    private double Mean(int top, int bottom, int left, int right)
    {
        (double sum, int count) = (0, 0);
        for (int row = top; row < bottom; row++)
        {
            for (int column = left; column < right; column++)
            {
                double value = values[(row * columns) + column];
                if (double.IsNaN(value))
                    continue;
                sum += Math.Clamp(value, Range.Min, Range.Max);
                count++;
            }
        }

        return count > 0 ? sum / count : double.NaN;
    }

    /// <summary>
    /// Returns the size at which all texts fit, at most that of ticks; 0 if it is too small to be legible. A table with
    /// only the short ones of its numbers would mislead.
    /// </summary>
    private double TextSize(Plot plot)
    {
        TextStyle style = plot.Theme.TickText;
        PixelBox cell = CellAt(plot, 0, 0);
        double room = cell.Width - (4 * plot.Theme.Scale);
        double size = style.Size * Math.Min(1, room / Math.Max(style.WidestOf(CellTexts!), 1));
        return size < style.Size * LeastTextSize || cell.Height < size ? 0 : size;
    }

    private void DrawText(Plot plot, int row, int column, double size)
    {
        PixelBox cell = CellAt(plot, row, column);
        Color back = ColorOf(values[(row * columns) + column]);
        (plot.Theme.TickText with { Size = size, Color = back.IsLight ? Theme.Ink : Theme.Background }).Draw(
            plot.Canvas, CellTexts![(row * columns) + column],
            new((cell.Left + cell.Right) / 2.0, (cell.Top + cell.Bottom) / 2.0), TextAnchor.Middle, TextAnchor.Middle);
    }
}
