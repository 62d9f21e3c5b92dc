namespace TorchBoard.Interpretation;

/// <summary>The options that all methods of explanation share. Immutable, thread-safe.</summary>
public abstract record ExplanationOptions
{
    /// <summary>
    /// How many inputs a model is given at once: at least 1; 32 by default. It changes time and memory, not the result.
    /// </summary>
    public int BatchSize
    {
        get;
        init => field = Argument.AtLeast(value, 1, nameof(BatchSize));
    } = 32;

    /// <summary>
    /// What chance begins with, where a method draws by chance; 0 by default. The same seed gives the same result, on
    /// every machine.
    /// </summary>
    public int Seed { get; init; }

    /// <summary>
    /// Is told the share of the work done after each batch, above 0 to 1; null by default. It is called on the thread
    /// that explains.
    /// </summary>
    public IProgress<double>? Progress { get; init; }
}
