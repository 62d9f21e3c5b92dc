using TorchBoard.Modules;
using static TorchSharp.torch;

namespace TorchBoard.Probing;

/// <summary>What a layer put out in its last call, with the way that the score took from there.</summary>
internal sealed class LayerCapture : IDisposable
{
    /// <summary>The output as autograd knows it; null before the layer was called.</summary>
    public Tensor? Output { get; private set; }

    /// <summary>How often the layer was called.</summary>
    public int Calls { get; private set; }

    /// <summary>Keeps the first tensor of a result and returns what goes on in its place.</summary>
    public object? Keep(object? result)
    {
        bool isFirst = true;
        return TensorTree.Replace(result, output =>
        {
            if (!isFirst)
                return output;
            isFirst = false;
            return Keep(output);
        });
    }

    public void Dispose()
    {
        Output?.Dispose();
        Output = null;
    }

    // What is kept outlives the scopes that models close. A copy goes on: the next layer may change it in place.
    private Tensor Keep(Tensor output)
    {
        Dispose();
        Calls++;
        bool isOnWay = output.requires_grad || !TensorArgument.IsFloatingPoint(output.dtype);
        Output = (isOnWay ? output.alias() : output.detach().requires_grad_()).DetachFromDisposeScope();
        return Output.clone();
    }
}
