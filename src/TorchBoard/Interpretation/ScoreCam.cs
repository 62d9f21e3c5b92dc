using System.Numerics.Tensors;
using TorchBoard.Imaging;

namespace TorchBoard.Interpretation;

/// <summary>
/// ScoreCAM: channels weighted by the score of the picture seen through them. It needs no gradients. Wang et al.,
/// "Score-CAM: Score-Weighted Visual Explanations for Convolutional Neural Networks", 2020.
/// </summary>
public static class ScoreCam
{
    /// <summary>
    /// The weights of the channels: each is resized to the picture (bilinear, aligned corners), less its minimum,
    /// divided by its range + 1e-8, times the picture; softmax over the channels of the scores.
    /// </summary>
    /// <param name="predict">The model; it is asked once for each channel.</param>
    /// <param name="input">The picture.</param>
    /// <param name="shape">Its shape, [C, H, W].</param>
    /// <param name="layer">The layer's activations for that picture, without a batch; gradients are not used.</param>
    /// <param name="options">Batch size, progress, cancellation.</param>
    /// <param name="cancellationToken">Stops the work before the next batch.</param>
    /// <returns>
    /// One weight a channel, 0 to 1, together 1: for
    /// <see cref="ClassActivationMap.RawMap(LayerActivations, ReadOnlySpan{double})"/>.
    /// </returns>
    /// <exception cref="ArgumentException">
    /// Sizes do not fit together, the shape is not [C, H, W], or the model gave a score that is not finite.
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
                $"A picture has the shape [C, H, W]; it is {Argument.Text(explained.Shape)}.", nameof(shape));
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

    /// <summary>Makes the map to lay over the picture.</summary>
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
