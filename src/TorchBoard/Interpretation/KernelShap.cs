using TorchBoard.Numerics;

namespace TorchBoard.Interpretation;

/// <summary>
/// KernelSHAP: Shapley values as the coefficients of a weighted linear regression on coalitions. Lundberg and Lee, "A
/// Unified Approach to Interpreting Model Predictions", 2017.
/// </summary>
public static class KernelShap
{
    /// <summary>Explains a score.</summary>
    /// <remarks>
    /// A coalition of k of M features has the weight (M − 1) / (k (M − k)), divided among the coalitions of its size.
    /// Sizes are enumerated together with their complements while the budget lasts, from 1 and M − 1 inwards; other
    /// coalitions are drawn at random. The values sum to the difference of the scores. If the budget is too small to
    /// determine all of them, <see cref="Attribution.Rank"/> is less than the number of features, and of all values
    /// that fit equally well, those with the least norm are returned: features that no coalition distinguishes share
    /// equally.
    /// </remarks>
    /// <param name="predict">
    /// The model; it evaluates at most <see cref="KernelShapOptions.Coalitions"/> + 2 inputs for each row of the
    /// baseline.
    /// </param>
    /// <param name="input">The input, of any shape.</param>
    /// <param name="shape">The input's shape; one dimension by default.</param>
    /// <param name="options">
    /// Coalitions (2·M + 2048 by default), baseline (zeros), groups (none), seed, batch size.
    /// </param>
    /// <param name="cancellationToken">Cancels the work before the next batch.</param>
    /// <returns>
    /// Values in units of the score, of the input's shape; <see cref="Attribution.FeatureValues"/> sum to
    /// <see cref="Attribution.Score"/> − <see cref="Attribution.BaselineScore"/>. <see cref="Attribution.Rank"/> is set.
    /// </returns>
    /// <exception cref="ArgumentException">
    /// Sizes do not match, the input is not finite, or the model returned a score that is not finite.
    /// </exception>
    public static Attribution Explain(
        Predict predict, ReadOnlySpan<float> input, ReadOnlySpan<int> shape = default,
        KernelShapOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= KernelShapOptions.Default;
        var explained = new ExplainedInput(input, shape);
        FeatureGroups features = FeatureGroups.Of(options.Groups, explained);
        int budget = options.Coalitions ?? checked((2 * features.Count) + 2048);
        var coalitions = new WeightedCoalitions(features.Count, budget, options.Seed);
        float[] baselines = options.BaselineRows(explained);
        int count = checked(coalitions.Count + 2);
        var game = new CoalitionGame(predict, explained, features, baselines, options, count, cancellationToken);
        var weights = new Queue<double>();
        var regression = new CoalitionRegression(features.Count);
        (double score, double baselineScore) = (0, 0);
        game.Play(
            count,
            (index, members) =>
            {
                if (index > 1)
                    weights.Enqueue(coalitions.Next(members));
                else
                    members.Fill(index == 1);
            },
            (index, members, worth) =>
            {
                if (index == 0)
                    baselineScore = worth;
                else if (index == 1)
                    score = worth;
                else
                    regression.Add(members, worth - baselineScore, weights.Dequeue());
            });

        (double[] values, int rank) = Solve(regression, features.Count, score - baselineScore);
        return game.Attribute(values, score, baselineScore, rank: rank);
    }

    // The values sum to the difference, so the last feature has what the others leave.
    private static (double[] Values, int Rank) Solve(CoalitionRegression sums, int features, double difference)
    {
        int last = features - 1;
        double[][] matrix = Lower(last, (i, j) =>
            sums.At(i, j) - sums.At(i, last) - sums.At(j, last) + sums.At(last, last));
        ReadOnlySpan<double> worths = sums.Worths();
        double[] right = new double[last];
        for (int i = 0; i < last; i++)
        {
            right[i] = worths[i] - worths[last]
                - (difference * (sums.At(i, last) - sums.At(last, last)));
        }

        (double[] values, int rank) = LeastSquares.Solve(matrix, right);
        return rank == last
            ? ([.. values, difference - values.Sum()], features)
            : (LeastNorm(sums, features, difference), rank + 1);
    }

    /// <summary>
    /// Returns the values with the least norm: an equal share of the difference for each feature, and the shortest
    /// deviations from it, which sum to 0.
    /// </summary>
    private static double[] LeastNorm(CoalitionRegression sums, int features, double difference)
    {
        double share = difference / features;
        double[] sizes = [.. Enumerable.Range(0, features).Select(
            i => Enumerable.Range(0, features).Sum(j => sums.At(i, j)))];
        double meanSize = sizes.Average();
        double[][] matrix = Lower(features, (i, j) =>
            sums.At(i, j) - ((sizes[i] + sizes[j] - meanSize) / features));
        double[] right = [.. sums.Worths().ToArray().Zip(sizes, (worth, size) => worth - (share * size))];
        double mean = right.Average();
        double[] deviations = LeastSquares.Solve(matrix, Array.ConvertAll(right, value => value - mean)).Coefficients;
        return Array.ConvertAll(deviations, deviation => share + deviation);
    }

    private static double[][] Lower(int count, Func<int, int, double> at) =>
        [.. Enumerable.Range(0, count).Select(i => Enumerable.Range(0, i + 1).Select(j => at(i, j)).ToArray())];
}
