using TorchBoard.Modules;
using TorchBoard.Watching;
using static TorchSharp.torch;

namespace TorchBoard;

public static partial class ModelExtensions
{
    /// <summary>
    /// Watches a model while it is trained: histograms of its parameters, of their gradients and, on request, of its
    /// activations, gradient flow, NaN and infinite values, norms, learning rates. Switched on here, told of steps by
    /// <see cref="ModelWatch.Step"/>, switched off by disposing of it.
    /// </summary>
    /// <param name="writer">The writer.</param>
    /// <param name="model">The model, with all its parameters. Its modes are left alone.</param>
    /// <param name="options">What is written, and how often; every 100 steps by default.</param>
    /// <returns>The watch.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The interval is below 1.</exception>
    /// <exception cref="ArgumentNullException">The writer or the model is null.</exception>
    /// <exception cref="ArgumentException">
    /// The model is disposed, or it has no parameters because its layers are not registered.
    /// </exception>
    public static ModelWatch Watch(this SummaryWriter writer, nn.Module model, WatchOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(model);
        options ??= new WatchOptions();
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Interval, 1, nameof(options));
        ArgumentNullException.ThrowIfNull(options.Prefix, nameof(options));
        ModuleCall.ThrowIfWithoutValues(model, nameof(model));
        UnregisteredFields.ThrowIfAll(model, nameof(model));
        return new ModelWatch(writer, model, options);
    }
}
