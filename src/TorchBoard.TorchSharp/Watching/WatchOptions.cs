using static TorchSharp.torch;

namespace TorchBoard.Watching;

/// <summary>What a watch writes of a model, and how often. Never changes.</summary>
public sealed record WatchOptions
{
    /// <summary>
    /// How many steps lie between two that are written; at least 1, 100 by default. The first is written.
    /// </summary>
    public int Interval { get; init; } = 100;

    /// <summary>
    /// Whether histograms of parameters are written, as <c>parameters/conv1.weight</c>; true by default.
    /// </summary>
    public bool Parameters { get; init; } = true;

    /// <summary>
    /// Whether histograms of parameters' gradients are written, as <c>gradients/conv1.weight</c>; true by default.
    /// </summary>
    public bool Gradients { get; init; } = true;

    /// <summary>
    /// Whether histograms of modules' outputs are written, as <c>activations/conv1</c>; false by default. They are
    /// those of the last forward pass with gradients before a step that is written, and take as much memory again until
    /// then.
    /// </summary>
    public bool Activations { get; init; }

    /// <summary>
    /// Whether gradient flow is drawn, mean and greatest |g| of each parameter, as <c>watch/gradient_flow</c>; true by
    /// default.
    /// </summary>
    public bool GradientFlow { get; init; } = true;

    /// <summary>
    /// Whether NaN and infinite values of all parameters and of all gradients are counted, and the norm of each is
    /// taken (the root of the sum of squares), as <c>watch/gradients/nan</c>, <c>inf</c> and <c>norm</c>; true by
    /// default.
    /// </summary>
    public bool Health { get; init; } = true;

    /// <summary>
    /// The optimizer whose learning rates are written, as <c>watch/learning_rate</c>, or with several groups of
    /// parameters <c>watch/learning_rate/0</c> and so on; none by default.
    /// </summary>
    public optim.Optimizer? Optimizer { get; init; }

    /// <summary>What stands before each tag, such as <c>generator/</c>; nothing by default.</summary>
    public string Prefix { get; init; } = "";
}
