using TorchBoard.Drawing;
using TorchBoard.Figures;

namespace TorchBoard.Panels;

/// <summary>The sizes of text, spacing and lines around panels.</summary>
/// <param name="Scale">Scale relative to a sheet of the usual width; at least 1.</param>
internal sealed record PanelTheme(double Scale)
{
    // At this width, text in a card of TensorBoard, 350 pixels wide, is about as large as the text of figures.
    private const double UsualWidth = 480;

    /// <summary>The title.</summary>
    public TextStyle Title { get; } = new(18.29 * Scale, Theme.Ink);

    /// <summary>All other text.</summary>
    public TextStyle Text { get; } = new(14.63 * Scale, Theme.Ink);

    /// <summary>Space around the sheet.</summary>
    public int Padding => Whole(10);

    /// <summary>Space between related elements.</summary>
    public int Gap => Whole(6);

    /// <summary>Width of the color strip.</summary>
    public int Strip => Whole(14);

    /// <summary>Length of ticks.</summary>
    public int Tick => Whole(4);

    /// <summary>Thickness of lines.</summary>
    public int Hair => Whole(1);

    /// <summary>
    /// Returns the theme for panels of a total width, with text that is legible when the sheet is shown small.
    /// </summary>
    public static PanelTheme Of(int width) => new(Math.Max(1, width / UsualWidth));

    private int Whole(double size) => (int)Math.Round(size * Scale);
}
