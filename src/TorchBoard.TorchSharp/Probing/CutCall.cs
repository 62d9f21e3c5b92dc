using static TorchSharp.torch;

namespace TorchBoard.Probing;

/// <summary>A call of a nonlinearity where the graph of autograd is cut in two.</summary>
/// <param name="Module">The nonlinearity.</param>
/// <param name="Input">What it was given, as it was then, with the graph that leads there.</param>
/// <param name="Output">What it put out: a leaf, from which the graph goes on.</param>
internal sealed record CutCall(nn.Module Module, Tensor Input, Tensor Output) : IDisposable
{
    public void Dispose()
    {
        Input.Dispose();
        Output.Dispose();
    }
}
