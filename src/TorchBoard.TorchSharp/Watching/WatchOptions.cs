using static TorchSharp.torch;

namespace TorchBoard.Watching;

/// <summary>What a watch writes, and how often. Immutable.</summary>
public sealed record WatchOptions
{
    /// <summary>
    /// Number of steps from one written step to the next; at least 1, 100 by default. The first step is written.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is less than 1.</exception>
    public int Interval
    {
        get;
        init => field = value >= 1
            ? value
            : throw new ArgumentOutOfRangeException(nameof(Interval), value, $"{nameof(Interval)} must be at least 1.");
    } = 100;

    /// <summary>
    /// Whether histograms of parameters are written, as <c>parameters/conv1.weight</c>; true by default.
    /// </summary>
    public bool Parameters { get; init; } = true;

    /// <summary>
    /// Whether histograms of parameters' gradients are written, as <c>gradients/conv1.weight</c>; true by default.
    /// </summary>
    public bool Gradients { get; init; } = true;

    /// <summary>
    /// Whether histograms of modules' outputs are written, as <c>activations/conv1</c>; false by default. The outputs
    /// are copied in the last forward pass with gradients before a written step and need additional memory until then.
    /// </summary>
    public bool Activations { get; init; }

    /// <summary>
    /// Whether gradient flow, the mean and largest |g| of each parameter, is drawn as <c>watch/gradient_flow</c>; true
    /// by default.
    /// </summary>
    public bool GradientFlow { get; init; } = true;

    /// <summary>
    /// Whether the NaN and infinite values of all parameters and of all gradients are counted and their norms (the
    /// square root of the sum of squares) are computed, as <c>watch/gradients/nan</c>, <c>inf</c> and <c>norm</c>; true
    /// by default.
    /// </summary>
    public bool Health { get; init; } = true;

    /// <summary>
    /// The optimizer whose learning rates are written as <c>watch/learning_rate</c>, or as <c>watch/learning_rate/0</c>
    /// and so on for several parameter groups; none by default.
    /// </summary>
    public optim.Optimizer? Optimizer { get; init; }

    /// <summary>The prefix of each tag, such as <c>generator/</c>; empty by default.</summary>
    /// <exception cref="ArgumentNullException">The value is null.</exception>
    public string Prefix
    {
        get;
        init => field = value ?? throw new ArgumentNullException(nameof(Prefix));
    } = "";
}
