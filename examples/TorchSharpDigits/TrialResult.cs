namespace TorchSharpDigits;

/// <summary>The result of a trial on the held-out digits.</summary>
/// <param name="Name">The name of the trial and its run.</param>
/// <param name="Loss">Mean cross-entropy.</param>
/// <param name="Accuracy">Share of correctly recognized digits, 0 to 1.</param>
internal sealed record TrialResult(string Name, double Loss, double Accuracy);
