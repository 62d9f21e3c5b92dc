using TorchBoard.Drawing;

namespace TorchBoard.Imaging;

/// <summary>A rectangle on a picture, in pixels from the upper left corner, and what it is said to hold.</summary>
/// <param name="Left">The left edge.</param>
/// <param name="Top">The upper edge.</param>
/// <param name="Right">The right edge; not left of <paramref name="Left"/>.</param>
/// <param name="Bottom">The lower edge; not above <paramref name="Top"/>.</param>
/// <param name="Label">
/// Text that is drawn at the box; none by default. Printable ASCII, other characters show as '?'.
/// </param>
/// <param name="Color">The box's color; by default each label has one of its own.</param>
public readonly record struct BoundingBox(
    float Left, float Top, float Right, float Bottom, string? Label = null, Color? Color = null);
