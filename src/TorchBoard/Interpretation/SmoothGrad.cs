using TorchBoard.Numerics;

namespace TorchBoard.Interpretation;

/// <summary>
/// SmoothGrad and its variants: combine the explanations of noisy copies of an input. See <see cref="NoiseSummary"/>
/// for the papers.
/// </summary>
public static class SmoothGrad
{
    /// <summary>Explains a score by its signed gradients at noisy inputs.</summary>
    /// <param name="gradient">The model; it evaluates <see cref="NoiseOptions.Samples"/> inputs.</param>
    /// <param name="input">The input, of any shape.</param>
    /// <param name="shape">The input's shape; one dimension by default.</param>
    /// <param name="options">Samples (5 by default), deviation (1), summary (the mean), seed, batch size.</param>
    /// <param name="cancellationToken">Cancels the work before the next batch.</param>
    /// <returns>
    /// Values of the input's shape, in units of the score per unit of the input, or the square of that.
    /// </returns>
    /// <exception cref="ArgumentException">
    /// Sizes do not match, the input is not finite, or the model returned a score or gradient that is not finite.
    /// </exception>
    public static Attribution Explain(
        Gradient gradient, ReadOnlySpan<float> input, ReadOnlySpan<int> shape = default,
        SmoothGradOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(gradient);
        options ??= SmoothGradOptions.Default;
        var explained = new ExplainedInput(input, shape);
        var noise = new NormalNoise(options.Seed);
        double[] sums = new double[explained.Length];
        double[] squares = new double[explained.Length];
        new Batches(explained.Length, options, options.Samples, cancellationToken).Gradients(
            gradient,
            options.Samples,
            (_, at) => noise.AddedTo(explained.Values, options.Deviation).CopyTo(at),
            (_, _, g) =>
            {
                for (int i = 0; i < sums.Length; i++)
                {
                    sums[i] += g[i];
                    squares[i] += (double)g[i] * g[i];
                }
            });
        return new Attribution(Summarize(sums, squares, options), explained.Shape);
    }

    /// <summary>Explains a score by another method, such as integrated gradients, at noisy inputs.</summary>
    /// <param name="explain">Explains a noisy input, an array as long as the input.</param>
    /// <param name="input">The input, of any shape.</param>
    /// <param name="options">
    /// Samples (5 by default), deviation (1), summary (the mean), seed and progress. The batch size of the
    /// explanation's own options applies.
    /// </param>
    /// <param name="cancellationToken">Cancels the work before the next sample.</param>
    /// <returns>Values of the shape and unit of the explanations, or the square of that unit.</returns>
    /// <exception cref="ArgumentException">
    /// The input is empty or not finite, or the explanations differ in their number of values.
    /// </exception>
    public static Attribution Explain(
        Func<float[], Attribution> explain, ReadOnlySpan<float> input, SmoothGradOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(explain);
        options ??= SmoothGradOptions.Default;
        var explained = new ExplainedInput(input, default);
        var noise = new NormalNoise(options.Seed);
        var members = new List<Attribution>();
        for (int sample = 0; sample < options.Samples; sample++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            members.Add(explain(noise.AddedTo(explained.Values, options.Deviation)));
            options.Progress?.Report((sample + 1.0) / options.Samples);
        }

        EnsembleAttribution.ThrowIfDifferent(members, nameof(explain));
        double[] sums = new double[members[0].Values.Length];
        double[] squares = new double[sums.Length];
        foreach (Attribution member in members)
        {
            for (int i = 0; i < sums.Length; i++)
            {
                sums[i] += member.Values[i];
                squares[i] += member.Values[i] * member.Values[i];
            }
        }

        return new Attribution(Summarize(sums, squares, options), [.. members[0].Shape]);
    }

    private static double[] Summarize(double[] sums, double[] squares, SmoothGradOptions options)
    {
        double[] values = new double[sums.Length];
        for (int i = 0; i < values.Length; i++)
        {
            double mean = sums[i] / options.Samples;
            double meanSquare = squares[i] / options.Samples;
            values[i] = options.Summary switch
            {
                NoiseSummary.MeanSquare => meanSquare,
                NoiseSummary.Variance => Math.Max(meanSquare - (mean * mean), 0),
                _ => mean,
            };
        }

        return values;
    }
}
