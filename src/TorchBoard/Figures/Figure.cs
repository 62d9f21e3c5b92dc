using TorchBoard.Figures.Axes;
using TorchBoard.Figures.Marks;
using TorchBoard.Imaging;

namespace TorchBoard.Figures;

/// <summary>
/// A chart with axes, drawn without any other library: lines, points, bands, bars, histograms, box plots and heatmaps.
/// A plot can contain several of them, and a picture can contain several plots; see
/// <see cref="Grid(IReadOnlyList{Figure}, int, string)"/>.
/// </summary>
/// <remarks>
/// <para>
/// Each method adds a mark and returns the figure, so that calls can be chained. Data are copied. Values can be of any
/// numeric type; they are drawn as doubles and clamped to ±1e300.
/// </para>
/// <para>
/// NaN and ±Infinity are not drawn, nor are values of 0 and below on a logarithmic axis: they leave gaps in lines and
/// bars without length. Empty data are allowed and draw nothing; a single point is a dot. Axes fit the data unless a
/// range is given, with ticks at round numbers. Labels that are too long are rotated, thinned out or shortened.
/// </para>
/// <para>
/// Not thread-safe while marks are added; afterwards, any thread can draw the figure or add it to a run. A notebook of
/// .NET Interactive shows a figure that is the value of a cell.
/// </para>
/// </remarks>
/// <example>
/// <code>
/// var figure = new Figure { Title = "Calibration", XLabel = "confidence", YLabel = "accuracy" }
///     .Line(confidence, accuracy, "network")
///     .Line([0.0, 1.0], [0.0, 1.0], "perfect", dashed: true);
/// writer.AddFigure("calibration", figure, step);
/// File.WriteAllBytes("calibration.png", figure.Render().ToPng());
/// </code>
/// </example>
[TypeFormatterSource(typeof(FigureFormatterSource))]
public sealed partial class Figure
{
    /// <summary>The default width of a figure: 640.</summary>
    public const int DefaultWidth = 640;

    /// <summary>The default height of a figure: 480.</summary>
    public const int DefaultHeight = 480;

    private const int SmallestSide = 64;
    private const int LargestSide = 8192;
    private const int LargestScale = 8;

    private readonly List<Mark> _marks = [];
    private IReadOnlyList<FigureContent> _cells = [];
    private int _columns = 1;
    private int _series;
    private int _barSlots;

    /// <summary>The title above the plot; empty by default, which omits it.</summary>
    public string Title
    {
        get;
        init => field = Printable(value, nameof(Title));
    } = "";

    /// <summary>The label of the horizontal axis; empty by default.</summary>
    public string XLabel
    {
        get;
        init => field = Printable(value, nameof(XLabel));
    } = "";

    /// <summary>The label of the vertical axis; empty by default.</summary>
    public string YLabel
    {
        get;
        init => field = Printable(value, nameof(YLabel));
    } = "";

    /// <summary>
    /// Whether the horizontal axis is logarithmic, which omits values of 0 and below; false by default. Ignored on an
    /// axis of names.
    /// </summary>
    public bool LogarithmicX { get; init; }

    /// <summary>
    /// Whether the vertical axis is logarithmic, which omits values of 0 and below; false by default. Ignored on an
    /// axis of names.
    /// </summary>
    public bool LogarithmicY { get; init; }

    /// <summary>
    /// The range of the horizontal axis: within ±1e300, min &lt; max, and greater than 0 if the axis is logarithmic.
    /// Marks outside are clipped. By default the range of the data. Ignored on an axis of names.
    /// </summary>
    public (double Min, double Max)? XRange
    {
        get;
        init => field = Range(value, nameof(XRange));
    }

    /// <summary>
    /// The range of the vertical axis: within ±1e300, min &lt; max, and greater than 0 if the axis is logarithmic.
    /// Marks outside are clipped. By default the range of the data. Ignored on an axis of names.
    /// </summary>
    public (double Min, double Max)? YRange
    {
        get;
        init => field = Range(value, nameof(YRange));
    }

    /// <summary>Whether grid lines are drawn at the ticks; true by default. Heatmaps have no grid.</summary>
    public bool ShowGrid { get; init; } = true;

    /// <summary>The position of the legend; <see cref="FigureLegend.Auto"/> by default.</summary>
    public FigureLegend Legend
    {
        get;
        init => field = Enum.IsDefined(value)
            ? value
            : throw new ArgumentOutOfRangeException(nameof(Legend), value, "The value is not a defined position.");
    }

