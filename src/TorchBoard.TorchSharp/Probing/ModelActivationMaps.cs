using TorchBoard.Interpretation;
using TorchBoard.Modules;
using TorchSharp;
using static TorchSharp.torch;

namespace TorchBoard.Probing;

/// <summary>Computes the class activation maps of pictures.</summary>
/// <param name="model">The model.</param>
/// <param name="layers">The paths of the layers, whose maps are averaged.</param>
/// <param name="options">Method, target and smoothing.</param>
/// <param name="cancellationToken">Cancels the work before the next batch.</param>
internal sealed class ModelActivationMaps(
    nn.Module model, string[] layers, ActivationMapOptions options, CancellationToken cancellationToken)
{
    // As in pytorch-grad-cam.
    private static readonly float[] Factors = [0.9f, 1, 1.1f];

    /// <summary>Returns the maps [N, H, W] of pictures [N, C, H, W], with the target and score of each.</summary>
    public (Attribution Maps, IReadOnlyList<ModelTarget> Targets, IReadOnlyList<double> Scores) Of(Tensor input)
    {
        bool isPerPicture =
            options.AugmentationSmoothing || options.Method is CamMethod.ScoreCam or CamMethod.AblationCam;
        if (!isPerPicture)
        {
            using ModelProbe probe = Probed(input, options.Target);
            return (Map(probe, input), probe.Targets, probe.Scores);
        }

        (List<double> maps, List<ModelTarget> targets, List<double> scores) = ([], [], []);
        for (long n = 0; n < input.shape[0]; n++)
        {
            using DisposeScope scope = NewDisposeScope();
            Tensor one = input.narrow(0, n, 1);
            using ModelProbe probe = Probed(one, options.Target);
            maps.AddRange(options.AugmentationSmoothing ? Smoothed(one, probe) : Map(probe, one).Values);
            targets.Add(probe.Targets[0]);
            scores.Add(probe.Scores[0]);
        }

        int[] shape = [(int)input.shape[0], (int)input.shape[2], (int)input.shape[3]];
        return (new Attribution([.. maps], shape), targets, scores);
    }

    private double[] Smoothed(Tensor one, ModelProbe probe)
    {
        ModelTarget target = probe.Targets[0];
        ModelTarget mirroredTarget = target.Mirrored() ?? throw Refused(
            $"AugmentationSmoothing mirrors the picture, but the target, {target.Name}, is at a position of it.");
        Tensor mirrored = one.flip(-1);
        int width = (int)one.shape[3];
        double[] mean = new double[one.shape[2] * width];
        Add(Map(probe, one), isMirrored: false);
        foreach (float factor in Factors)
        {
            Tensor by = tensor([factor]).to(one.device);
            if (factor != 1)
                Add(MapOf(one * by, target), isMirrored: false);
            Add(MapOf(mirrored * by, mirroredTarget), isMirrored: true);
        }

        return mean;

        void Add(Attribution map, bool isMirrored)
        {
            for (int i = 0; i < mean.Length; i++)
            {
                (int y, int x) = Math.DivRem(i, width);
                mean[i] += map.Values[isMirrored ? (y * width) + width - 1 - x : i] / (2 * Factors.Length);
            }
        }
    }

    private static ArgumentException Refused(string message, string argument = "options") => new(message, argument);

    private Attribution MapOf(Tensor input, ModelTarget target)
    {
        using ModelProbe probe = Probed(input, target);
        return Map(probe, input);
    }

    private ModelProbe Probed(Tensor input, ModelTarget? target)
    {
        var probe = new ModelProbe(model, layers);
        try
        {
            probe.Run(input, target, options.Forward);
            return probe;
        }
        catch
        {
            probe.Dispose();
            throw;
        }
    }

    private Attribution Map(ModelProbe probe, Tensor input) => ClassActivationMap.Scale(
        [.. layers.Select(layer => RawMap(probe, layer, input))], (int)input.shape[2], (int)input.shape[3]);

    private Attribution RawMap(ModelProbe probe, string layer, Tensor input)
    {
        LayerActivations activations = probe.ToLayer(layer, options.Tokens);
        return options.Method switch
        {
            CamMethod.ScoreCam => ClassActivationMap.RawMap(
                activations, ScoreCamWeights(input, probe.Targets[0], activations), options.EigenSmoothing),
            CamMethod.AblationCam => ClassActivationMap.RawMap(
                activations, AblationCamWeights(input, probe, layer, activations), options.EigenSmoothing),
            _ => ClassActivationMap.RawMap(options.Method, activations, options.EigenSmoothing),
        };
    }

    private double[] ScoreCamWeights(Tensor one, ModelTarget target, LayerActivations activations)
    {
        var score = new ModelScore(model, one, target, options.Forward);
        return ScoreCam.ChannelWeights(
            score.Predict, score.Input, score.Shape, activations, options.Batches, cancellationToken);
    }

    private double[] AblationCamWeights(Tensor one, ModelProbe probe, string layer, LayerActivations activations)
    {
        ModulePlace place = ModuleTree.Find(model, layer, nameof(options));
        var tail = new ModelTail(probe, place, model, one, options.Tokens, options.Forward);
        return AblationCam.ChannelWeights(tail.Predict, activations, options.Batches, cancellationToken);
    }
}
