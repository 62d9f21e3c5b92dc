using TorchBoard.Imaging;

namespace TorchBoard.Figures;

/// <summary>Options for drawing a heatmap.</summary>
public sealed record HeatmapOptions
{
    internal static HeatmapOptions Default { get; } = new();

    /// <summary>The names of the rows, from top to bottom; row numbers by default.</summary>
    public IReadOnlyList<string>? RowNames { get; init; }

    /// <summary>The names of the columns, from left to right; column numbers by default.</summary>
    public IReadOnlyList<string>? ColumnNames { get; init; }

    /// <summary>
    /// The colors; by default <see cref="ColorMap.Viridis"/>, or <see cref="ColorMap.BlueWhiteRed"/> if
    /// <see cref="Diverging"/> is true.
    /// </summary>
    public ColorMap? ColorMap { get; init; }

    /// <summary>
    /// The values of the first and the last color: within ±1e300, min &lt; max. By default the smallest and the largest
    /// value; if <see cref="Diverging"/> is true, minus and plus the largest magnitude. Values outside take the color
    /// at the nearer end.
    /// </summary>
    public (double Min, double Max)? Range { get; init; }

    /// <summary>Whether 0 is at the middle color, as for weights and gradients; false by default.</summary>
    public bool Diverging { get; init; }

    /// <summary>
    /// The format of the values drawn in the cells, such as <c>0.00</c>; null, the default, draws none. If a value does
    /// not fit in its cell, none is drawn.
    /// </summary>
    public string? CellFormat { get; init; }

    /// <summary>The exponent of shares of the range; below 1 makes small values visible beside large ones.</summary>
    internal double Gamma { get; init; } = 1;

    /// <summary>Whether cells are square. False by default, so that the table fills the figure.</summary>
    public bool SquareCells { get; init; }

    /// <summary>Whether a color bar beside the table maps colors to values; true by default.</summary>
    public bool ShowColorBar { get; init; } = true;

    /// <summary>The label of the color bar; empty by default.</summary>
    public string ColorLabel { get; init; } = "";
}
