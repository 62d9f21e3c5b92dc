using System.Numerics.Tensors;
using TorchBoard.Numerics;

namespace TorchBoard.Interpretation;

/// <summary>
/// LIME: a linear model of the score near an input, as a function of the features that are present. Ribeiro, Singh and
/// Guestrin, "'Why Should I Trust You?' Explaining the Predictions of Any Classifier", 2016.
/// </summary>
public static class Lime
{
    /// <summary>Explains a score by the coefficients of a weighted ridge regression.</summary>
    /// <param name="predict">The model; it evaluates <see cref="LimeOptions.Samples"/> inputs.</param>
    /// <param name="input">The input, of any shape.</param>
    /// <param name="shape">The input's shape; one dimension by default.</param>
    /// <param name="options">
    /// Groups (none by default; superpixels for pictures), samples (1000), baseline (the group's mean), kernel width
    /// (0.25), ridge (1), seed, batch size.
    /// </param>
    /// <param name="cancellationToken">Cancels the work before the next batch.</param>
    /// <returns>
    /// Values in units of the score, of the input's shape; each member of a group has the group's value.
    /// <see cref="Attribution.Score"/> is set, <see cref="Attribution.BaselineScore"/> is the intercept, and
    /// <see cref="Attribution.Fit"/> is the linear model's R². Without a ridge penalty, <see cref="Attribution.Rank"/>
    /// is set; if the samples do not determine all values, they are those with the least norm.
    /// </returns>
    /// <exception cref="ArgumentException">
    /// Sizes do not match, the input is not finite, or the model returned a score that is not finite.
    /// </exception>
    public static Attribution Explain(
        Predict predict, ReadOnlySpan<float> input, ReadOnlySpan<int> shape = default, LimeOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        options ??= LimeOptions.Default;
        var explained = new ExplainedInput(input, shape);
        FeatureGroups features = FeatureGroups.Of(options.Groups, explained);
        float[] hidden = options.Baseline is null && options.Groups is not null
            ? features.Means(explained, options.Groups.Length)
            : explained.Baseline(options.Baseline);
        var random = new Random(options.Seed);
        var game = new CoalitionGame(
            predict, explained, features, hidden, options, options.Samples, cancellationToken);
        var regression = new CoalitionRegression(features.Count);
        var flips = new CoinFlips(random);
        double score = 0;
        game.Play(
            options.Samples,
            (index, members) =>
            {
                if (index == 0)
                    members.Fill(true);
                else
                    flips.Fill(members);
            },
            (index, members, worth) =>
            {
                if (index == 0)
                    score = worth;
                regression.Add(members, worth - score, Kernel(members, options.KernelWidth));
            });

        (double[] coefficients, double intercept, double fit, int rank) = Regress(regression, options.Ridge);
        return new Attribution(features.Spread(coefficients), explained.Shape)
        {
            FeatureArray = coefficients,
            Score = score,
            BaselineScore = score + intercept,
            IsInUnitsOfScore = true,
            Fit = fit,
            Rank = options.Ridge == 0 ? rank : null,
        };
    }

    /// <summary>
    /// Returns the kernel weight of a sample; the cosine similarity of a row of k ones out of M with all ones is √(k/M).
    /// </summary>
    private static double Kernel(ReadOnlySpan<bool> members, double width)
    {
        double distance = 1 - Math.Sqrt((double)members.Count(true) / members.Length);
        return Math.Sqrt(Math.Exp(-distance * distance / (width * width)));
    }

    /// <summary>
    /// Fits a ridge regression; covariances in place of sums remove the intercept, which is not penalized.
    /// </summary>
    private static (double[] Coefficients, double Intercept, double Fit, int Rank) Regress(
        CoalitionRegression sums, double ridge)
    {
        double[] worths = sums.Worths().ToArray();
        int count = worths.Length;
        double[] present = [.. Enumerable.Range(0, count).Select(f => sums.At(f, f))];
        double meanWorth = sums.Worth / sums.Weight;
        double[][] matrix = new double[count][];
        for (int i = 0; i < count; i++)
        {
            matrix[i] = new double[i + 1];
            for (int j = 0; j <= i; j++)
                matrix[i][j] = sums.At(i, j) - (present[i] * present[j] / sums.Weight);
            matrix[i][i] += ridge;
        }

        double[] right = [.. worths.Zip(present, (worth, weight) => worth - (weight * meanWorth))];
        double varied = sums.Squares - (sums.Worth * meanWorth);
        (double[] coefficients, int rank) = LeastSquares.Solve(matrix, right);

        // Of the solution (XᵀWX + ridge)·b = right, bᵀXᵀWX·b is b·right − ridge·|b|².
        double explained = TensorPrimitives.Dot<double>(coefficients, right);
        double squared = TensorPrimitives.SumOfSquares<double>(coefficients);
        double missed = varied - (2 * explained) + (explained - (ridge * squared));
        double intercept = meanWorth - (TensorPrimitives.Dot<double>(coefficients, present) / sums.Weight);

        // The fit of a constant score is exact.
        return (coefficients, intercept, varied > 0 ? 1 - (Math.Max(missed, 0) / varied) : 1, rank);
    }
}
