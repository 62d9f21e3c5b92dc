using TorchBoard.Modules;
using TorchSharp;
using static TorchSharp.torch;

namespace TorchBoard.Probing;

/// <summary>Finds the layer to use if none is specified.</summary>
internal static class LayerSuggestion
{
    private const int MostNamed = 3;

    public static string Of(nn.Module model, Tensor input, Func<Tensor, object?>? forward = null)
    {
        ModuleTree.ThrowIfScript(model, nameof(model));
        List<(ModulePlace Place, int Rank)> calls = Calls(model, input, ModuleCall.By(model, forward));
        int convolution = calls.FindLastIndex(call => call.Rank == 4 && IsConvolution(call.Place.Module));
        int tokens = calls.FindLastIndex(call => call.Rank == 3);
        if (convolution >= 0 && tokens < convolution)
            return calls[convolution].Place.Path;
        if (tokens >= 0)
        {
            throw new ArgumentException(
                "The model works on tokens, as transformers do. Specify a layer in its last blocks that outputs "
                + $"[N, T, D], such as {Named(calls, 3)}, and the positions of the tokens on the picture: "
                + "Tokens = new PatchTokens().",
                nameof(model));
        }

        throw new ArgumentException(
            "No convolution was called in the model, so there is no layer to suggest. "
            + (calls.Exists(call => call.Rank == 4)
                ? $"Specify one that outputs [N, C, H, W]: {Named(calls, 4)}."
                : "No layer outputs [N, C, H, W], which a map requires."),
            nameof(model));
    }

    /// <summary>
    /// Returns the module's weights as kernels, [outputs, inputs, height, width]; null if it has none.
    /// </summary>
    public static Tensor? KernelsOf(nn.Module module) =>
        module.named_parameters(recurse: false)
            .Select(named => (Tensor)named.parameter)
            .FirstOrDefault(parameter => parameter.dim() == 4);

    private static bool IsConvolution(nn.Module module) => KernelsOf(module) is not null;

    private static List<(ModulePlace Place, int Rank)> Calls(
        nn.Module model, Tensor input, Func<Tensor, object?> forward)
    {
        var calls = new List<(ModulePlace, int)>();
        using DisposeScope scope = NewDisposeScope();
        using IDisposable noGradients = no_grad();
        using var mode = new EvaluationMode(model);
        using var hooks = new ModuleHooks();
        foreach (ModulePlace place in ModuleTree.Of(model).Where(place => place.Depth > 0))
        {
            hooks.Add(place.Module, _ => { }, (_, result) =>
            {
                if (TensorTree.Of(result).FirstOrDefault() is { } output)
                    calls.Add((place, (int)output.dim()));
                return result;
            });
        }

        forward(ModelPlacement.Placed(model, input));
        return calls;
    }

    private static string Named(List<(ModulePlace Place, int Rank)> calls, int rank) =>
        string.Join(", ", calls
            .Where(call => call.Rank == rank)
            .Reverse()
            .Select(call => $"'{call.Place.Path}'")
            .Distinct()
            .Take(MostNamed));
}
