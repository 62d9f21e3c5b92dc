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
        double[][] rows = Draw(options.Samples, features.Count, new Random(options.Seed));
        var game = new CoalitionGame(predict, explained, features, hidden, options, rows.Length, cancellationToken);
        double[] scores = game.Worths(rows.Length, (index, isThere) =>
        {
            for (int f = 0; f < isThere.Length; f++)
                isThere[f] = rows[index][f] > 0;
        });

        double[] weights = Array.ConvertAll(rows, row => Kernel(row, options.KernelWidth));
        (double[] coefficients, double intercept, double fit, int rank) =
            Regress(rows, scores, weights, options.Ridge);
        return new Attribution(features.Spread(coefficients), explained.Shape)
        {
            FeatureArray = coefficients,
            Score = scores[0],
            BaselineScore = intercept,
            IsInUnitsOfScore = true,
            Fit = fit,
            Rank = options.Ridge == 0 ? rank : null,
        };
    }

    /// <summary>Returns rows of features that are present (1) or absent (0); the first row has all features.</summary>
    private static double[][] Draw(int samples, int features, Random random)
    {
        double[][] rows = new double[samples][];
        for (int r = 0; r < samples; r++)
        {
            rows[r] = new double[features];
            for (int f = 0; f < features; f++)
                rows[r][f] = r == 0 ? 1 : random.Next(2);
        }

        return rows;
    }

    /// <summary>
    /// Returns the kernel weight of a row; the cosine similarity of a row of k ones out of M with all ones is √(k/M).
    /// </summary>
    private static double Kernel(double[] row, double width)
    {
        double distance = 1 - Math.Sqrt(row.Sum() / row.Length);
        return Math.Sqrt(Math.Exp(-distance * distance / (width * width)));
    }

    /// <summary>Fits a ridge regression; centering removes the intercept, which is not penalized.</summary>
    private static (double[] Coefficients, double Intercept, double Fit, int Rank) Regress(
        double[][] rows, double[] scores, double[] weights, double ridge)
    {
        int count = rows[0].Length;
        double total = weights.Sum();
        double[] means = new double[count];
        double meanScore = scores[0];
        for (int r = 0; r < rows.Length; r++)
        {
            // Relative to the first score, a constant score has no rounding error that the regression could fit.
            meanScore += weights[r] / total * (scores[r] - scores[0]);
            for (int f = 0; f < count; f++)
                means[f] += weights[r] / total * rows[r][f];
        }

        double[][] centered = Array.ConvertAll(rows, row => row.Zip(means, (value, mean) => value - mean).ToArray());
        double[] centeredScores = Array.ConvertAll(scores, score => score - meanScore);
        (double[] coefficients, int rank) =
            LeastSquares.Solve(centered, centeredScores, weights, count, ridge);
        double intercept = meanScore;
        for (int f = 0; f < count; f++)
            intercept -= coefficients[f] * means[f];

        (double missed, double varied) = (0, 0);
        for (int r = 0; r < rows.Length; r++)
        {
            double predicted = centered[r].Zip(coefficients, (value, c) => value * c).Sum();
            missed += weights[r] * Math.Pow(centeredScores[r] - predicted, 2);
            varied += weights[r] * centeredScores[r] * centeredScores[r];
        }

        // The fit of a constant score is exact.
        return (coefficients, intercept, varied > 0 ? 1 - (missed / varied) : 1, rank);
    }
}
