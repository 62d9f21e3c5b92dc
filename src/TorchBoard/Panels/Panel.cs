using TorchBoard.Drawing;

namespace TorchBoard.Panels;

/// <summary>One picture of a sheet.</summary>
/// <param name="Picture">The picture, drawn at its own size.</param>
internal sealed record Panel(Raster Picture)
{
    /// <summary>Lines above the picture; empty for none.</summary>
    public string Caption { get; init; } = "";

    /// <summary>A line in the middle of the picture; empty for none.</summary>
    public string Note { get; init; } = "";
}
