using TorchBoard.Hyperparameters;

namespace TorchBoard;

/// <summary>A hyperparameter of an experiment.</summary>
/// <param name="Name">The name.</param>
/// <param name="DisplayName">The name that a dashboard shows; may be empty.</param>
/// <param name="Description">The description, in Markdown; may be empty.</param>
/// <param name="Domain">The possible values; empty if they are not listed.</param>
/// <param name="Min">The smallest value of the interval; null if there is none.</param>
/// <param name="Max">The largest value of the interval; null if there is none.</param>
public sealed record HyperparameterInfo(
    string Name,
    string DisplayName,
    string Description,
    IReadOnlyList<Hyperparameter> Domain,
    double? Min,
    double? Max);
