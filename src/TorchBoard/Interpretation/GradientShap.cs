using TorchBoard.Numerics;

namespace TorchBoard.Interpretation;

/// <summary>
/// GradientSHAP (expected gradients): the mean gradient at random points between baselines and the input, times their
/// difference. Lundberg and Lee 2017; Erion et al., "Improving performance of deep learning models with axiomatic
/// attribution priors and expected gradients", 2021.
/// </summary>
public static class GradientShap
{
    /// <summary>
    /// Explains a score by the mean of (x − x′)·g at x′ + u·(x − x′), with a random baseline x′ and a random u from 0
    /// to 1.
    /// </summary>
    /// <param name="gradient">
    /// The model; it evaluates <see cref="NoiseOptions.Samples"/> points, as many baselines, and the input.
    /// </param>
    /// <param name="input">The input x, of any shape.</param>
    /// <param name="shape">The input's shape; one dimension by default.</param>
    /// <param name="options">Baselines (zeros by default), samples (5), noise (none), seed, batch size.</param>
    /// <param name="cancellationToken">Cancels the work before the next batch.</param>
    /// <returns>
    /// Values in units of the score, of the input's shape, with standard errors if there is more than one sample.
    /// <see cref="Attribution.BaselineScore"/> is the mean over the drawn baselines. <see cref="Attribution.Delta"/>
    /// shrinks with more samples.
    /// </returns>
    /// <exception cref="ArgumentException">
    /// Sizes do not match, the input is not finite, or the model returned a score or gradient that is not finite.
    /// </exception>
    public static Attribution Explain(
        Gradient gradient, ReadOnlySpan<float> input, ReadOnlySpan<int> shape = default,
        GradientShapOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(gradient);
        options ??= GradientShapOptions.Default;
        var explained = new ExplainedInput(input, shape);
        int length = explained.Length;
        float[] baselines = explained.Baselines(options.Baseline);
        var random = new Random(options.Seed);
        var noise = new NormalNoise(options.Seed);
        int n = options.Samples;
        (int Row, double Share)[] draws = new (int, double)[n];
        for (int s = 0; s < n; s++)
            draws[s] = (random.Next(baselines.Length / length) * length, random.NextDouble());

        // Points are created in order, but gradients arrive a batch later: each sample keeps its noisy input until
        // then.
        float[][] ends = new float[n][];
        double[] sums = new double[length];
        double[] squares = new double[length];
        double inputScore = 0;
        double baselineScore = 0;
        new Batches(length, options, (2 * n) + 1, cancellationToken).Gradients(
            gradient,
            (2 * n) + 1,
            (index, at) =>
            {
                if (index == 0)
                {
                    explained.Values.CopyTo(at);
                    return;
                }

                int sample = (index - 1) / 2;
                ReadOnlySpan<float> from = baselines.AsSpan(draws[sample].Row, length);
                if (index % 2 == 1)
                {
                    from.CopyTo(at);
                    return;
                }

                float[] to = noise.AddedTo(explained.Values, options.Deviation);
                ends[sample] = to;
                for (int i = 0; i < length; i++)
                    at[i] = (float)(from[i] + (draws[sample].Share * ((double)to[i] - from[i])));
            },
            (index, score, g) =>
            {
                if (index == 0)
                {
                    inputScore = score;
                }
                else if (index % 2 == 1)
                {
                    baselineScore += score / n;
                }
                else
                {
                    int sample = (index - 1) / 2;
                    for (int i = 0; i < length; i++)
                    {
                        double value = ((double)ends[sample][i] - baselines[draws[sample].Row + i]) * g[i];
                        sums[i] += value;
                        squares[i] += value * value;
                    }

                    ends[sample] = [];
                }
            });

        double[] values = Array.ConvertAll(sums, sum => sum / n);
        return new Attribution(values, explained.Shape)
        {
            StandardErrorArray = StandardErrors(sums, squares, n),
            Score = inputScore,
            BaselineScore = baselineScore,
            IsInUnitsOfScore = true,
            Delta = values.Sum() - (inputScore - baselineScore),
        };
    }

    private static double[] StandardErrors(double[] sums, double[] squares, int n)
    {
        if (n == 1)
            return [];
        double[] errors = new double[sums.Length];
        for (int i = 0; i < errors.Length; i++)
            errors[i] = Math.Sqrt(Math.Max(squares[i] - (sums[i] * sums[i] / n), 0) / (n - 1) / n);
        return errors;
    }
}
