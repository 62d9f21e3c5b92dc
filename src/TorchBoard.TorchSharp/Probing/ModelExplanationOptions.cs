namespace TorchBoard.Probing;

/// <summary>The options of <c>AddExplanation</c> and <c>AddEnsembleExplanation</c>. Immutable, thread-safe.</summary>
public sealed record ModelExplanationOptions : ExplainedModelOptions
{
    /// <summary>
    /// The names of the features of a vector, as many as there are, which stand beside its bars; their numbers by
    /// default. Without effect on pictures.
    /// </summary>
    public IReadOnlyList<string>? FeatureNames { get; init; }
}
