namespace TorchBoard.Drawing;

/// <summary>A color with channels from 0 to 255 in the sRGB color space.</summary>
/// <param name="Red">The red channel.</param>
/// <param name="Green">The green channel.</param>
/// <param name="Blue">The blue channel.</param>
public readonly record struct Color(byte Red, byte Green, byte Blue)
{
    /// <summary>
    /// Whether black is easier to read on this color than white (ITU-R BT.601 luma of at least 128).
    /// </summary>
    internal bool IsLight => (299 * Red) + (587 * Green) + (114 * Blue) >= 128_000;

    /// <summary>
    /// Returns a color from a repeating palette that is easy to distinguish, also for color-blind readers (Okabe and
    /// Ito).
    /// </summary>
    /// <param name="index">The index of the color; not negative.</param>
    internal static Color Distinct(int index) => Palette[index % Palette.Length];

    private static readonly Color[] Palette =
    [
        new(0xD5, 0x5E, 0x00), new(0x56, 0xB4, 0xE9), new(0x00, 0x9E, 0x73), new(0xF0, 0xE4, 0x42),
        new(0x00, 0x72, 0xB2), new(0xE6, 0x9F, 0x00), new(0xCC, 0x79, 0xA7),
    ];
}
