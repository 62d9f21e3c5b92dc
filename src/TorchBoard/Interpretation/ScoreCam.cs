using System.Numerics.Tensors;
using TorchBoard.Imaging;

namespace TorchBoard.Interpretation;

/// <summary>
/// ScoreCAM: weights each channel by the score of the picture masked by it. It needs no gradients. Wang et al.,
/// "Score-CAM: Score-Weighted Visual Explanations for Convolutional Neural Networks", 2020.
/// </summary>
public static class ScoreCam
{
    /// <summary>
    /// Returns the weights of the channels. Each channel is resized to the picture (bilinear, aligned corners), reduced
    /// by its minimum, divided by its range + 1e-8 and multiplied with the picture; the weights are the softmax of the
    /// scores over the channels.
    /// </summary>
    /// <param name="predict">The model; it evaluates one input per channel.</param>
    /// <param name="input">The picture.</param>
    /// <param name="shape">The picture's shape, [C, H, W].</param>
    /// <param name="layer">
    /// The layer's activations for that picture, without a batch dimension; gradients are not used.
    /// </param>
    /// <param name="options">Batch size and progress.</param>
    /// <param name="cancellationToken">Cancels the work before the next batch.</param>
    /// <returns>
    /// One weight per channel, 0 to 1, with sum 1, for
    /// <see cref="ClassActivationMap.RawMap(LayerActivations, ReadOnlySpan{double}, bool)"/>.
    /// </returns>
    /// <exception cref="ArgumentException">
    /// Sizes do not match, the shape is not [C, H, W], or the model returned a score that is not finite.
    /// </exception>
    public static double[] ChannelWeights(
        Predict predict, ReadOnlySpan<float> input, ReadOnlySpan<int> shape, LayerActivations layer,
        BatchOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(predict);
        AblationCam.ThrowIfNotOne(layer);
        var explained = new ExplainedInput(input, shape);
        if (explained.Shape.Length != 3)
        {
            throw new ArgumentException(
                $"The shape of a picture must be [C, H, W]; was {Argument.Text(explained.Shape)}.", nameof(shape));
        }

        (int height, int width) = (explained.Shape[1], explained.Shape[2]);
        float[] masks = Resampling.Resize(
            layer.ActivationsOf(0), [layer.Channels, layer.Height, layer.Width], height, width,
            Interpolation.BilinearAlignedCorners);
        int area = height * width;
        var batches = new Batches(explained.Length, options ?? BatchOptions.Default, layer.Channels, cancellationToken);
        double[] scores = batches.Scores(predict, layer.Channels, (channel, masked) =>
        {
            ReadOnlySpan<float> mask = masks.AsSpan(channel * area, area);
            float least = TensorPrimitives.Min(mask);
            float range = TensorPrimitives.Max(mask) - least + 1e-8f;
            for (int i = 0; i < masked.Length; i++)
                masked[i] = explained.Values[i] * ((mask[i % area] - least) / range);
        });

        TensorPrimitives.Subtract(scores, TensorPrimitives.Max<double>(scores), scores);
        TensorPrimitives.SoftMax<double>(scores, scores);
        return scores;
    }

    /// <summary>Creates the map to draw over the picture.</summary>
    /// <inheritdoc cref="ChannelWeights"/>
    /// <returns>Values from 0 to 1, of the picture's size: shape [H, W].</returns>
    public static Attribution Explain(
        Predict predict, ReadOnlySpan<float> input, ReadOnlySpan<int> shape, LayerActivations layer,
        BatchOptions? options = null, CancellationToken cancellationToken = default)
    {
        double[] weights = ChannelWeights(predict, input, shape, layer, options, cancellationToken);
        return ClassActivationMap.Scale([ClassActivationMap.RawMap(layer, weights)], shape[^2], shape[^1]);
    }
}
