using TorchBoard.Imaging;

namespace TorchBoard.Figures;

/// <summary>How a heatmap is drawn.</summary>
public sealed record HeatmapOptions
{
    internal static HeatmapOptions Default { get; } = new();

    /// <summary>The names of the rows, from the top; row numbers by default.</summary>
    public IReadOnlyList<string>? RowNames { get; init; }

    /// <summary>The names of the columns, from the left; column numbers by default.</summary>
    public IReadOnlyList<string>? ColumnNames { get; init; }

    /// <summary>
    /// The colors; by default <see cref="ColorMap.Viridis"/>, or <see cref="ColorMap.BlueWhiteRed"/> where
    /// <see cref="Diverging"/> is on.
    /// </summary>
    public ColorMap? ColorMap { get; init; }

    /// <summary>
    /// The values of the first and the last color: within ±1e300, the first less. By default the least and the
    /// greatest value; where <see cref="Diverging"/> is on, minus and plus the greatest magnitude. What lies
    /// outside has the color at the end.
    /// </summary>
    public (double Min, double Max)? Range { get; init; }

    /// <summary>Whether 0 is in the middle of the colors: for weights and gradients. Off by default.</summary>
    public bool Diverging { get; init; }

    /// <summary>
    /// Whether each cell has its value written in it, where it fits: in this format, such as <c>0.00</c>. None by
    /// default.
    /// </summary>
    public string? CellFormat { get; init; }

    /// <summary>Whether cells are as high as they are wide. Off by default: the table fills the figure.</summary>
    public bool SquareCells { get; init; }

    /// <summary>Whether a strip beside the table says which color means which value. On by default.</summary>
    public bool ShowColorBar { get; init; } = true;

    /// <summary>What the values are, written beside that strip; empty by default.</summary>
    public string ColorLabel { get; init; } = "";
}
