using System.Numerics.Tensors;

namespace TorchBoard.Interpretation;

/// <summary>
/// AblationCAM: weights each channel by how far the score falls without it. It needs no gradients. Desai and Ramaswamy,
/// "Ablation-CAM: Visual Explanations for Deep Convolutional Network via Gradient-free Localization", 2020.
/// </summary>
public static class AblationCam
{
    /// <summary>How far below the layer's smallest activation a channel is set when that activation is not 0.</summary>
    private const float Ablation = 1e7f;

    /// <summary>
    /// Returns the weights of the channels, (y − y_k) / y, where y is the score and y_k the score with channel k set to
    /// 0 if the layer's smallest activation is 0, and otherwise to that activation − 1e7. If y is 0, the weights are y
    /// − y_k.
    /// </summary>
    /// <param name="predict">
    /// The rest of the model, starting at the layer; its inputs are activations of the layer's shape. It evaluates one
    /// input for each channel and the unchanged activations.
    /// </param>
    /// <param name="layer">
    /// The layer's activations for one picture, without a batch dimension; gradients are not used.
    /// </param>
    /// <param name="options">Batch size and progress.</param>
    /// <param name="cancellationToken">Cancels the work before the next batch.</param>
    /// <returns>
    /// One weight per channel, without unit, for
    /// <see cref="ClassActivationMap.RawMap(LayerActivations, ReadOnlySpan{double}, bool)"/>.
    /// </returns>
    /// <exception cref="ArgumentException">
    /// The activations are those of a batch, or the model returned a score that is not finite.
    /// </exception>
    public static double[] ChannelWeights(
        Predict predict, LayerActivations layer, BatchOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(predict);
        ThrowIfNotOne(layer);
        float least = TensorPrimitives.Min(layer.ActivationsOf(0));
        float ablated = least == 0 ? 0 : least - Ablation;
        var batches = new Batches(layer.Length, options ?? BatchOptions.Default, layer.Channels + 1, cancellationToken);
        double[] scores = batches.Scores(predict, layer.Channels + 1, (index, activations) =>
        {
            layer.ActivationsOf(0).CopyTo(activations);
            if (index > 0)
                activations.Slice((index - 1) * layer.Area, layer.Area).Fill(ablated);
        });

        double score = scores[0];
        return Array.ConvertAll(scores[1..], without => (score - without) / (score == 0 ? 1 : score));
    }

    /// <summary>Creates the map to draw over the picture.</summary>
    /// <inheritdoc cref="ChannelWeights"/>
    /// <param name="predict">
    /// The rest of the model, starting at the layer; its inputs are activations of the layer's shape.
    /// </param>
    /// <param name="layer">
    /// The layer's activations for one picture, without a batch dimension; gradients are not used.
    /// </param>
    /// <param name="height">The picture's height in pixels.</param>
    /// <param name="width">The picture's width in pixels.</param>
    /// <param name="options">Batch size and progress.</param>
    /// <param name="cancellationToken">Cancels the work before the next batch.</param>
    /// <returns>Values from 0 to 1, shape [height, width].</returns>
    public static Attribution Explain(
        Predict predict, LayerActivations layer, int height, int width, BatchOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        double[] weights = ChannelWeights(predict, layer, options, cancellationToken);
        return ClassActivationMap.Scale([ClassActivationMap.RawMap(layer, weights)], height, width);
    }

    internal static void ThrowIfNotOne(LayerActivations layer)
    {
        ArgumentNullException.ThrowIfNull(layer);
        if (layer.Count > 1)
        {
            throw new ArgumentException(
                $"Expected the activations of one picture, got those of {layer.Count}.", nameof(layer));
        }
    }
}
