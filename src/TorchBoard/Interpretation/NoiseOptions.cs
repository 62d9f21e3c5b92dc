namespace TorchBoard.Interpretation;

/// <summary>How often methods draw that average over noise, and how much of it.</summary>
public abstract record NoiseOptions : ExplanationOptions
{
    /// <summary>How many inputs are drawn: at least 1; 5 by default.</summary>
    public int Samples
    {
        get;
        init => field = Argument.AtLeast(value, 1, nameof(Samples));
    } = 5;

    /// <summary>
    /// The standard deviation σ of normal noise added to the input, in units of the input: at least 0. By default 1 of
    /// <see cref="SmoothGradOptions"/> and 0 of <see cref="GradientShapOptions"/>. Of pictures, 0.1 to 0.2 of their
    /// range is usual.
    /// </summary>
    public double Deviation
    {
        get;
        init => field = Argument.AtLeast(value, 0, nameof(Deviation));
    }
}
