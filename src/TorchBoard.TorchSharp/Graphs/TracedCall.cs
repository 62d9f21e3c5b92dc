using TorchBoard.Modules;

namespace TorchBoard.Graphs;

/// <summary>
/// A node of the graph: a call of a module that called no other module, or the functions at the end of a module that
/// called others, where they join several tensors.
/// </summary>
/// <param name="Name">The node's name.</param>
/// <param name="Place">The module.</param>
/// <param name="Arguments">The tensor arguments.</param>
/// <param name="Changed">The indices of the arguments that the call changed in place.</param>
/// <param name="Outputs">The outputs.</param>
internal sealed record TracedCall(
    string Name, ModulePlace Place, TracedArgument[] Arguments, int[] Changed, TracedOutput[] Outputs)
{
    /// <summary>
    /// Whether the node is the join at the end of a module, such as the addition of a residual block.
    /// </summary>
    public bool IsJoin { get; init; }

    /// <summary>The sources of the inputs: names of nodes and their outputs.</summary>
    public string[] Inputs => [.. Arguments.SelectMany(argument => argument.Sources).Distinct()];
}

/// <summary>A tensor argument of a module or an output of the model, with its sources.</summary>
internal sealed class TracedArgument(IEnumerable<string> sources)
{
    /// <summary>The node outputs from which the tensor was computed.</summary>
    public List<string> Sources { get; } = [.. sources];

    /// <summary>The sources that autograd does not know because of a function without a gradient in between.</summary>
    public List<string> WithoutGradient { get; } = [];
}

/// <summary>An output of a node.</summary>
/// <param name="Shape">The sizes of its dimensions.</param>
/// <param name="Type">The type of its values.</param>
/// <param name="Bytes">The size in memory, in bytes.</param>
internal sealed record TracedOutput(long[] Shape, TorchSharp.torch.ScalarType Type, long Bytes)
{
    public static TracedOutput Of(TorchSharp.torch.Tensor tensor) =>
        new(tensor.shape, tensor.dtype, tensor.NumberOfElements * tensor.ElementSize);
}