    /// <summary>Combines figures in one picture, row by row, each with its own axes.</summary>
    /// <param name="figures">
    /// The figures; at least one. Later changes to them have no effect. They can be grids themselves.
    /// </param>
    /// <param name="columns">Figures per row; 0, the default, for as many columns as rows or one more.</param>
    /// <param name="title">The title above all figures; empty by default.</param>
    /// <exception cref="ArgumentException">There are no figures, one is null, or columns is negative.</exception>
    public static Figure Grid(IReadOnlyList<Figure> figures, int columns = 0, string title = "")
    {
        ArgumentNullException.ThrowIfNull(figures);
        ArgumentOutOfRangeException.ThrowIfNegative(columns);
        if (figures.Count == 0)
            throw new ArgumentException("There must be at least one figure; was 0.", nameof(figures));
        if (figures.Contains(null!))
            throw new ArgumentException("Figures must not contain null.", nameof(figures));

        int wanted = columns > 0 ? columns : (int)Math.Ceiling(Math.Sqrt(figures.Count));
        FigureContent[] cells = [.. figures.Select(figure => figure.Content())];
        return new Figure { Title = title }.WithCells(cells, Math.Min(wanted, cells.Length));
    }

    /// <summary>Draws the figure.</summary>
    /// <param name="width">The width; 64 to 8192, 640 by default.</param>
    /// <param name="height">The height; 64 to 8192, 480 by default.</param>
    /// <param name="scale">
    /// Pixels per unit of width and height, including text and lines; 1 to 8, 1 by default. Use 2 for high-resolution
    /// screens. TensorBoard shows a picture at the size of its card, and at its own size when clicked.
    /// </param>
    /// <returns>An RGB picture of <paramref name="width"/>·<paramref name="scale"/> by
    /// <paramref name="height"/>·<paramref name="scale"/> pixels.</returns>
    /// <exception cref="ArgumentException">
    /// A size is out of range, or an axis is logarithmic and its range is not above 0.
    /// </exception>
    public Picture Render(int width = DefaultWidth, int height = DefaultHeight, int scale = 1)
    {
        ThrowIfNoSize(width, height, scale);
        return new Picture(FigureDrawing.Draw(Content(), width, height, scale));
    }

    internal static void ThrowIfNoSize(int width, int height, int scale)
    {
        ThrowIfOutside(width, SmallestSide, LargestSide, nameof(width));
        ThrowIfOutside(height, SmallestSide, LargestSide, nameof(height));
        ThrowIfOutside(scale, 1, LargestScale, nameof(scale));
    }

    /// <summary>Returns a snapshot of the figure.</summary>
    internal FigureContent Content()
    {
        ThrowIfNotPositive(LogarithmicX, XRange, nameof(XRange));
        ThrowIfNotPositive(LogarithmicY, YRange, nameof(YRange));
        return new FigureContent
        {
            Title = Title,
            XLabel = XLabel,
            YLabel = YLabel,
            LogarithmicX = LogarithmicX,
            LogarithmicY = LogarithmicY,
            XRange = XRange,
            YRange = YRange,
            Grid = ShowGrid,
            Legend = Legend,
            Marks = [.. _marks],
            Cells = _cells,
            Columns = _columns,
        };
    }

    private static void ThrowIfOutside(int value, int least, int most, string argument)
    {
        if (value < least || value > most)
        {
            throw new ArgumentOutOfRangeException(
                argument, value,
                FormattableString.Invariant($"The {argument} must be between {least} and {most}; was {value}."));
        }
    }

    private static void ThrowIfNotPositive(bool isLogarithmic, (double Min, double Max)? range, string name)
    {
        if (isLogarithmic && range is { Min: <= 0 } ends)
        {
            throw new ArgumentException(FormattableString.Invariant(
                $"{name} must start above 0 on a logarithmic axis; was {ends.Min}."));
        }
    }

    private static (double Min, double Max)? Range((double Min, double Max)? range, string name)
    {
        const double largest = AxisScale.Largest;
        if (range is { } ends && !(ends.Min >= -largest && ends.Max <= largest && ends.Min < ends.Max))
        {
            throw new ArgumentException(
                FormattableString.Invariant(
                    $"{name} must be within ±1e300, with min < max; was {ends.Min} to {ends.Max}."),
                name);
        }

        return range;
    }

    /// <summary>Returns text on one line: labels can come from anywhere.</summary>
    internal static string Printable(string? text, string name)
    {
        ArgumentNullException.ThrowIfNull(text, name);
        return string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c)).Trim();
    }

    private Figure WithCells(IReadOnlyList<FigureContent> cells, int columns)
    {
        (_cells, _columns) = (cells, columns);
        return this;
    }
}
