using TorchBoard.Modules;
using TorchSharp;
using static TorchSharp.torch;

namespace TorchBoard.Probing;

/// <summary>The rest of a model, starting at a layer: the score of the target for given outputs of the layer.</summary>
/// <param name="probe">A probe that ran with the input.</param>
/// <param name="place">The layer.</param>
/// <param name="model">The model.</param>
/// <param name="input">The input, with a batch dimension of 1.</param>
/// <param name="tokens">The positions of tokens on the picture; null if the layer outputs planes.</param>
/// <param name="forward">Calls the model; null for <c>model.call(input)</c>.</param>
internal sealed class ModelTail(
    ModelProbe probe, ModulePlace place, nn.Module model, Tensor input, PatchTokens? tokens,
    Func<Tensor, object?>? forward = null)
{
    private readonly ReplacedLayer _layer =
        new(place, probe.CallsOf(place.Path), ModuleCall.By(model, forward));

    /// <summary>Computes the scores for activations [C, H, W], one after another.</summary>
    public void Predict(ReadOnlySpan<float> activations, int count, Span<double> scores)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable noGradients = no_grad();
        using var mode = new EvaluationMode(model);
        Tensor other = Like(probe.ActivationsOf(place.Path), activations.ToArray(), count);
        object? put = _layer.Call(ModelPlacement.Placed(model, input), other);
        ModelOutput.Copy(probe.Targets[0].Scores(new ModelOutput(put, model.GetType().Name, count)), scores);
    }

    private Tensor Like(Tensor taken, float[] activations, int count)
    {
        Tensor values = tensor(activations).to(taken.device).to_type(taken.dtype);
        if (tokens is null)
            return values.reshape([count, .. taken.shape[1..]]);
        long features = taken.shape[2];
        Tensor patches = values.reshape(count, features, -1).transpose(1, 2);
        Tensor leading = taken.narrow(1, 0, tokens.LeadingTokens).repeat(count, 1, 1);
        return cat([leading, patches], 1);
    }
}
