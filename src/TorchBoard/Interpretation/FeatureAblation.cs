namespace TorchBoard.Interpretation;

/// <summary>Feature ablation: how far the score falls when a feature is removed.</summary>
public static class FeatureAblation
{
    /// <summary>Explains a score: f(x) − f(x with the feature at its baseline), for each feature.</summary>
    /// <param name="predict">The model; it evaluates one input for each feature and the whole input.</param>
    /// <param name="input">The input, of any shape.</param>
    /// <param name="shape">The input's shape; one dimension by default.</param>
    /// <param name="options">Baseline (zeros by default), groups (none), batch size.</param>
    /// <param name="cancellationToken">Cancels the work before the next batch.</param>
    /// <returns>
    /// Values in units of the score, of the input's shape; each member of a group has the group's value.
    /// <see cref="Attribution.Score"/> is set.
    /// </returns>
    /// <exception cref="ArgumentException">
    /// Sizes do not match, the input is not finite, or the model returned a score that is not finite.
    /// </exception>
    public static Attribution Explain(
        Predict predict, ReadOnlySpan<float> input, ReadOnlySpan<int> shape = default, FeatureOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        options ??= FeatureOptions.Default;
        var explained = new ExplainedInput(input, shape);
        FeatureGroups features = FeatureGroups.Of(options.Groups, explained);
        float[] baseline = explained.Baseline(options.Baseline);
        var game = new CoalitionGame(
            predict, explained, features, baseline, options, features.Count + 1, cancellationToken);
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
