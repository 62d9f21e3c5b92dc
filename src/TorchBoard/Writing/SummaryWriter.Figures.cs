using TorchBoard.Figures;
using TorchBoard.Plugins;

namespace TorchBoard;

public sealed partial class SummaryWriter
{
    /// <summary>Adds a figure to the Images dashboard.</summary>
    /// <param name="tag">The tag, such as <c>confusion</c>.</param>
    /// <param name="figure">The figure in its current state; later changes have no effect.</param>
    /// <param name="step">The step; any 64-bit integer.</param>
    /// <param name="width">The width; 64 to 8192, 640 by default.</param>
    /// <param name="height">The height; 64 to 8192, 480 by default.</param>
    /// <param name="scale">
    /// The number of pixels per unit of width and height, text and lines included; 1 to 8, 1 by default.
    /// </param>
    /// <param name="wallTime">The time it was recorded; the current time by default.</param>
    /// <remarks>
    /// The caller only copies the list of marks, which takes microseconds. The figure is drawn and encoded in the
    /// background, which takes some milliseconds. TensorBoard shows it about 350 pixels wide until it is clicked.
    /// </remarks>
    /// <exception cref="ArgumentException">
    /// The tag is null, empty or not valid Unicode, or has values of another kind; a size is out of range, or an axis
    /// of the figure is logarithmic and its range is not positive.
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
        Claim(tag, PluginTable.Images);
        Append(
            () =>
                ImageSummary.Of(tag, FigureDrawing.Draw(content, width, height, scale)), content.Size, step, wallTime);
    }
}
