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
        int count = coalitions.Members.Count;
        float[] baselines = options.BaselineRows(explained);
        var game = new CoalitionGame(predict, explained, features, baselines, options, count + 2, cancellationToken);
        double[] worths = game.Worths(count + 2, (index, isThere) =>
        {
            if (index < count)
                coalitions.Members[index].CopyTo(isThere);
            else if (index == count)
                isThere.Fill(true);
        });

        (double score, double baselineScore) = (worths[count], worths[count + 1]);
        (double[] values, int rank) = Solve(coalitions, features.Count, worths, score - baselineScore, baselineScore);
        return game.Attribute(values, score, baselineScore, rank: rank);
    }

    private static (double[] Values, int Rank) Solve(
        WeightedCoalitions coalitions, int features, double[] worths, double difference, double baselineScore)
    {
        // The values sum to the difference, so the last feature has what the others leave.
        int last = features - 1;
        double[][] rows = new double[coalitions.Members.Count][];
        double[] targets = new double[rows.Length];
        for (int r = 0; r < rows.Length; r++)
        {
            bool[] members = coalitions.Members[r];
            double hasLast = members[last] ? 1 : 0;
            rows[r] = new double[last];
            for (int f = 0; f < last; f++)
                rows[r][f] = (members[f] ? 1 : 0) - hasLast;
            targets[r] = worths[r] - baselineScore - (hasLast * difference);
        }

        (double[] values, int rank) = LeastSquares.Solve(rows, targets, coalitions.Weights, last);
        return rank == last
            ? ([.. values, difference - values.Sum()], features)
            : (LeastNorm(coalitions, features, worths, difference, baselineScore), rank + 1);
    }

    /// <summary>
    /// Returns the values with the least norm: an equal share of the difference for each feature, and the shortest
    /// deviations from it. Only rows that sum to 0 measure the deviations, which then sum to 0, too.
    /// </summary>
    private static double[] LeastNorm(
        WeightedCoalitions coalitions, int features, double[] worths, double difference, double baselineScore)
    {
        double[][] rows = new double[coalitions.Members.Count][];
        double[] targets = new double[rows.Length];
        for (int r = 0; r < rows.Length; r++)
        {
            bool[] members = coalitions.Members[r];
            double share = members.Count(isMember => isMember) / (double)features;
            rows[r] = Array.ConvertAll(members, isMember => (isMember ? 1 : 0) - share);
            targets[r] = worths[r] - baselineScore - (share * difference);
        }

        double[] deviations = LeastSquares.Solve(rows, targets, coalitions.Weights, features).Coefficients;
        return Array.ConvertAll(deviations, deviation => (difference / features) + deviation);
    }
}
