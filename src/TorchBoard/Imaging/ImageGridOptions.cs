using TorchBoard.Panels;

namespace TorchBoard.Imaging;

/// <summary>How pictures are laid out as a grid; the defaults are those of torchvision's <c>make_grid</c>.</summary>
public sealed record ImageGridOptions
{
    private const int LargestScale = 256;
    private const int LargestPadding = 1024;

    internal static ImageGridOptions Default { get; } = new();

    /// <summary>How many pictures a row has; at least 1, 8 by default.</summary>
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

    /// <summary>The padding's gray, 0 (black) to 1 (white); 0 by default.</summary>
    public float PaddingValue { get; init; }

    /// <summary>
    /// Whether numbers are scaled so that the least becomes 0 and the greatest 1; of a color map for signed values,
    /// so that 0 stays in its middle. Not by default. A range below 0.00001 counts as that; what is not finite does
    /// not count.
    /// </summary>
    public bool Normalize { get; init; }

    /// <summary>
    /// Whether each picture is scaled by itself, rather than all by the same numbers. Not by default.
    /// </summary>
    public bool NormalizeEach { get; init; }

    /// <summary>The numbers that become 0 and 1; what lies outside is cut off. None by default.</summary>
    public (float Minimum, float Maximum)? Range
    {
        get;
        init
        {
            if (value is { } range && !(float.IsFinite(range.Maximum - range.Minimum) && range.Minimum < range.Maximum))
            {
                throw new ArgumentException(
                    FormattableString.Invariant(
                        $"{range.Minimum} to {range.Maximum} is no range: a finite minimum below a maximum is wanted."),
                    nameof(Range));
            }

            field = value;
        }
    }

    /// <summary>What pictures of one channel are colored with; nothing by default.</summary>
    public ColorMap? ColorMap { get; init; }

    /// <summary>How many pixels high and wide each pixel is drawn: 1 to 256, 1 by default.</summary>
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
    /// A caption above each picture, such as its true and its predicted class; several lines where there are line
    /// breaks. None by default.
    /// </summary>
    /// <remarks>
    /// Such a grid is white, its padding fixed, and pictures of less than 96 rows and columns are enlarged by a whole
    /// number, so that there is room for words. A caption that is too long is written smaller, then shortened.
    /// <see cref="ImageGrid.Arrange"/> draws none.
    /// </remarks>
    public IReadOnlyList<string>? Captions { get; init; }

    internal bool Scales => Normalize || NormalizeEach || Range is not null;
}
