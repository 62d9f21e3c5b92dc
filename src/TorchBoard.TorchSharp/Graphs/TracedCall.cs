using TorchBoard.Modules;

namespace TorchBoard.Graphs;

/// <summary>A call of a module that no other module was called inside of: a node of the graph.</summary>
/// <param name="Name">The node's name.</param>
/// <param name="Place">The module.</param>
/// <param name="Inputs">Where its inputs came from: names of nodes and their outputs.</param>
/// <param name="Outputs">Its outputs.</param>
internal sealed record TracedCall(string Name, ModulePlace Place, string[] Inputs, TracedOutput[] Outputs);

/// <summary>What came out of a node.</summary>
/// <param name="Shape">The sizes of its dimensions.</param>
/// <param name="Type">The type of its values.</param>
/// <param name="Bytes">What it takes in memory.</param>
internal sealed record TracedOutput(long[] Shape, TorchSharp.torch.ScalarType Type, long Bytes)
{
    public static TracedOutput Of(TorchSharp.torch.Tensor tensor) =>
        new(tensor.shape, tensor.dtype, tensor.NumberOfElements * tensor.ElementSize);
}
