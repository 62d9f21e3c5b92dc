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
    /// <param name="model">The model, as <see cref="ModelSummary.Of(nn.Module, Tensor[])"/> takes it.</param>
    /// <param name="step">The step; any 64-bit number.</param>
    /// <param name="inputs">
    /// An example of each tensor that the model takes; with none, the model is not called and no shape is known.
    /// </param>
    /// <exception cref="ArgumentException">
    /// The tag is null, empty or no valid Unicode, or the summary cannot be made, as
    /// <see cref="ModelSummary.Of(nn.Module, Tensor[])"/> says.
    /// </exception>
    /// <exception cref="ObjectDisposedException">The writer is disposed.</exception>
    public static void AddModelSummary(
        this SummaryWriter writer, string tag, nn.Module model, long step, params Tensor[] inputs)
    {
        ArgumentNullException.ThrowIfNull(writer);
        AddModelSummary(writer, tag, ModelSummary.Of(model, inputs), step);
    }

    /// <summary>Adds the layers of a model that takes more than tensors.</summary>
    /// <param name="writer">The writer.</param>
    /// <param name="tag">The tag, such as <c>model</c>.</param>
    /// <param name="model">The model.</param>
    /// <param name="step">The step; any 64-bit number.</param>
    /// <param name="call">
    /// Calls the model and returns what it returns: <c>() => model.call(tokens, mask, true)</c>.
    /// </param>
    /// <exception cref="ArgumentException">
    /// The tag is null, empty or no valid Unicode, or the summary cannot be made, as
    /// <see cref="ModelSummary.Of(nn.Module, Func{object?})"/> says.
    /// </exception>
    /// <exception cref="ObjectDisposedException">The writer is disposed.</exception>
    public static void AddModelSummary(
        this SummaryWriter writer, string tag, nn.Module model, long step, Func<object?> call)
    {
        ArgumentNullException.ThrowIfNull(writer);
        AddModelSummary(writer, tag, ModelSummary.Of(model, call), step);
    }

    // Four spaces are code in Markdown, whatever the names of layers hold.
    private static void AddModelSummary(SummaryWriter writer, string tag, ModelSummary summary, long step) =>
        writer.AddText(tag, "    " + summary.ToString().Replace("\n", "\n    ", StringComparison.Ordinal), step);
}
