namespace TorchBoard;

/// <summary>A module in the summary of a model.</summary>
/// <param name="Path">Its path from the model, the names separated by points; empty for the model itself.</param>
/// <param name="TypeName">Its type, such as <c>Conv2d</c>.</param>
/// <param name="Depth">How many modules are around it; 0 for the model itself.</param>
/// <param name="OutputShapes">
/// The shapes of its outputs in the example; none where it was not called by <c>call</c>.
/// </param>
/// <param name="Parameters">How many numbers its own parameters have, without those of the modules inside.</param>
/// <param name="TrainableParameters">How many of those are trained: they require gradients.</param>
public sealed record ModelSummaryRow(
    string Path, string TypeName, int Depth, IReadOnlyList<IReadOnlyList<long>> OutputShapes, long Parameters,
    long TrainableParameters);
