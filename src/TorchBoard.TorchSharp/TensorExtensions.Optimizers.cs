using TorchBoard.Hyperparameters;
using static TorchSharp.torch;

namespace TorchBoard;

public static partial class TensorExtensions
{
    /// <summary>
    /// Adds an optimizer's settings and other hyperparameters, by which runs are compared, to the HParams dashboard.
    /// </summary>
    /// <param name="writer">The writer.</param>
    /// <param name="optimizer">
    /// The optimizer. Its type is <c>optimizer</c>, and its settings have PyTorch's names: <c>lr</c>, <c>momentum</c>,
    /// <c>weight_decay</c>, <c>beta1</c> and so on. With several parameter groups, the names are <c>group0/lr</c>,
    /// <c>group1/lr</c> and so on. The learning rate is the current one: call this method before training.
    /// </param>
    /// <param name="others">More names and values; they override the optimizer's settings of the same name.</param>
    /// <param name="options">The trial's name, start time and more.</param>
    /// <exception cref="ArgumentException">
    /// A name is empty or not valid Unicode, or a value is null, NaN or infinite.
    /// </exception>
    /// <exception cref="InvalidOperationException">The writer already added hyperparameters.</exception>
    /// <exception cref="ObjectDisposedException">The writer is disposed.</exception>
    public static void AddHyperparameters(
        this SummaryWriter writer, optim.Optimizer optimizer,
        IReadOnlyDictionary<string, Hyperparameter>? others = null, HyperparameterOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(optimizer);
        Dictionary<string, Hyperparameter> values = OptimizerParameters.Of(optimizer);
        foreach ((string name, Hyperparameter value) in others ?? new Dictionary<string, Hyperparameter>())
            values[name] = value;
        writer.AddHyperparameters(values, options);
    }

    /// <summary>
    /// Adds an optimizer's learning rate to the Scalars dashboard: one series, or one per parameter group,
    /// <c>lr/group0</c>, <c>lr/group1</c> and so on.
    /// </summary>
    /// <param name="writer">The writer.</param>
    /// <param name="optimizer">The optimizer.</param>
    /// <param name="step">The step; any 64-bit number.</param>
    /// <param name="tag">The tag of the series, or the prefix of the tags; <c>lr</c> by default.</param>
    /// <exception cref="ArgumentException">The tag is null, empty or not valid Unicode.</exception>
    /// <exception cref="ObjectDisposedException">The writer is disposed.</exception>
    public static void AddLearningRates(
        this SummaryWriter writer, optim.Optimizer optimizer, long step, string tag = "lr")
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(optimizer);
        ArgumentException.ThrowIfNullOrEmpty(tag);
        foreach ((string curve, double value) in OptimizerParameters.LearningRates(optimizer, tag))
            writer.AddScalar(curve, value, step);
    }
}
