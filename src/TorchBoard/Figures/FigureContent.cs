using TorchBoard.Figures.Axes;
using TorchBoard.Figures.Marks;

namespace TorchBoard.Figures;

/// <summary>A figure as it stands at one moment; it never changes, so that any thread may draw it.</summary>
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

    /// <summary>The figures of a grid of figures, row by row; empty for a single one.</summary>
    public required IReadOnlyList<FigureContent> Cells { get; init; }

    /// <summary>How many of these a row has.</summary>
    public required int Columns { get; init; }

    /// <summary>How many bytes its data take.</summary>
    public long Size => Marks.Sum(mark => mark.Size) + Cells.Sum(cell => cell.Size);

    public HeatmapMark? Heatmap => Marks.OfType<HeatmapMark>().FirstOrDefault();

    /// <summary>The names along the horizontal axis; null where there are numbers.</summary>
    public IReadOnlyList<string>? XNames =>
        Marks.Select(mark => mark.XNames).FirstOrDefault(names => names is not null);

    /// <summary>The names along the vertical axis, from the top; null where there are numbers.</summary>
    public IReadOnlyList<string>? YNames =>
        Marks.Select(mark => mark.YNames).FirstOrDefault(names => names is not null);

    /// <summary>Whether the vertical axis starts at the top, as rows of a table and lists of names do.</summary>
    public bool IsYDown => YNames is not null || Heatmap is not null;

    /// <summary>Whether its axes number rows and columns.</summary>
    public bool IsTable => Heatmap is not null;

    /// <summary>Whether its vertical axis counts something: there is no half of it.</summary>
    public bool CountsY => Marks.Count > 0 && Marks.All(mark => mark is HistogramMark { AreWhole: true });

    /// <summary>The scales that show all marks.</summary>
    public (AxisScale X, AxisScale Y) Scales()
    {
        // An axis of names has no use for powers of ten.
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
