namespace TorchBoard.Graphs;

/// <summary>
/// A node of a graph: an operation, a variable or an input. Slashes in its name nest it:
/// <c>encoder/conv1/weight</c> is shown in the box <c>conv1</c> inside the box <c>encoder</c>.
/// </summary>
/// <param name="Name">
/// The unique name: ASCII letters, digits and <c>_ . - \ &gt;</c> in parts separated by slashes. The first character
/// is a letter, a digit or a period.
/// </param>
/// <param name="Op">
/// The operation, such as <c>Conv2d</c>; not empty. A <c>Const</c> is drawn small beside the node that uses it.
/// </param>
/// <param name="Inputs">
/// The sources of the inputs, in order: <c>name</c> is a node's first output, <c>name:1</c> its second output, and
/// <c>^name</c> a control dependency on a node that runs before. None by default.
/// </param>
public sealed record GraphNode(string Name, string Op, params IReadOnlyList<string> Inputs)
{
    /// <summary>
    /// The shape of each output, shown at the edges: -1 is an unknown size, null an unknown shape. Empty by default:
    /// the outputs and their number are unknown.
    /// </summary>
    public IReadOnlyList<IReadOnlyList<long>?> OutputShapes { get; init; } = [];

    /// <summary>The type of the outputs; unknown by default.</summary>
    public TensorType Type { get; init; }

    /// <summary>The device that runs the node, such as <c>/device:GPU:0</c>; empty by default.</summary>
    public string Device { get; init; } = "";

    /// <summary>Additional attributes by name; none by default.</summary>
    public IReadOnlyDictionary<string, AttributeValue> Attributes { get; init; } =
        System.Collections.ObjectModel.ReadOnlyDictionary<string, AttributeValue>.Empty;
}
