using TorchBoard.Modules;
using static TorchSharp.torch;

namespace TorchBoard.Watching;

/// <summary>
/// The outputs of a model's modules in the last forward pass with gradients, captured when requested.
/// </summary>
internal sealed class CapturedActivations : IDisposable
{
    private readonly ModuleHooks _hooks = new();
    private readonly Dictionary<string, Tensor> _values = [];
    private readonly Func<bool> _isWanted;

    public CapturedActivations(nn.Module model, Func<bool> isWanted)
    {
        _isWanted = isWanted;
        foreach (ModulePlace place in ModuleTree.Of(model).Where(place => place.Depth > 0))
            _hooks.Add(place.Module, _ => { }, (_, result) => Keep(place, result));
    }

    /// <summary>Returns the captured outputs; the caller disposes of them.</summary>
    public KeyValuePair<string, Tensor>[] Take()
    {
        KeyValuePair<string, Tensor>[] taken = [.. _values];
        _values.Clear();
        return taken;
    }

    public void Dispose()
    {
        _hooks.Dispose();
        foreach (Tensor value in _values.Values)
            value.Dispose();
        _values.Clear();
    }

    private object? Keep(ModulePlace place, object? result)
    {
        if (!_isWanted() || !is_grad_enabled())
            return result;
        foreach ((Tensor output, int i) in TensorTree.Of(result).Select((output, i) => (output, i)))
        {
            string name = i == 0 ? place.Path : $"{place.Path}:{i}";
            if (_values.Remove(name, out Tensor? earlier))
                earlier.Dispose();

            // The next module may work in place, and the model may dispose scopes of its own.
            using IDisposable noGradients = no_grad();
            _values[name] = output.detach().clone().DetachFromDisposeScope();
        }

        return result;
    }
}
