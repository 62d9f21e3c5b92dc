namespace TorchBoard;

/// <summary>A metric that an experiment's trials are compared by.</summary>
/// <param name="Group">The run below the trial's own that holds it; empty for the trial's own.</param>
/// <param name="Tag">The tag of the scalars.</param>
/// <param name="DisplayName">The name that a dashboard shows; may be empty.</param>
/// <param name="Description">The description, in markdown; may be empty.</param>
public sealed record HyperparameterMetric(string Group, string Tag, string DisplayName, string Description);
