using TorchBoard.Drawing;

namespace TorchBoard.Imaging;

/// <summary>A labeled rectangle on a picture, in pixels from the upper-left corner.</summary>
/// <remarks>
/// The order is that of torchvision's <c>xyxy</c>, not COCO's left, top, width and height. Edges are rounded to whole
/// pixels, which belong to the box: from 2 to 5, it is four pixels wide. torchvision draws the same pixels, but discards
/// the fractions of edges, and draws all boxes in one color by default. Edges may be outside the picture, and a box of
/// one pixel or one line is allowed.
/// </remarks>
/// <param name="Left">The left edge.</param>
/// <param name="Top">The upper edge.</param>
/// <param name="Right">The right edge; not left of <paramref name="Left"/>.</param>
/// <param name="Bottom">The lower edge; not above <paramref name="Top"/>.</param>
/// <param name="Label">
/// The text drawn at the box; none by default. Characters that no font has are drawn as boxes.
/// </param>
/// <param name="Color">The box's color; by default each label gets its own color.</param>
public readonly record struct BoundingBox(
    float Left, float Top, float Right, float Bottom, string? Label = null, Color? Color = null);
