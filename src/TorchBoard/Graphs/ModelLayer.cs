namespace TorchBoard.Graphs;

/// <summary>A layer of a model, for the conceptual graph.</summary>
/// <param name="Name">The unique name, following the rules of <see cref="GraphNode"/>; slashes nest it.</param>
/// <param name="ClassName">The kind of layer, such as <c>Conv2d</c>; ASCII.</param>
/// <param name="Inputs">The names of the layers whose outputs it consumes; none for an input of the model.</param>
public sealed record ModelLayer(string Name, string ClassName, params IReadOnlyList<string> Inputs)
{
    /// <summary>The type of the layer's numbers; single precision by default.</summary>
    public TensorType Type { get; init; } = TensorType.Single;
}
