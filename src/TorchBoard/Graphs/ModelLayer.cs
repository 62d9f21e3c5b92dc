namespace TorchBoard.Graphs;

/// <summary>A layer of a model, for the conceptual graph.</summary>
/// <param name="Name">The name, no other layer's, under the rules of <see cref="GraphNode"/>; slashes nest it.</param>
/// <param name="ClassName">What kind of layer it is, such as <c>Conv2d</c>; ASCII.</param>
/// <param name="Inputs">The names of the layers whose outputs it takes; none by default: an input of the model.</param>
public sealed record ModelLayer(string Name, string ClassName, params IReadOnlyList<string> Inputs)
{
    /// <summary>The type of its numbers; single precision by default.</summary>
    public TensorType Type { get; init; } = TensorType.Single;
}
