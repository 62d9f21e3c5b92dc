using static TorchSharp.torch;

namespace TorchBoard.Probing;

/// <summary>A call of a nonlinearity where the autograd graph is cut in two.</summary>
/// <param name="Module">The nonlinearity.</param>
/// <param name="Input">The argument as it was at the call, with its graph.</param>
/// <param name="Output">The output: a leaf, where the graph continues.</param>
internal sealed record CutCall(nn.Module Module, Tensor Input, Tensor Output) : IDisposable
{
    public void Dispose()
    {
        Input.Dispose();
        Output.Dispose();
    }
}
