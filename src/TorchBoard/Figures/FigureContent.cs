using TorchBoard.Figures.Axes;
using TorchBoard.Figures.Marks;

namespace TorchBoard.Figures;

/// <summary>A snapshot of a figure. Immutable and thread-safe.</summary>
internal sealed record FigureContent
{
    public required string Title { get; init; }

    public required string XLabel { get; init; }

    public required string YLabel { get; init; }

    public required bool LogarithmicX { get; init; }

    public required bool LogarithmicY { get; init; }

    public required (double Min, double Max)? XRange { get; init; }

    public required (double Min, double Max)? YRange { get; init; }

    public required bool Grid { get; init; }

    public required FigureLegend Legend { get; init; }

    public required IReadOnlyList<Mark> Marks { get; init; }

    /// <summary>The figures of a grid, row by row; empty for a single figure.</summary>
    public required IReadOnlyList<FigureContent> Cells { get; init; }

    /// <summary>Number of figures per row.</summary>
    public required int Columns { get; init; }

    /// <summary>The size of the data in bytes.</summary>
    public long Size => Marks.Sum(mark => mark.Size) + Cells.Sum(cell => cell.Size);

    public HeatmapMark? Heatmap => Marks.OfType<HeatmapMark>().FirstOrDefault();

    /// <summary>The colors that a color bar explains; null for none.</summary>
    public ColorScale? Colors => Marks.Select(mark => mark.Colors).FirstOrDefault(colors => colors is not null);

    /// <summary>The names along the horizontal axis; null for numbers.</summary>
    public IReadOnlyList<string>? XNames =>
        Marks.Select(mark => mark.XNames).FirstOrDefault(names => names is not null);

    /// <summary>The names along the vertical axis, from top to bottom; null for numbers.</summary>
    public IReadOnlyList<string>? YNames =>
        Marks.Select(mark => mark.YNames).FirstOrDefault(names => names is not null);

    /// <summary>Whether the vertical axis starts at the top, as for tables and lists of names.</summary>
    public bool IsYDown => YNames is not null || Heatmap is not null;

    /// <summary>Whether lines are drawn at the left and the bottom of the plot.</summary>
    public bool HasFrame => Marks.All(mark => mark.HasFrame);

    /// <summary>Whether the axes number rows and columns.</summary>
    public bool IsTable => Heatmap is not null;

    /// <summary>Whether the vertical axis shows counts, which are whole numbers.</summary>
    public bool CountsY => Marks.Count > 0 && Marks.All(mark => mark is HistogramMark { AreWhole: true });

    /// <summary>Returns the scales that show all marks.</summary>
    public (AxisScale X, AxisScale Y) Scales()
    {
        // An axis of names cannot be logarithmic.
        bool logarithmicX = LogarithmicX && XNames is null;
        bool logarithmicY = LogarithmicY && YNames is null;
        var x = new DataRange(logarithmicX);
        var y = new DataRange(logarithmicY);
        foreach (Mark mark in Marks)
            mark.Extend(x, y);
        return (ScaleOf(x, XRange, logarithmicX), ScaleOf(y, YRange, logarithmicY));
    }

    private static AxisScale ScaleOf(DataRange range, (double Min, double Max)? chosen, bool isLogarithmic) =>
        chosen is { } ends ? new AxisScale(ends.Min, ends.Max, isLogarithmic) : AxisScale.Around(range, isLogarithmic);
}
