using TorchBoard.Interpretation;
using TorchBoard.Modules;
using TorchBoard.Panels;
using TorchBoard.Probing;
using TorchSharp;
using static TorchSharp.torch;

namespace TorchBoard;

public static partial class ModelExtensions
{
    /// <summary>
    /// Adds a class activation map, drawn over the picture, to the Images dashboard: where a layer detected what raises
    /// the score of a class. Grad-CAM by default; see <see cref="CamMethod"/> for the other methods and their papers.
    /// </summary>
    /// <param name="writer">The writer.</param>
    /// <param name="tag">The tag, such as <c>gradcam</c>.</param>
    /// <param name="model">
    /// The model; it takes one tensor and outputs scores, [N, classes], preferably before softmax. The options specify
    /// calls with more arguments and scores of other outputs.
    /// </param>
    /// <param name="input">A picture as model input, [1, C, H, W], or several, [N, C, H, W], drawn as a grid.</param>
    /// <param name="step">The step; any 64-bit number.</param>
    /// <param name="options">
    /// Method (Grad-CAM by default), layers (the last convolution), class (the one with the highest score), tokens of
    /// transformers, and the picture to draw over (derived from the input).
    /// </param>
    /// <param name="cancellationToken">Cancels Score-CAM and Ablation-CAM before their next batch.</param>
    /// <returns>The maps, 0 to 1: shape [N, H, W]. All 0 if nothing raises the score of the class.</returns>
    /// <remarks>
    /// The model is called in evaluation mode; each module's mode is restored. No hooks or tensors remain, and no
    /// gradient of a parameter changes. See <see cref="ModelProbe"/>.
    /// </remarks>
    /// <exception cref="ArgumentException">
    /// The tag is null, empty or not valid Unicode, the input is not a picture, a layer or class does not exist, or a
    /// layer's output has another rank.
    /// </exception>
    /// <exception cref="InvalidOperationException">
    /// A layer was not called, or the score does not depend on it.
    /// </exception>
    /// <exception cref="ObjectDisposedException">The writer is disposed.</exception>
    /// <exception cref="OperationCanceledException">The work was canceled.</exception>
    public static Attribution AddActivationMap(
        this SummaryWriter writer, string tag, nn.Module model, Tensor input, long step,
        ActivationMapOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= new ActivationMapOptions();
        return options.Method switch
        {
            CamMethod.ScoreCam => AddWeighted(
                writer, tag, model, input, step, options,
                (one, probe, layer) =>
                {
                    var score = new ModelScore(model, one, probe.Targets[0], options.Forward);
                    return ScoreCam.ChannelWeights(
                        score.Predict, score.Input, score.Shape, probe.ToLayer(layer, options.Tokens), options.Batches,
                        cancellationToken);
                }),
            CamMethod.AblationCam => AddWeighted(
                writer, tag, model, input, step, options,
                (one, probe, layer) => AblationCam.ChannelWeights(
                    new ModelTail(probe, ModuleTree.Find(model, layer, nameof(options)), model, one, options.Tokens,
                        options.Forward).Predict,
                    probe.ToLayer(layer, options.Tokens), options.Batches, cancellationToken)),
            _ => AddOfGradients(writer, tag, model, input, step, options),
        };
    }

    private static Attribution AddOfGradients(
        SummaryWriter writer, string tag, nn.Module model, Tensor input, long step, ActivationMapOptions options)
    {
        string[] layers = LayersOf(writer, model, input, options);
        using var probe = new ModelProbe(model, layers);
        probe.Run(input, options.Target, options.Forward);
        Attribution maps = ClassActivationMap.Explain(
            options.Method,
            [.. layers.Select(layer => probe.ToLayer(layer, options.Tokens))],
            (int)input.shape[2],
            (int)input.shape[3]);
        return AddMaps(writer, tag, maps, input, step, layers, probe.Targets, probe.Scores, options);
    }

    private delegate double[] Weigh(Tensor input, ModelProbe probe, string layer);

    private static Attribution AddWeighted(
        SummaryWriter writer, string tag, nn.Module model, Tensor input, long step, ActivationMapOptions options,
        Weigh weigh)
    {
        string[] layers = LayersOf(writer, model, input, options);
        (int height, int width) = ((int)input.shape[2], (int)input.shape[3]);
        (List<double> maps, List<ModelTarget> targets, List<double> scores) = ([], [], []);
        for (long n = 0; n < input.shape[0]; n++)
        {
            using DisposeScope scope = NewDisposeScope();
            Tensor one = input.narrow(0, n, 1);
            using var probe = new ModelProbe(model, layers);
            probe.Run(one, options.Target, options.Forward);
            Attribution[] raw =
            [
                .. layers.Select(layer => ClassActivationMap.RawMap(
                    probe.ToLayer(layer, options.Tokens), weigh(one, probe, layer))),
            ];
            maps.AddRange(ClassActivationMap.Scale(raw, height, width).Values);
            targets.Add(probe.Targets[0]);
            scores.Add(probe.Scores[0]);
        }

        return AddMaps(
            writer, tag, new Attribution([.. maps], [(int)input.shape[0], height, width]), input, step,
            layers, targets, scores, options);
    }

    private static string[] LayersOf(SummaryWriter writer, nn.Module model, Tensor input, ActivationMapOptions options)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(model);
        TensorArgument.ThrowIfUnreadable(input, nameof(input));
        if (input.dim() != 4)
        {
            throw new ArgumentException(
                "The shape of pictures must be [N, C, H, W], or [1, C, H, W] for one; was "
                + $"{TensorArgument.ShapeText(input)}.",
                nameof(input));
        }

        return options.Layers is { Count: > 0 } layers
            ? [.. layers]
            : [ModelProbe.SuggestLayer(model, input, options.Forward)];
    }

    private static Attribution AddMaps(
        SummaryWriter writer, string tag, Attribution maps, Tensor input, long step, string[] layers,
        IReadOnlyList<ModelTarget> targets, IReadOnlyList<double> scores, ActivationMapOptions options)
    {
        string method = Titles.Of(Titles.Of(options.Method), layers);
        int area = maps.Shape[1] * maps.Shape[2];
        var explained = new ExplainedPicture[maps.Shape[0]];
        for (int n = 0; n < explained.Length; n++)
        {
            using Tensor one = input.narrow(0, n, 1);
            explained[n] = new ExplainedPicture(
                new Attribution(maps.Values.Slice(n * area, area), maps.Shape[1..]),
                InputPictures.Of(one, options), Titles.ClassOf(options, targets[n]), scores[n]);
        }

        writer.AddImage(
            tag,
            AttributionPicture.DrawActivationMaps(explained, new AttributionPictureOptions { Method = method }),
            step);
        return maps;
    }
}
