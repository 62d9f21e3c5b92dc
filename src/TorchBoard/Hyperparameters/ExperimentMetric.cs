namespace TorchBoard.Hyperparameters;

/// <summary>A scalar that the HParams dashboard compares runs by: the last value of its tag in each run.</summary>
/// <param name="Tag">The scalar's tag, such as <c>accuracy/validation</c>.</param>
/// <param name="SubRun">
/// The sub-run that has it, such as <c>validation</c>, relative to the run with the hyperparameters; empty by default:
/// that run itself.
/// </param>
/// <param name="DisplayName">What is shown instead of the tag; the tag by default.</param>
/// <param name="Description">What it means; markdown, empty by default.</param>
public sealed record ExperimentMetric(string Tag, string SubRun = "", string DisplayName = "", string Description = "")
{
    /// <summary>The metric of a tag in the run itself.</summary>
    /// <param name="tag">The scalar's tag.</param>
    public static implicit operator ExperimentMetric(string tag) => new(tag);
}
