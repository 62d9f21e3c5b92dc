using TorchBoard.Numerics;

namespace TorchBoard.Interpretation;

/// <summary>
/// LIME: a linear model of the score near an input, of which features are there. Ribeiro, Singh and Guestrin, "'Why
/// Should I Trust You?' Explaining the Predictions of Any Classifier", 2016.
/// </summary>
public static class Lime
{
    /// <summary>Explains a score by the coefficients of a weighted ridge regression.</summary>
    /// <param name="predict">The model; it is asked for <see cref="LimeOptions.Samples"/> inputs.</param>
    /// <param name="input">The input, of any shape.</param>
    /// <param name="shape">The input's shape; one dimension where it is left out.</param>
    /// <param name="options">
    /// Groups (of pictures superpixels; none by default), samples (1000), what hides (the group's mean), kernel width
    /// (0.25), ridge (1), seed, batch size.
    /// </param>
    /// <param name="cancellationToken">Stops the work before the next batch.</param>
    /// <returns>
    /// Values in units of the score, of the input's shape: that of a group for each of its members. With
    /// <see cref="Attribution.Score"/>, the intercept as <see cref="Attribution.BaselineScore"/>, and the linear
    /// model's R² as <see cref="Attribution.Fit"/>.
    /// </returns>
    /// <exception cref="ArgumentException">
    /// Sizes do not fit together, the input is not finite, or the model gave a score that is not.
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
        (double[] coefficients, double intercept, double fit) = Regress(rows, scores, weights, options.Ridge);
        return new Attribution(features.Spread(coefficients), explained.Shape)
        {
            FeatureArray = coefficients,
            Score = scores[0],
            BaselineScore = intercept,
            IsInUnitsOfScore = true,
            Fit = fit,
        };
    }

    /// <summary>Which features are there, as 1 and 0; first all of them.</summary>
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

    /// <summary>The cosine of a row of k ones among M with all ones is √(k/M).</summary>
    private static double Kernel(double[] row, double width)
    {
        double distance = 1 - Math.Sqrt(row.Sum() / row.Length);
        return Math.Sqrt(Math.Exp(-distance * distance / (width * width)));
    }

    /// <summary>The intercept goes without penalty: it is what centering takes out.</summary>
    private static (double[] Coefficients, double Intercept, double Fit) Regress(
        double[][] rows, double[] scores, double[] weights, double ridge)
    {
        int count = rows[0].Length;
        double total = weights.Sum();
        double[] means = new double[count];
        double meanScore = scores[0];
        for (int r = 0; r < rows.Length; r++)
        {
            // From the first score on, a constant one has no rounding error that could be explained.
            meanScore += weights[r] / total * (scores[r] - scores[0]);
            for (int f = 0; f < count; f++)
                means[f] += weights[r] / total * rows[r][f];
        }

        double[][] centerd = Array.ConvertAll(rows, row => row.Zip(means, (value, mean) => value - mean).ToArray());
        double[] centerdScores = Array.ConvertAll(scores, score => score - meanScore);
        double[] coefficients = LeastSquares.Solve(centerd, centerdScores, weights, count, ridge);
        double intercept = meanScore;
        for (int f = 0; f < count; f++)
            intercept -= coefficients[f] * means[f];

        (double missed, double varied) = (0, 0);
        for (int r = 0; r < rows.Length; r++)
        {
            double predicted = centerd[r].Zip(coefficients, (value, c) => value * c).Sum();
            missed += weights[r] * Math.Pow(centerdScores[r] - predicted, 2);
            varied += weights[r] * centerdScores[r] * centerdScores[r];
        }

        // A constant score is fitted exactly.
        return (coefficients, intercept, varied > 0 ? 1 - (missed / varied) : 1);
    }
}
