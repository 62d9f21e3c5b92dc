namespace TorchBoard.Interpretation;

/// <summary>How <see cref="ActivationMaximization"/> climbs.</summary>
public sealed record ActivationMaximizationOptions : ExplanationOptions
{
    internal static ActivationMaximizationOptions Default { get; } = new();

    /// <summary>How many steps are taken: at least 1; 30 by default.</summary>
    public int Steps
    {
        get;
        init => field = Argument.AtLeast(value, 1, nameof(Steps));
    } = 30;

    /// <summary>
    /// How far a step goes, in units of the input, since gradients are brought to a root mean square of 1. Above 0; 1
    /// by default.
    /// </summary>
    public double LearningRate
    {
        get;
        init => field = Argument.Above(value, 0, nameof(LearningRate));
    } = 1;

    /// <summary>
    /// The share of every number that is lost after a step, 0 to 1: weak ones fade. 0 by default. Yosinski et al.,
    /// "Understanding Neural Networks Through Deep Visualization", 2015.
    /// </summary>
    public double Decay
    {
        get;
        init => field = Argument.Share(value, nameof(Decay));
    }

    /// <summary>
    /// The standard deviation, in pixels, of the Gaussian that blurs the input after a step: it takes away what
    /// changes from pixel to pixel. At least 0; 0, the default, for no blur. The last two dimensions are rows and
    /// columns. Yosinski et al., 2015.
    /// </summary>
    public double Blur
    {
        get;
        init => field = Argument.AtLeast(value, 0, nameof(Blur));
    }

    /// <summary>
    /// How many pixels the input is moved by chance before the model sees it, at most, in each direction; what leaves
    /// at one side comes in at the other. At least 0; 0, the default, to leave it in place. The last two dimensions
    /// are rows and columns. Mordvintsev, Olah and Tyka, "Inceptionism: Going Deeper into Neural Networks", 2015.
    /// </summary>
    public int Jitter
    {
        get;
        init => field = Argument.AtLeast(value, 0, nameof(Jitter));
    }

    /// <summary>Where to begin; normal noise of deviation 0.1 by default.</summary>
    public float[]? Start { get; init; }
}
