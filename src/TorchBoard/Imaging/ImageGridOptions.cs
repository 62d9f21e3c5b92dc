using TorchBoard.Panels;

namespace TorchBoard.Imaging;

/// <summary>
/// Options for arranging pictures in a grid; the defaults match torchvision's <c>make_grid</c>, except that drawn padding
/// is gray.
/// </summary>
public sealed record ImageGridOptions
{
    private const int LargestScale = 256;
    private const int LargestPadding = 1024;

    internal static ImageGridOptions Default { get; } = new();

    /// <summary>Number of pictures per row; at least 1, 8 by default.</summary>
    public int Columns
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1, nameof(Columns));
            field = value;
        }
    } = 8;

    /// <summary>Pixels between pictures and around all of them; 0 to 1024, 2 by default.</summary>
    public int Padding
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value, nameof(Padding));
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, LargestPadding, nameof(Padding));
            field = value;
        }
    } = 2;

    /// <summary>
    /// The gray value of the padding, 0 (black) to 1 (white). By default 0.5, so that pictures with black or white edges,
    /// such as digits, do not run together; for <see cref="ImageGrid.Arrange"/>, whose pixels are in any units, 0.
    /// </summary>
    /// <remarks>torchvision's <c>pad_value</c> is 0 by default.</remarks>
    public float? PaddingValue { get; init; }

    /// <summary>
    /// Whether values are scaled so that the smallest becomes 0 and the largest 1; false by default. With a color map
    /// for signed values, 0 stays in the middle. The range is at least 0.00001. Values that are not finite are ignored
    /// when the range is determined.
    /// </summary>
    public bool Normalize { get; init; }

    /// <summary>
    /// Whether each picture is scaled by its own range instead of the range of all pictures; false by default.
    /// </summary>
    public bool NormalizeEach { get; init; }

    /// <summary>The values that become 0 and 1; values outside are clipped. None by default.</summary>
    public (float Minimum, float Maximum)? Range
    {
        get;
        init
        {
            if (value is { } range && !(float.IsFinite(range.Maximum - range.Minimum) && range.Minimum < range.Maximum))
            {
                throw new ArgumentException(
                    FormattableString.Invariant(
                        $"The range must be finite, with minimum < maximum; was {range.Minimum} to {range.Maximum}."),
                    nameof(Range));
            }

            field = value;
        }
    }

    /// <summary>The color map for pictures with one channel; none by default.</summary>
    public ColorMap? ColorMap { get; init; }

    /// <summary>The height and width of each drawn pixel; 1 to 256, 1 by default.</summary>
    public int Scale
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1, nameof(Scale));
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, LargestScale, nameof(Scale));
            field = value;
        }
    } = 1;

    /// <summary>
    /// The captions above the pictures, such as the true and the predicted class; line breaks start new lines. None by
    /// default.
    /// </summary>
    /// <remarks>
    /// A grid with captions is white, its padding is fixed, and pictures of fewer than 96 rows and columns are enlarged
    /// by a whole number to make room for text. A caption that is too long is drawn smaller, then shortened.
    /// <see cref="ImageGrid.Arrange"/> draws no captions.
    /// </remarks>
    public IReadOnlyList<string>? Captions { get; init; }

    internal bool Scales => Normalize || NormalizeEach || Range is not null;
}
