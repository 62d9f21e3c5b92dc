using TorchBoard.Hyperparameters;

namespace TorchBoard;

/// <summary>A hyperparameter that an experiment has.</summary>
/// <param name="Name">The name.</param>
/// <param name="DisplayName">The name that a dashboard shows; may be empty.</param>
/// <param name="Description">The description, in markdown; may be empty.</param>
/// <param name="Domain">The values that it may have; empty where they are not listed.</param>
/// <param name="Min">The smallest value of its interval; null where there is none.</param>
/// <param name="Max">The largest value of its interval; null where there is none.</param>
public sealed record HyperparameterInfo(
    string Name,
    string DisplayName,
    string Description,
    IReadOnlyList<Hyperparameter> Domain,
    double? Min,
    double? Max);
