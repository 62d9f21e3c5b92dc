using System.Numerics;

namespace TorchBoard.Interpretation;

/// <summary>
/// Exact Shapley values: the mean contribution of a feature over all orders in which features are added. They sum to
/// the difference of the scores. <see cref="ShapleySampling"/> and <see cref="KernelShap"/> estimate them for more
/// features. Shapley, "A Value for n-Person Games", 1953.
/// </summary>
public static class ShapleyValues
{
    /// <summary>The maximum number of features of <see cref="Explain"/>: 20, which have 1,048,576 coalitions.</summary>
    public const int MaxFeatures = 20;

    /// <summary>Explains a score exactly, from all coalitions of a few features.</summary>
    /// <param name="predict">The model; it evaluates 2ᴹ inputs for M features, for each row of the baseline.</param>
    /// <param name="input">The input, of any shape.</param>
    /// <param name="shape">The input's shape; one dimension by default.</param>
    /// <param name="options">Baseline (zeros by default), groups (none), batch size.</param>
    /// <param name="cancellationToken">Cancels the work before the next batch.</param>
    /// <returns>
    /// Values in units of the score, of the input's shape; <see cref="Attribution.FeatureValues"/> sum to
    /// <see cref="Attribution.Score"/> − <see cref="Attribution.BaselineScore"/>.
    /// </returns>
    /// <exception cref="ArgumentException">
    /// Sizes do not match, there are more than <see cref="MaxFeatures"/> features, the input is not finite, or the
    /// model returned a score that is not finite.
    /// </exception>
    public static Attribution Explain(
        Predict predict, ReadOnlySpan<float> input, ReadOnlySpan<int> shape = default, ShapleyOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        options ??= ShapleyOptions.Default;
        var explained = new ExplainedInput(input, shape);
        FeatureGroups features = FeatureGroups.Of(options.Groups, explained);
        if (features.Count > MaxFeatures)
        {
            throw new ArgumentException(
                $"The number of features must be at most {MaxFeatures}; was {features.Count}. "
                + "Group them, or use ShapleySampling or KernelShap.",
                nameof(input));
        }

        int coalitions = 1 << features.Count;
        float[] baselines = options.BaselineRows(explained);
        var game = new CoalitionGame(predict, explained, features, baselines, options, coalitions, cancellationToken);
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

    /// <summary>Returns |S|! (M − |S| − 1)! / M! for each size of S.</summary>
    private static double[] WeightsBySize(int count)
    {
        double[] weights = new double[count];
        weights[0] = 1.0 / count;
        for (int size = 1; size < count; size++)
            weights[size] = weights[size - 1] * size / (count - size);
        return weights;
    }
}
