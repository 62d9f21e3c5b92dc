namespace TorchSharpDigits;

/// <summary>What came of a trial, by the digits held out.</summary>
/// <param name="Name">The trial's name, which is its run's.</param>
/// <param name="Loss">Mean cross-entropy.</param>
/// <param name="Accuracy">Share of digits recognized, 0 to 1.</param>
internal sealed record TrialResult(string Name, double Loss, double Accuracy);
