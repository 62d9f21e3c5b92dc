using TorchBoard.Modules;
using static TorchSharp.torch;

namespace TorchBoard.Probing;

/// <summary>
/// A model in which a layer puts out what it is told. The whole model is called; what lies before the layer is thrown
/// away.
/// </summary>
/// <param name="place">The layer.</param>
/// <param name="calls">How often the model calls it: the last call counts.</param>
/// <param name="forward">How the model is called.</param>
internal sealed class ReplacedLayer(ModulePlace place, int calls, Func<Tensor, object?> forward)
{
    /// <summary>What the model puts out, for as many inputs as there are outputs of the layer.</summary>
    /// <param name="input">One input, [1, …].</param>
    /// <param name="other">What the layer puts out: [N, …].</param>
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
                // A copy goes on, as the next layer may change it in place.
                Tensor passed = isFirst ? other.clone() : output;
                isFirst = false;
                return passed;
            });
        });

        long[] repeats = [other.shape[0], .. Enumerable.Repeat(1L, (int)input.dim() - 1)];
        return forward(input.repeat(repeats));
    }
}
