using TorchBoard.Drawing;

namespace TorchBoard.Figures;

/// <summary>The sizes and colors of a figure, in pixels at its scale.</summary>
/// <param name="Scale">Pixels per unit of the figure's size; at least 1.</param>
internal sealed record Theme(int Scale)
{
    public static readonly Color Background = new(255, 255, 255);
    public static readonly Color Ink = new(38, 38, 38);
    public static readonly Color Frame = new(102, 102, 102);
    public static readonly Color Grid = new(230, 230, 230);
    public static readonly Color Missing = new(200, 200, 200);

    // Okabe and Ito's colors, which color-blind readers can distinguish, without yellow, which is hard to see on white;
    // then four of Tol's muted colors.
    private static readonly Color[] Palette =
    [
        new(0x00, 0x72, 0xB2), new(0xD5, 0x5E, 0x00), new(0x00, 0x9E, 0x73), new(0xCC, 0x79, 0xA7),
        new(0xE6, 0x9F, 0x00), new(0x56, 0xB4, 0xE9), new(0x33, 0x22, 0x88), new(0x88, 0x22, 0x55),
        new(0x99, 0x99, 0x33), new(0x77, 0x77, 0x77),
    ];

    public static Color Positive => Palette[1];

    public static Color Negative => Palette[0];

    // Lowercase letters are whole pixels high and legible when TensorBoard shows a figure at half its size.
    public TextStyle TickText { get; } = new(14.63 * Scale, Ink);

    public TextStyle LabelText { get; } = new(14.63 * Scale, Ink);

    public TextStyle TitleText { get; } = new(18.29 * Scale, Ink);

    public double LineWidth => 2 * Scale;

    /// <summary>The length of ticks.</summary>
    public int Tick => 4 * Scale;

    /// <summary>The gap between related items.</summary>
    public int Gap => 5 * Scale;

    /// <summary>The padding around the figure.</summary>
    public int Padding => 10 * Scale;

    /// <summary>Returns the color of a series; after ten colors, the first is used again.</summary>
    public static Color ColorOf(int series) => Palette[series % Palette.Length];

    /// <summary>Returns whether a series is in the second cycle of colors, which is dashed.</summary>
    public static bool IsDashed(int series) => series / Palette.Length % 2 == 1;

    /// <summary>Mixes a color with white.</summary>
    public static Color Lighter(Color color, double share) => new(
        Mixed(color.Red, share), Mixed(color.Green, share), Mixed(color.Blue, share));

    private static byte Mixed(byte channel, double share) => (byte)(channel + ((255 - channel) * share));
}
