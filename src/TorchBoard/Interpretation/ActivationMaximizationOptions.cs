namespace TorchBoard.Interpretation;

/// <summary>Options of <see cref="ActivationMaximization"/>. Immutable, thread-safe.</summary>
public sealed record ActivationMaximizationOptions : ExplanationOptions
{
    internal static ActivationMaximizationOptions Default { get; } = new();

    /// <summary>Number of steps; at least 1, 30 by default.</summary>
    public int Steps
    {
        get;
        init => field = Argument.AtLeast(value, 1, nameof(Steps));
    } = 30;

    /// <summary>
    /// Step size in units of the input; gradients are first scaled to a root mean square of 1. Greater than 0; 1 by
    /// default.
    /// </summary>
    public double LearningRate
    {
        get;
        init => field = Argument.Above(value, 0, nameof(LearningRate));
    } = 1;

    /// <summary>
    /// Fraction by which each value shrinks after a step, 0 to 1; 0 by default. Yosinski et al., "Understanding Neural
    /// Networks Through Deep Visualization", 2015.
    /// </summary>
    public double Decay
    {
        get;
        init => field = Argument.Share(value, nameof(Decay));
    }

    /// <summary>
    /// Standard deviation, in pixels, of the Gaussian that blurs the input after each step and so removes high
    /// frequencies. At least 0; 0, the default, disables the blur. The last two dimensions are rows and columns.
    /// Yosinski et al., 2015.
    /// </summary>
    public double Blur
    {
        get;
        init => field = Argument.AtLeast(value, 0, nameof(Blur));
    }

    /// <summary>
    /// Maximum random shift of the input in each direction, in pixels, before the model is called; pixels wrap around
    /// at the edges. At least 0; 0, the default, disables the shift. The last two dimensions are rows and columns.
    /// Mordvintsev, Olah and Tyka, "Inceptionism: Going Deeper into Neural Networks", 2015.
    /// </summary>
    public int Jitter
    {
        get;
        init => field = Argument.AtLeast(value, 0, nameof(Jitter));
    }

    /// <summary>The initial input; by default normal noise with a standard deviation of 0.1.</summary>
    public float[]? Start { get; init; }
}
