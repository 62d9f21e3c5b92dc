using System.Numerics;

namespace TorchBoard.Interpretation;

/// <summary>
/// Shapley values: the mean over all orders of what a feature adds when the features come one after another. They sum
/// to the difference of the scores. Shapley, "A Value for n-Person Games", 1953.
/// </summary>
public static class ShapleyValues
{
    /// <summary>The most features that <see cref="Exact"/> takes: 20, of which it makes 1,048,576 coalitions.</summary>
    public const int MaxExactFeatures = 20;

    /// <summary>Explains a score exactly, from all coalitions of a few features.</summary>
    /// <param name="predict">
    /// The model; it is asked 2ᴹ times for M features, times the rows of the baseline.
    /// </param>
    /// <param name="input">The input, of any shape.</param>
    /// <param name="shape">The input's shape; one dimension where it is left out.</param>
    /// <param name="options">Baseline (zeros by default), groups (none), batch size.</param>
    /// <returns>
    /// Values in units of the score, of the input's shape; <see cref="Attribution.FeatureValues"/> sum to
    /// <see cref="Attribution.Score"/> − <see cref="Attribution.BaselineScore"/>.
    /// </returns>
    /// <exception cref="ArgumentException">
    /// Sizes do not fit together, there are more than <see cref="MaxExactFeatures"/> features, the input is not finite,
    /// or the model gave a score that is not.
    /// </exception>
    public static Attribution Exact(
        Predict predict, ReadOnlySpan<float> input, ReadOnlySpan<int> shape = default, ShapleyOptions? options = null)
    {
        options ??= ShapleyOptions.Default;
        var explained = new ExplainedInput(input, shape);
        FeatureGroups features = FeatureGroups.Of(options.Groups, explained);
        if (features.Count > MaxExactFeatures)
        {
            throw new ArgumentException(
                $"At most {MaxExactFeatures} features are explained exactly; there are {features.Count}. "
                + "Group them, or use Sample or KernelShap.",
                nameof(input));
        }

        int coalitions = 1 << features.Count;
        float[] baselines = options.BaselineRows(explained);
        var game = new CoalitionGame(predict, explained, features, baselines, options, coalitions);
        double[] worths = game.Worths(coalitions, (members, isThere) =>
        {
            for (int f = 0; f < isThere.Length; f++)
                isThere[f] = (members & (1 << f)) != 0;
        });

        double[] weights = WeightsBySize(features.Count);
        double[] values = new double[features.Count];
        for (int members = 0; members < coalitions; members++)
        {
            double weight = weights[Math.Min(BitOperations.PopCount((uint)members), weights.Length - 1)];
            for (int f = 0; f < values.Length; f++)
            {
                if ((members & (1 << f)) == 0)
                    values[f] += weight * (worths[members | (1 << f)] - worths[members]);
            }
        }

        return game.Attribute(values, worths[^1], worths[0]);
    }

    /// <summary>
    /// Explains a score by orders drawn by chance. Castro, Gómez and Tejada, "Polynomial calculation of the Shapley
    /// value based on sampling", 2009; Štrumbelj and Kononenko 2010.
    /// </summary>
    /// <param name="predict">
    /// The model; for M features it is asked M − 1 times for each order and twice more, times the rows of the baseline.
    /// </param>
    /// <param name="input">The input, of any shape.</param>
    /// <param name="shape">The input's shape; one dimension where it is left out.</param>
    /// <param name="options">
    /// Number of orders (25 by default), baseline (zeros), groups (none), seed, batch size.
    /// </param>
    /// <returns>
    /// Values in units of the score, of the input's shape, with standard errors where there is more than one order;
    /// <see cref="Attribution.FeatureValues"/> sum to <see cref="Attribution.Score"/> −
    /// <see cref="Attribution.BaselineScore"/>.
    /// </returns>
    /// <exception cref="ArgumentException">
    /// Sizes do not fit together, the input is not finite, or the model gave a score that is not.
    /// </exception>
    public static Attribution Sample(
        Predict predict, ReadOnlySpan<float> input, ReadOnlySpan<int> shape = default,
        ShapleySamplingOptions? options = null)
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

        // The first coalition of each order is empty and the last is whole: these are asked only once.
        int between = features.Count - 1;
        int coalitions = checked((orders.Length * between) + 2);
        float[] baselines = options.BaselineRows(explained);
        var game = new CoalitionGame(predict, explained, features, baselines, options, coalitions);
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

    /// <summary>|S|! (M − |S| − 1)! / M! for each size of S.</summary>
    private static double[] WeightsBySize(int count)
    {
        double[] weights = new double[count];
        weights[0] = 1.0 / count;
        for (int size = 1; size < count; size++)
            weights[size] = weights[size - 1] * size / (count - size);
        return weights;
    }

}
