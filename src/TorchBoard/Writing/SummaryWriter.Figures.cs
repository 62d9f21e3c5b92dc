using TorchBoard.Figures;
using TorchBoard.Plugins;

namespace TorchBoard;

public sealed partial class SummaryWriter
{
    /// <summary>Adds a figure to the Images dashboard.</summary>
    /// <param name="tag">The tag, such as <c>confusion</c>.</param>
    /// <param name="figure">The figure, as it is now: what is added to it later has no effect.</param>
    /// <param name="step">The step; any 64-bit number.</param>
    /// <param name="width">The width; 64 to 8192, 640 by default.</param>
    /// <param name="height">The height; 64 to 8192, 480 by default.</param>
    /// <param name="scale">
    /// How many pixels a unit of these sizes has, text and lines included: 1 to 8, 1 by default.
    /// </param>
    /// <param name="wallTime">When it was had; now by default.</param>
    /// <remarks>
    /// The caller only hands over the list of marks, which takes microseconds; the figure is drawn and encoded in the
    /// background, some milliseconds. TensorBoard shows it about 350 pixels wide until it is clicked.
    /// </remarks>
    /// <exception cref="ArgumentException">
    /// The tag is null, empty or no valid Unicode, a size is out of its range, or an axis of the figure is logarithmic
    /// and its range is not above 0.
    /// </exception>
    /// <exception cref="ObjectDisposedException">The writer is disposed.</exception>
    public void AddFigure(
        string tag, Figure figure, long step, int width = Figure.DefaultWidth, int height = Figure.DefaultHeight,
        int scale = 1, DateTimeOffset? wallTime = null)
    {
        Tag.ThrowIfInvalid(tag);
        ArgumentNullException.ThrowIfNull(figure);
        Figure.ThrowIfNoSize(width, height, scale);
        FigureContent content = figure.Content();
        Append(
            () =>
                ImageSummary.Of(tag, FigureDrawing.Draw(content, width, height, scale)), content.Size, step, wallTime);
    }
}
