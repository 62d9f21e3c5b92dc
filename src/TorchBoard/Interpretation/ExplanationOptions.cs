namespace TorchBoard.Interpretation;

/// <summary>The options that all explanation methods share. Immutable, thread-safe.</summary>
public abstract record ExplanationOptions
{
    /// <summary>
    /// Number of inputs in a batch; at least 1, 32 by default. It affects time and memory, not the result.
    /// </summary>
    public int BatchSize
    {
        get;
        init => field = Argument.AtLeast(value, 1, nameof(BatchSize));
    } = 32;

    /// <summary>
    /// Seed of the random number generator, for methods that sample; 0 by default. The same seed gives the same result
    /// on every machine.
    /// </summary>
    public int Seed { get; init; }

    /// <summary>
    /// Receives the fraction of work done after each batch, greater than 0 up to 1; null by default. It is called on
    /// the thread that runs the explanation.
    /// </summary>
    public IProgress<double>? Progress { get; init; }
}
