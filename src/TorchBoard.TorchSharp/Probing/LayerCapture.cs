using TorchBoard.Modules;
using static TorchSharp.torch;

namespace TorchBoard.Probing;

/// <summary>A layer's output in its last call, connected to the score's autograd graph.</summary>
internal sealed class LayerCapture : IDisposable
{
    /// <summary>The output as part of the autograd graph; null before the layer was called.</summary>
    public Tensor? Output { get; private set; }

    /// <summary>Number of calls of the layer.</summary>
    public int Calls { get; private set; }

    /// <summary>Calls a model in evaluation mode and captures the output of a layer.</summary>
    /// <param name="model">The model.</param>
    /// <param name="place">The layer.</param>
    /// <param name="batch">The inputs, on the model's device.</param>
    /// <param name="forward">Calls the model with the inputs.</param>
    /// <exception cref="InvalidOperationException">The layer was not called.</exception>
    public static LayerCapture Of(nn.Module model, ModulePlace place, Tensor batch, Func<Tensor, object?> forward)
    {
        var capture = new LayerCapture();
        try
        {
            using var mode = new EvaluationMode(model);
            using var hooks = new ModuleHooks();
            hooks.Add(place.Module, _ => { }, (_, result) => capture.Keep(result));
            forward(batch);
            return capture.Output is not null
                ? capture
                : throw new InvalidOperationException(ModelProbe.NotCalled(place));
        }
        catch
        {
            capture.Dispose();
            throw;
        }
    }

    /// <summary>Keeps the first tensor of a result and returns the value to pass on.</summary>
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

    // The kept tensor must outlive scopes that models dispose. A copy is passed on: the next layer may change it in
    // place.
    private Tensor Keep(Tensor output)
    {
        Dispose();
        Calls++;
        bool isOnWay = output.requires_grad || !TensorArgument.IsFloatingPoint(output.dtype);
        Output = (isOnWay ? output.alias() : output.detach().requires_grad_()).DetachFromDisposeScope();
        return Output.clone();
    }
}
