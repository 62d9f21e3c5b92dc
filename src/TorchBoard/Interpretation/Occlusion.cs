namespace TorchBoard.Interpretation;

/// <summary>
/// Occlusion: by how much the score falls where a window that slides over the input hides what is below it. Zeiler and
/// Fergus, "Visualizing and Understanding Convolutional Networks", 2014.
/// </summary>
public static class Occlusion
{
    /// <summary>Explains a score: for each number of the input, the mean over the windows that hide it.</summary>
    /// <param name="predict">
    /// The model; it is asked once for each place of the window and once for the whole input.
    /// </param>
    /// <param name="input">The input, of any shape.</param>
    /// <param name="shape">The input's shape; one dimension where it is left out.</param>
    /// <param name="window">
    /// The window's size in each of the last dimensions; in those before them it hides all. [4, 4] of a [3, H, W]
    /// picture hides 4×4 pixels in all channels.
    /// </param>
    /// <param name="options">Strides (1 by default), baseline (zeros), batch size.</param>
    /// <param name="cancellationToken">Stops the work before the next batch.</param>
    /// <returns>
    /// Values in units of the score, of the input's shape. A last window that reaches over the edge hides what is left
    /// there. With <see cref="Attribution.Score"/>.
    /// </returns>
    /// <exception cref="ArgumentException">
    /// Sizes do not fit together, the input is not finite, or the model gave a score that is not.
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
            foreach (int hidden in places.Hidden(index - 1))
                occluded[hidden] = baseline[hidden];
        });

        double[] values = new double[explained.Length];
        int[] windows = new int[explained.Length];
        for (int place = 0; place < places.Count; place++)
        {
            foreach (int hidden in places.Hidden(place))
            {
                values[hidden] += scores[0] - scores[place + 1];
                windows[hidden]++;
            }
        }

        for (int i = 0; i < values.Length; i++)
            values[i] /= windows[i];
        return new Attribution(values, explained.Shape) { Score = scores[0], IsInUnitsOfScore = true };
    }
}
