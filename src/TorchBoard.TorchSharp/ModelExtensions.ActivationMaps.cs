using TorchBoard.Interpretation;
using TorchBoard.Panels;
using TorchBoard.Probing;
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
    /// transformers, smoothing (none), and the picture to draw over (derived from the input).
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
        string[] layers = LayersOf(writer, model, input, options);
        (Attribution maps, IReadOnlyList<ModelTarget> targets, IReadOnlyList<double> scores) =
            new ModelActivationMaps(model, layers, options, cancellationToken).Of(input);
        string method = Titles.Of(options.Method);
        if (options.EigenSmoothing || options.AugmentationSmoothing)
            method += ", smoothed";
        return AddMaps(writer, tag, maps, input, step, Titles.Of(method, layers), targets, scores, options);
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
        SummaryWriter writer, string tag, Attribution maps, Tensor input, long step, string method,
        IReadOnlyList<ModelTarget> targets, IReadOnlyList<double> scores, ActivationMapOptions options)
    {
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
