using TorchBoard.Figures.Axes;
using TorchBoard.Figures.Marks;
using TorchBoard.Imaging;

namespace TorchBoard.Figures;

/// <summary>
/// A chart with axes, drawn without any other library: lines, points, bands, bars, histograms, box plots and heatmaps,
/// several of them in one plot, and several plots in one picture by
/// <see cref="Grid(IReadOnlyList{Figure}, int, string)"/>.
/// </summary>
/// <remarks>
/// <para>
/// Each method adds a mark and returns the figure, so that calls can be chained. Data are copied. Numbers may be of
/// any type; they are drawn as doubles, and stand at ±1e300 where they are beyond.
/// </para>
/// <para>
/// NaN and ±Infinity are left out, as are values of 0 and below on a logarithmic axis: they leave gaps in lines, and
/// bars without length. Empty data are allowed and draw nothing; a single point is a dot. Axes fit the data unless a
/// range is given, with ticks at round numbers. Labels that are too long are turned, thinned out or shortened.
/// </para>
/// <para>Not thread-safe while marks are added; after that, any thread may draw it or add it to a run.</para>
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
public sealed partial class Figure
{
    /// <summary>The width of a figure where none is named: 640.</summary>
    public const int DefaultWidth = 640;

    /// <summary>The height of a figure where none is named: 480.</summary>
    public const int DefaultHeight = 480;

    private const int SmallestSide = 64;
    private const int LargestSide = 8192;
    private const int LargestScale = 8;

    private readonly List<Mark> _marks = [];
    private IReadOnlyList<FigureContent> _cells = [];
    private int _columns = 1;
    private int _series;
    private int _barSlots;

    /// <summary>A line above the plot; empty, and then left out, by default.</summary>
    public string Title
    {
        get;
        init => field = Printable(value, nameof(Title));
    } = "";

    /// <summary>What the horizontal axis shows, with its unit; empty by default.</summary>
    public string XLabel
    {
        get;
        init => field = Printable(value, nameof(XLabel));
    } = "";

    /// <summary>What the vertical axis shows, with its unit; empty by default.</summary>
    public string YLabel
    {
        get;
        init => field = Printable(value, nameof(YLabel));
    } = "";

    /// <summary>
    /// Whether the horizontal axis is logarithmic: values of 0 and below are left out. Off by default; without effect
    /// on an axis of names.
    /// </summary>
    public bool LogarithmicX { get; init; }

    /// <summary>
    /// Whether the vertical axis is logarithmic: values of 0 and below are left out. Off by default; without effect
    /// on an axis of names.
    /// </summary>
    public bool LogarithmicY { get; init; }

    /// <summary>
    /// The ends of the horizontal axis: within ±1e300, the first less, and greater than 0 where the axis is
    /// logarithmic. What lies outside is cut off. By default the data decide. Without effect on an axis of names.
    /// </summary>
    public (double Min, double Max)? XRange
    {
        get;
        init => field = Range(value, nameof(XRange));
    }

    /// <summary>
    /// The ends of the vertical axis: within ±1e300, the first less, and greater than 0 where the axis is
    /// logarithmic. What lies outside is cut off. By default the data decide. Without effect on an axis of names.
    /// </summary>
    public (double Min, double Max)? YRange
    {
        get;
        init => field = Range(value, nameof(YRange));
    }

    /// <summary>Whether thin lines at the ticks help the eye; on by default. Heatmaps have none.</summary>
    public bool ShowGrid { get; init; } = true;

    /// <summary>Where the legend stands; <see cref="FigureLegend.Auto"/> by default.</summary>
    public FigureLegend Legend
    {
        get;
        init => field = Enum.IsDefined(value)
            ? value
            : throw new ArgumentOutOfRangeException(nameof(Legend), value, "There is no such place for a legend.");
    }

    /// <summary>Puts several figures into one picture, row by row, each with axes of its own.</summary>
    /// <param name="figures">The figures, at least one, as they are now. They may be grids themselves.</param>
    /// <param name="columns">How many a row has; 0, the default, for as many columns as rows or one more.</param>
    /// <param name="title">A line above them all; empty by default.</param>
    /// <exception cref="ArgumentException">There are no figures, one is null, or columns is negative.</exception>
    public static Figure Grid(IReadOnlyList<Figure> figures, int columns = 0, string title = "")
    {
        ArgumentNullException.ThrowIfNull(figures);
        ArgumentOutOfRangeException.ThrowIfNegative(columns);
        if (figures.Count == 0)
            throw new ArgumentException("At least one figure is wanted; none given.", nameof(figures));
        if (figures.Contains(null!))
            throw new ArgumentException("One of the figures is null.", nameof(figures));

        int wanted = columns > 0 ? columns : (int)Math.Ceiling(Math.Sqrt(figures.Count));
        FigureContent[] cells = [.. figures.Select(figure => figure.Content())];
        return new Figure { Title = title }.WithCells(cells, Math.Min(wanted, cells.Length));
    }

    /// <summary>Draws the figure.</summary>
    /// <param name="width">The width; 64 to 8192, 640 by default.</param>
    /// <param name="height">The height; 64 to 8192, 480 by default.</param>
    /// <param name="scale">
    /// How many pixels a unit of these sizes has, text and lines included: 1 to 8, 1 by default. 2 is for screens of
    /// high resolution; TensorBoard shows a picture at the size of its card and at its own size when it is clicked.
    /// </param>
    /// <returns>A picture in red, green and blue of <paramref name="width"/>·<paramref name="scale"/> by
    /// <paramref name="height"/>·<paramref name="scale"/> pixels.</returns>
    /// <exception cref="ArgumentException">
    /// A size is out of its range, or an axis is logarithmic and its range is not above 0.
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

    /// <summary>The figure as it is now.</summary>
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
                argument, value, FormattableString.Invariant($"{least} to {most} is wanted; {value} given."));
        }
    }

    private static void ThrowIfNotPositive(bool isLogarithmic, (double Min, double Max)? range, string name)
    {
        if (isLogarithmic && range is { Min: <= 0 } ends)
        {
            throw new ArgumentException(FormattableString.Invariant(
                $"{name} of a logarithmic axis starts above 0; {ends.Min} given."));
        }
    }

    private static (double Min, double Max)? Range((double Min, double Max)? range, string name)
    {
        const double largest = AxisScale.Largest;
        if (range is { } ends && !(ends.Min >= -largest && ends.Max <= largest && ends.Min < ends.Max))
        {
            throw new ArgumentException(
                FormattableString.Invariant(
                    $"{name} goes from a number to a greater one, within ±1e300; {ends.Min} to {ends.Max} given."),
                name);
        }

        return range;
    }

    /// <summary>Text on one line; labels may come from anywhere.</summary>
    private static string Printable(string? text, string name)
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
