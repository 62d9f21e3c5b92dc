namespace TorchBoard.Interpretation;

/// <summary>Feature ablation: by how much the score falls where one feature is taken away.</summary>
public static class FeatureAblation
{
    /// <summary>Explains a score: f(x) − f(x with the feature at its baseline), for each feature.</summary>
    /// <param name="predict">The model; it is asked once for each feature and once for the whole input.</param>
    /// <param name="input">The input, of any shape.</param>
    /// <param name="shape">The input's shape; one dimension where it is left out.</param>
    /// <param name="options">Baseline (zeros by default), groups (none), batch size.</param>
    /// <param name="cancellationToken">Stops the work before the next batch.</param>
    /// <returns>
    /// Values in units of the score, of the input's shape: that of a group for each of its members. With
    /// <see cref="Attribution.Score"/>.
    /// </returns>
    /// <exception cref="ArgumentException">
    /// Sizes do not fit together, the input is not finite, or the model gave a score that is not.
    /// </exception>
    public static Attribution Explain(
        Predict predict, ReadOnlySpan<float> input, ReadOnlySpan<int> shape = default, FeatureOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        options ??= FeatureOptions.Default;
        var explained = new ExplainedInput(input, shape);
        FeatureGroups features = FeatureGroups.Of(options.Groups, explained);
        var game = new CoalitionGame(
            predict, explained, features, explained.Baseline(options.Baseline), options, features.Count + 1, cancellationToken);
        double[] worths = game.Worths(features.Count + 1, (index, isThere) =>
        {
            isThere.Fill(true);
            if (index > 0)
                isThere[index - 1] = false;
        });

        double[] values = Array.ConvertAll(worths[1..], worth => worths[0] - worth);
        return new Attribution(features.Spread(values), explained.Shape)
        {
            FeatureArray = values,
            Score = worths[0],
            IsInUnitsOfScore = true,
        };
    }
}
