using TorchBoard.Interpretation;
using TorchBoard.Modules;
using static TorchSharp.torch;

namespace TorchBoard.Probing;

/// <summary>The weights of a layer's channels, of the methods that ask the model about each channel.</summary>
internal static class LayerWeights
{
    /// <summary>Those of <see cref="Interpretation.ScoreCam"/> for one input.</summary>
    public static double[] ScoreCam(ModelScore score, LayerActivations layer, ExplanationOptions options) =>
        Interpretation.ScoreCam.ChannelWeights(score.Predict, score.Input, score.Shape, layer, options);

    /// <summary>Those of <see cref="Interpretation.AblationCam"/> for one input and a probe that was run with it.</summary>
    public static double[] AblationCam(
        nn.Module model, Tensor input, string layer, ModelProbe probe, PatchTokens? tokens, ExplanationOptions options)
    {
        var tail = new ModelTail(probe, ModuleTree.Find(model, layer, nameof(layer)), model, input, tokens);
        return Interpretation.AblationCam.ChannelWeights(tail.Predict, probe.ToLayer(layer, tokens), options);
    }

    /// <summary>Those of <see cref="Interpretation.AblationCam"/> for one input.</summary>
    public static double[] AblationCam(nn.Module model, Tensor input, string layer, int? target)
    {
        using var probe = new ModelProbe(model, layer);
        probe.Run(input, target);
        return AblationCam(model, input, layer, probe, null, new ExplanationOptions());
    }
}
