using static TorchSharp.torch;

namespace TorchBoard;

public static partial class ModelExtensions
{
    /// <summary>
    /// Adds the model's layers, the shapes of their outputs and their parameters to the Text dashboard, as a table in
    /// plain text.
    /// </summary>
    /// <param name="writer">The writer.</param>
    /// <param name="tag">The tag, such as <c>model</c>.</param>
    /// <param name="model">The model, as <see cref="ModelSummary.Of"/> takes it.</param>
    /// <param name="step">The step; any 64-bit number.</param>
    /// <param name="inputs">
    /// An example of each tensor that the model takes; with none, the model is not called and no shape is known.
    /// </param>
    /// <exception cref="ArgumentException">
    /// The tag is null, empty or no valid Unicode, the model cannot be called with so many tensors, or one of them
    /// cannot be read.
    /// </exception>
    /// <exception cref="ObjectDisposedException">The writer is disposed.</exception>
    public static void AddModelSummary(
        this SummaryWriter writer, string tag, nn.Module model, long step, params Tensor[] inputs)
    {
        ArgumentNullException.ThrowIfNull(writer);

        // Four spaces are code in Markdown, whatever the names of layers hold.
        string text = ModelSummary.Of(model, inputs).ToString();
        writer.AddText(tag, "    " + text.Replace("\n", "\n    ", StringComparison.Ordinal), step);
    }
}
