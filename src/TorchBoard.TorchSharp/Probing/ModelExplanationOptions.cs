namespace TorchBoard.Probing;

/// <summary>The options of <c>AddExplanation</c> and <c>AddEnsembleExplanation</c>. Immutable, thread-safe.</summary>
public sealed record ModelExplanationOptions : ExplainedModelOptions
{
    /// <summary>
    /// The names of a vector's features, one each, for its bars; feature numbers by default. No effect on pictures.
    /// </summary>
    public IReadOnlyList<string>? FeatureNames { get; init; }
}
