using System.Numerics.Tensors;

namespace TorchBoard.Interpretation;

/// <summary>
/// Occlusion: how far the score falls when a sliding window hides part of the input. Zeiler and Fergus, "Visualizing
/// and Understanding Convolutional Networks", 2014.
/// </summary>
public static class Occlusion
{
    /// <summary>
    /// Explains a score; the value of each number of the input is the mean over the windows that hide it.
    /// </summary>
    /// <param name="predict">The model; it evaluates one input for each window position and the whole input.</param>
    /// <param name="input">The input, of any shape.</param>
    /// <param name="shape">The input's shape; one dimension by default.</param>
    /// <param name="window">
    /// The window's size in each of the last dimensions; it covers the preceding dimensions entirely. [4, 4] on a [3,
    /// H, W] picture hides 4×4 pixels in all channels.
    /// </param>
    /// <param name="options">Strides (1 by default), baseline (zeros), batch size.</param>
    /// <param name="cancellationToken">Cancels the work before the next batch.</param>
    /// <returns>
    /// Values in units of the score, of the input's shape. A window that extends past the edge hides only the part
    /// inside. <see cref="Attribution.Score"/> is set.
    /// </returns>
    /// <exception cref="ArgumentException">
    /// Sizes do not match, the input is not finite, or the model returned a score that is not finite.
    /// </exception>
    public static Attribution Explain(
        Predict predict, ReadOnlySpan<float> input, ReadOnlySpan<int> shape, ReadOnlySpan<int> window,
        OcclusionOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(predict);
        options ??= new OcclusionOptions();
        var explained = new ExplainedInput(input, shape);
        float[] baseline = explained.Baseline(options.Baseline);
        var places = new WindowPlaces(explained.Shape, window, options.Strides);
        var batches = new Batches(explained.Length, options, places.Count + 1, cancellationToken);
        double[] scores = batches.Scores(predict, places.Count + 1, (index, occluded) =>
        {
            explained.Values.CopyTo(occluded);
            if (index == 0)
                return;
            foreach (Range hidden in places.Hidden(index - 1))
                baseline.AsSpan(hidden).CopyTo(occluded[hidden]);
        });

        double[] values = new double[explained.Length];
        double[] windows = new double[explained.Length];
        for (int place = 0; place < places.Count; place++)
        {
            double fall = scores[0] - scores[place + 1];
            foreach (Range hidden in places.Hidden(place))
            {
                foreach (ref double value in values.AsSpan(hidden))
                    value += fall;
                foreach (ref double count in windows.AsSpan(hidden))
                    count++;
            }
        }

        TensorPrimitives.Divide(values, windows, values);
        return new Attribution(values, explained.Shape) { Score = scores[0], IsInUnitsOfScore = true };
    }
}
