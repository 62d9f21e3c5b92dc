namespace TorchBoard;

/// <summary>A module in the summary of a model.</summary>
/// <param name="Path">
/// The module's path from the model, with names separated by periods; empty for the model itself.
/// </param>
/// <param name="TypeName">The module's type, such as <c>Conv2d</c>.</param>
/// <param name="Depth">Number of enclosing modules; 0 for the model itself.</param>
/// <param name="OutputShapes">
/// The shapes of the module's outputs in the example; none if it was not invoked through <c>call</c>.
/// </param>
/// <param name="Parameters">Number of values in the module's own parameters, without those of child modules.</param>
/// <param name="TrainableParameters">Number of those values that are trainable: they require gradients.</param>
public sealed record ModelSummaryRow(
    string Path, string TypeName, int Depth, IReadOnlyList<IReadOnlyList<long>> OutputShapes, long Parameters,
    long TrainableParameters);
