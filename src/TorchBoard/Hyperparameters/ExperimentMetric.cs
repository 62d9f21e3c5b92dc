namespace TorchBoard.Hyperparameters;

/// <summary>A scalar by which the HParams dashboard compares runs: the last value of its tag in each run.</summary>
/// <param name="Tag">The scalar's tag, such as <c>accuracy/validation</c>.</param>
/// <param name="SubRun">
/// The sub-run that contains the scalar, such as <c>validation</c>, relative to the run with the hyperparameters. Empty
/// by default, for that run itself.
/// </param>
/// <param name="DisplayName">The name shown; the tag by default.</param>
/// <param name="Description">The description in Markdown; empty by default.</param>
public sealed record ExperimentMetric(string Tag, string SubRun = "", string DisplayName = "", string Description = "")
{
    /// <summary>Converts a tag to a metric of the run itself.</summary>
    /// <param name="tag">The scalar's tag.</param>
    public static implicit operator ExperimentMetric(string tag) => new(tag);
}
