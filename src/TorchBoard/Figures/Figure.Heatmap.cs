using System.Globalization;
using System.Numerics;
using TorchBoard.Figures.Axes;
using TorchBoard.Figures.Marks;
using TorchBoard.Imaging;

namespace TorchBoard.Figures;

public sealed partial class Figure
{
    /// <summary>
    /// Adds a table of numbers as colored cells, the first row at the top. NaN is gray; infinite values take the colors
    /// at the ends. If there are more cells than pixels, each pixel shows the mean of its cells.
    /// </summary>
    /// <typeparam name="T">Any numeric type: float, double, int, ….</typeparam>
    /// <param name="values">The values: shape [rows, columns]; columns vary fastest.</param>
    /// <param name="rows">Number of rows; at least 1.</param>
    /// <param name="columns">Number of columns; at least 1.</param>
    /// <param name="options">The options; see <see cref="HeatmapOptions"/> for the defaults.</param>
    /// <returns>This figure.</returns>
    /// <exception cref="ArgumentException">
    /// The sizes, the names and the number of values do not match, the range is invalid, the cell format is invalid, or
    /// the figure has marks with other names.
    /// </exception>
    public Figure Heatmap<T>(ReadOnlySpan<T> values, int rows, int columns, HeatmapOptions? options = null)
        where T : INumberBase<T>
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(rows, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(columns, 1);
        if (values.Length != (long)rows * columns)
        {
            throw new ArgumentException(
                FormattableString.Invariant(
                    $"The number of values must be {rows} rows × {columns} columns; was {values.Length}."),
                nameof(values));
        }

        options ??= HeatmapOptions.Default;
        double[] cells = Doubles(values);
        return Add(new HeatmapMark(cells, rows, columns)
        {
            Color = Theme.Ink,
            Map = options.ColorMap ?? (options.Diverging ? ColorMap.BlueWhiteRed : ColorMap.Viridis),
            Range = Range(options.Range, nameof(options)) ?? RangeOf(cells, options.Diverging),
            CellTexts = options.CellFormat is { } format ? Texts(cells, format) : null,
            Gamma = options.Gamma,
            SquareCells = options.SquareCells,
            HasColorBar = options.ShowColorBar,
            ColorLabel = Printable(options.ColorLabel, nameof(options)),
            RowNames = options.RowNames is { } rowNames ? Names(rowNames, rows, nameof(options)) : null,
            ColumnNames = options.ColumnNames is { } columnNames ? Names(columnNames, columns, nameof(options)) : null,
        });
    }

    private static (double Min, double Max) RangeOf(double[] cells, bool diverging)
    {
        var range = new DataRange(positiveOnly: false);
        range.Include(cells);
        if (range.IsEmpty)
            return diverging ? (-1, 1) : (0, 1);
        if (diverging)
        {
            double greatest = Math.Clamp(Math.Max(Math.Abs(range.Min), Math.Abs(range.Max)), 1e-290, AxisScale.Largest);
            return (-greatest, greatest);
        }

        // If all values are equal, the value is in the middle.
        if (range.Min == range.Max)
        {
            AxisScale around = AxisScale.Around(range, isLogarithmic: false);
            return (around.Min, around.Max);
        }

        return (Math.Max(range.Min, -AxisScale.Largest), Math.Min(range.Max, AxisScale.Largest));
    }

    private static string[] Texts(double[] cells, string format)
    {
        try
        {
            return [.. cells.Select(value => double.IsNaN(value) ? "" : Text(value))];
        }
        catch (FormatException e)
        {
            throw new ArgumentException(
                $"The cell format must be a numeric format string; was '{format}'.", nameof(format), e);
        }

        string Text(double value) => Axis.Typeset(value.ToString(format, CultureInfo.InvariantCulture));
    }
}
