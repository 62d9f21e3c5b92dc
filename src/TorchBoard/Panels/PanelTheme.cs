using TorchBoard.Drawing;
using TorchBoard.Figures;

namespace TorchBoard.Panels;

/// <summary>Sizes of what stands around panels.</summary>
/// <param name="Scale">How much larger everything is than on a sheet of the usual width; at least 1.</param>
internal sealed record PanelTheme(double Scale)
{
    // At this width, text is about as large in a card of TensorBoard, 350 pixels wide, as that of figures.
    private const double UsualWidth = 480;

    /// <summary>The title.</summary>
    public TextStyle Title { get; } = new(18.29 * Scale, Theme.Ink);

    /// <summary>All other text.</summary>
    public TextStyle Text { get; } = new(14.63 * Scale, Theme.Ink);

    /// <summary>Around the sheet.</summary>
    public int Padding => Whole(10);

    /// <summary>Between things that belong together.</summary>
    public int Gap => Whole(6);

    /// <summary>How wide the strip of colors is.</summary>
    public int Strip => Whole(14);

    /// <summary>How long ticks are.</summary>
    public int Tick => Whole(4);

    /// <summary>How thick lines are.</summary>
    public int Hair => Whole(1);

    /// <summary>The theme in which text beside panels of that width is legible where the whole is shown small.</summary>
    public static PanelTheme Of(int width) => new(Math.Max(1, width / UsualWidth));

    private int Whole(double size) => (int)Math.Round(size * Scale);
}
