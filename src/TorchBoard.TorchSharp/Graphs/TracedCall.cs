using TorchBoard.Modules;

namespace TorchBoard.Graphs;

/// <summary>
/// A node of the graph: a call of a module that no other module was called inside of, or the functions at the end of one
/// that others were called inside of, where they join several tensors.
/// </summary>
/// <param name="Name">The node's name.</param>
/// <param name="Place">The module.</param>
/// <param name="Arguments">The tensors that it was given.</param>
/// <param name="Changed">The numbers of the arguments that it changed in place.</param>
/// <param name="Outputs">Its outputs.</param>
internal sealed record TracedCall(
    string Name, ModulePlace Place, TracedArgument[] Arguments, int[] Changed, TracedOutput[] Outputs)
{
    /// <summary>Whether it is the join at the end of a module, such as the addition of a residual block.</summary>
    public bool IsJoin { get; init; }

    /// <summary>Where its inputs came from: names of nodes and their outputs.</summary>
    public string[] Inputs => [.. Arguments.SelectMany(argument => argument.Sources).Distinct()];
}

/// <summary>A tensor that a module was given, or that the model returned, and where it came from.</summary>
internal sealed class TracedArgument(IEnumerable<string> sources)
{
    /// <summary>The outputs of nodes that it was made from.</summary>
    public List<string> Sources { get; } = [.. sources];

    /// <summary>Those of them that autograd does not know of, as there is a function without a gradient between.</summary>
    public List<string> WithoutGradient { get; } = [];
}

/// <summary>What came out of a node.</summary>
/// <param name="Shape">The sizes of its dimensions.</param>
/// <param name="Type">The type of its values.</param>
/// <param name="Bytes">What it takes in memory.</param>
internal sealed record TracedOutput(long[] Shape, TorchSharp.torch.ScalarType Type, long Bytes)
{
    public static TracedOutput Of(TorchSharp.torch.Tensor tensor) =>
        new(tensor.shape, tensor.dtype, tensor.NumberOfElements * tensor.ElementSize);
}
