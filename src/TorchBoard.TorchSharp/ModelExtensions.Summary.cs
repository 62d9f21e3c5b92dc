using static TorchSharp.torch;

namespace TorchBoard;

public static partial class ModelExtensions
{
    /// <summary>
    /// Adds the model's layers with their output shapes and parameters to the Text dashboard, as a plain-text table.
    /// </summary>
    /// <param name="writer">The writer.</param>
    /// <param name="tag">The tag, such as <c>model</c>.</param>
    /// <param name="model">The model; see <see cref="ModelSummary.Of(nn.Module, Tensor[])"/>.</param>
    /// <param name="step">The step; any 64-bit number.</param>
    /// <param name="inputs">
    /// An example of each input tensor; without any, the model is not called and shapes are unknown.
    /// </param>
    /// <exception cref="ArgumentException">
    /// The tag is null, empty or not valid Unicode, or <see cref="ModelSummary.Of(nn.Module, Tensor[])"/> throws.
    /// </exception>
    /// <exception cref="ObjectDisposedException">The writer is disposed.</exception>
    public static void AddModelSummary(
        this SummaryWriter writer, string tag, nn.Module model, long step, params Tensor[] inputs)
    {
        ArgumentNullException.ThrowIfNull(writer);
        AddModelSummary(writer, tag, ModelSummary.Of(model, inputs), step);
    }

    /// <summary>Adds the layers of a model that takes arguments other than tensors.</summary>
    /// <param name="writer">The writer.</param>
    /// <param name="tag">The tag, such as <c>model</c>.</param>
    /// <param name="model">The model.</param>
    /// <param name="step">The step; any 64-bit number.</param>
    /// <param name="call">Calls the model and returns its result: <c>() => model.call(tokens, mask, true)</c>.</param>
    /// <exception cref="ArgumentException">
    /// The tag is null, empty or not valid Unicode, or <see cref="ModelSummary.Of(nn.Module, Func{object?})"/> throws.
    /// </exception>
    /// <exception cref="ObjectDisposedException">The writer is disposed.</exception>
    public static void AddModelSummary(
        this SummaryWriter writer, string tag, nn.Module model, long step, Func<object?> call)
    {
        ArgumentNullException.ThrowIfNull(writer);
        AddModelSummary(writer, tag, ModelSummary.Of(model, call), step);
    }

    // Four spaces mark code in Markdown, whatever characters layer names contain.
    private static void AddModelSummary(SummaryWriter writer, string tag, ModelSummary summary, long step) =>
        writer.AddText(tag, "    " + summary.ToString().Replace("\n", "\n    ", StringComparison.Ordinal), step);
}
