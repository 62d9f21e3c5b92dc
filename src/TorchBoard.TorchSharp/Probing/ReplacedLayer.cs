using TorchBoard.Modules;
using static TorchSharp.torch;

namespace TorchBoard.Probing;

/// <summary>
/// A model in which the output of a layer is replaced. The whole model is called; results before the layer are
/// discarded.
/// </summary>
/// <param name="place">The layer.</param>
/// <param name="calls">Number of times the model calls the layer; the last call is replaced.</param>
/// <param name="forward">Calls the model.</param>
internal sealed class ReplacedLayer(ModulePlace place, int calls, Func<Tensor, object?> forward)
{
    /// <summary>Returns the model's output for as many inputs as there are outputs of the layer.</summary>
    /// <param name="input">One input, [1, …].</param>
    /// <param name="other">The layer's output: [N, …].</param>
    public object? Call(Tensor input, Tensor other)
    {
        using var hooks = new ModuleHooks();
        int call = 0;
        hooks.Add(place.Module, _ => { }, (_, result) =>
        {
            call++;
            bool isFirst = call == calls;
            return TensorTree.Replace(result, output =>
            {
                // Pass a copy, because the next layer may change it in place.
                Tensor passed = isFirst ? other.clone() : output;
                isFirst = false;
                return passed;
            });
        });

        long[] repeats = [other.shape[0], .. Enumerable.Repeat(1L, (int)input.dim() - 1)];
        return forward(input.repeat(repeats));
    }
}
