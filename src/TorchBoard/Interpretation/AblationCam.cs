using System.Numerics.Tensors;

namespace TorchBoard.Interpretation;

/// <summary>
/// AblationCAM: channels weighted by how far the score falls without them. It needs no gradients. Desai and Ramaswamy,
/// "Ablation-CAM: Visual Explanations for Deep Convolutional Network via Gradient-free Localization", 2020.
/// </summary>
public static class AblationCam
{
    /// <summary>As far below the least activation a channel is set where that least is not 0.</summary>
    private const float Ablation = 1e7f;

    /// <summary>
    /// The weights of the channels, (y − y_k) / y: y the score, y_k that with channel k set to 0 where the layer's
    /// least activation is 0, and else to that least − 1e7. Where y is 0, the weights are y − y_k.
    /// </summary>
    /// <param name="predict">
    /// The rest of the model, from the layer on: it takes activations of the layer's shape for inputs. It is asked once
    /// for each channel and once for all.
    /// </param>
    /// <param name="layer">The layer's activations for a picture, without a batch; gradients are not used.</param>
    /// <param name="options">Batch size, progress, cancellation.</param>
    /// <param name="cancellationToken">Stops the work before the next batch.</param>
    /// <returns>
    /// One weight a channel, without unit: for
    /// <see cref="ClassActivationMap.RawMap(LayerActivations, ReadOnlySpan{double})"/>.
    /// </returns>
    /// <exception cref="ArgumentException">
    /// The activations are those of a batch, or the model gave a score that is not finite.
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

    /// <summary>Makes the map to lay over the picture.</summary>
    /// <inheritdoc cref="ChannelWeights"/>
    /// <param name="predict">
    /// The rest of the model, from the layer on: it takes activations of the layer's shape for inputs.
    /// </param>
    /// <param name="layer">The layer's activations for a picture, without a batch; gradients are not used.</param>
    /// <param name="height">Rows of the map: the picture's.</param>
    /// <param name="width">Columns of the map: the picture's.</param>
    /// <param name="options">Batch size, progress, cancellation.</param>
    /// <param name="cancellationToken">Stops the work before the next batch.</param>
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
            throw new ArgumentException($"One picture's activations are wanted, not {layer.Count}.", nameof(layer));
    }
}
