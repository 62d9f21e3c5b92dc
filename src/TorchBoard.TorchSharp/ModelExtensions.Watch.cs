using TorchBoard.Modules;
using TorchBoard.Watching;
using static TorchSharp.torch;

namespace TorchBoard;

public static partial class ModelExtensions
{
    /// <summary>
    /// Watches a model during training: histograms of its parameters, their gradients and optionally its activations;
    /// gradient flow, NaN and infinite values, norms and learning rates. Call <see cref="ModelWatch.Step"/> after each
    /// step; dispose of the watch to stop.
    /// </summary>
    /// <param name="writer">The writer.</param>
    /// <param name="model">The model, with all its parameters. Its modes are not changed.</param>
    /// <param name="options">What to write and how often; every 100 steps by default.</param>
    /// <returns>The watch.</returns>
    /// <exception cref="ArgumentNullException">The writer or the model is null.</exception>
    /// <exception cref="ArgumentException">
    /// The model is disposed, or it has no parameters because its layers are not registered.
    /// </exception>
    public static ModelWatch Watch(this SummaryWriter writer, nn.Module model, WatchOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(model);
        options ??= new WatchOptions();
        ModuleCall.ThrowIfWithoutValues(model, nameof(model));
        UnregisteredFields.ThrowIfAll(model, nameof(model));
        return new ModelWatch(writer, model, options);
    }
}
