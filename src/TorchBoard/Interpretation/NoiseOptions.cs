namespace TorchBoard.Interpretation;

/// <summary>The options of methods that sample noise. Immutable, thread-safe.</summary>
public abstract record NoiseOptions : ExplanationOptions
{
    /// <summary>Number of inputs to draw; at least 1, 5 by default.</summary>
    public int Samples
    {
        get;
        init => field = Argument.AtLeast(value, 1, nameof(Samples));
    } = 5;

    /// <summary>
    /// The standard deviation σ of the normal noise added to the input, in units of the input; at least 0. By default 1
    /// for <see cref="SmoothGradOptions"/> and 0 for <see cref="GradientShapOptions"/>. For pictures, 0.1 to 0.2 of
    /// their range is typical.
    /// </summary>
    public double Deviation
    {
        get;
        init => field = Argument.AtLeast(value, 0, nameof(Deviation));
    }
}
