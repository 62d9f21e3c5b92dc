namespace TorchBoard.Interpretation;

/// <summary>
/// Shapley values estimated from random orders of the features. Castro, Gómez and Tejada, "Polynomial calculation of
/// the Shapley value based on sampling", 2009; Štrumbelj and Kononenko, "An Efficient Explanation of Individual
/// Classifications using Game Theory", 2010.
/// </summary>
public static class ShapleySampling
{
    /// <summary>
    /// Explains a score by orders that are drawn at random.
    /// </summary>
    /// <param name="predict">
    /// The model; it evaluates (M − 1) inputs per order of M features, and 2 more, for each row of the baseline.
    /// </param>
    /// <param name="input">The input, of any shape.</param>
    /// <param name="shape">The input's shape; one dimension by default.</param>
    /// <param name="options">
    /// Number of orders (25 by default), baseline (zeros), groups (none), seed, batch size.
    /// </param>
    /// <param name="cancellationToken">Cancels the work before the next batch.</param>
    /// <returns>
    /// Values in units of the score, of the input's shape, with standard errors if there is more than one order;
    /// <see cref="Attribution.FeatureValues"/> sum to <see cref="Attribution.Score"/> −
    /// <see cref="Attribution.BaselineScore"/>.
    /// </returns>
    /// <exception cref="ArgumentException">
    /// Sizes do not match, the input is not finite, or the model returned a score that is not finite.
    /// </exception>
    public static Attribution Explain(
        Predict predict, ReadOnlySpan<float> input, ReadOnlySpan<int> shape = default,
        ShapleySamplingOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= ShapleySamplingOptions.Default;
        var explained = new ExplainedInput(input, shape);
        FeatureGroups features = FeatureGroups.Of(options.Groups, explained);
        var random = new Random(options.Seed);
        int[][] orders = new int[options.Permutations][];
        for (int p = 0; p < orders.Length; p++)
        {
            orders[p] = [.. Enumerable.Range(0, features.Count)];
            random.Shuffle(orders[p]);
        }

        // All orders share the empty and the full coalition, which are evaluated only once.
        int between = features.Count - 1;
        int coalitions = checked((orders.Length * between) + 2);
        float[] baselines = options.BaselineRows(explained);
        var game = new CoalitionGame(predict, explained, features, baselines, options, coalitions, cancellationToken);
        double[] worths = game.Worths(coalitions, (index, isThere) =>
        {
            if (index == 1)
                isThere.Fill(true);
            if (index < 2)
                return;
            (int order, int last) = Math.DivRem(index - 2, between);
            foreach (int feature in orders[order].AsSpan(0, last + 1))
                isThere[feature] = true;
        });

        double[] sums = new double[features.Count];
        double[] squares = new double[features.Count];
        for (int p = 0; p < orders.Length; p++)
        {
            double before = worths[0];
            for (int k = 0; k < features.Count; k++)
            {
                double after = k < between ? worths[2 + (p * between) + k] : worths[1];
                int feature = orders[p][k];
                double deviation = after - before - (p == 0 ? 0 : sums[feature] / p);
                sums[feature] += after - before;
                squares[feature] += deviation * (after - before - (sums[feature] / (p + 1)));
                before = after;
            }
        }

        double n = orders.Length;
        double[] errors = n == 1 ? [] : Array.ConvertAll(squares, s => Math.Sqrt(Math.Max(s, 0) / (n - 1) / n));
        return game.Attribute(Array.ConvertAll(sums, s => s / n), worths[1], worths[0], errors);
    }
}
