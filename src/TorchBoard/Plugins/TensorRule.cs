namespace TorchBoard.Plugins;

/// <summary>A requirement of TensorBoard on a tensor.</summary>
/// <param name="Wanted">The rule as a sentence.</param>
/// <param name="Allows">Whether a tensor of a type and shape is shown.</param>
/// <param name="OneReaderShowsOthers">Whether one of TensorBoard's readers shows other tensors, too.</param>
internal sealed record TensorRule(
    string Wanted, Func<TensorType, long[], bool> Allows, bool OneReaderShowsOthers = false);
