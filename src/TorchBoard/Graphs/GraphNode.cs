namespace TorchBoard.Graphs;

/// <summary>
/// A node of a graph: an operation, a variable, an input. Slashes in its name nest it:
/// <c>encoder/conv1/weight</c> is shown in the box <c>conv1</c> in the box <c>encoder</c>.
/// </summary>
/// <param name="Name">
/// The name, no other node's: letters of ASCII, digits and <c>_ . - \ &gt;</c> in parts separated by slashes,
/// beginning with a letter, a digit or a point.
/// </param>
/// <param name="Op">
/// What it does, such as <c>Conv2d</c>; not empty. A <c>Const</c> is drawn small beside the node that uses it.
/// </param>
/// <param name="Inputs">
/// Where its inputs come from, in their order: <c>name</c> is a node's first output, <c>name:1</c> its second one, and
/// <c>^name</c> only says that it runs before. None by default.
/// </param>
public sealed record GraphNode(string Name, string Op, params IReadOnlyList<string> Inputs)
{
    /// <summary>
    /// The shape of each output, shown at the edges: -1 is a size that is not known, null a shape that is not known.
    /// Empty by default: nothing is known of the outputs, not even how many there are.
    /// </summary>
    public IReadOnlyList<IReadOnlyList<long>?> OutputShapes { get; init; } = [];

    /// <summary>The type of the outputs; unknown by default.</summary>
    public TensorType Type { get; init; }

    /// <summary>The device that it runs on, such as <c>/device:GPU:0</c>; empty by default.</summary>
    public string Device { get; init; } = "";

    /// <summary>Further attributes, by name; none by default.</summary>
    public IReadOnlyDictionary<string, AttributeValue> Attributes { get; init; } =
        System.Collections.ObjectModel.ReadOnlyDictionary<string, AttributeValue>.Empty;
}
