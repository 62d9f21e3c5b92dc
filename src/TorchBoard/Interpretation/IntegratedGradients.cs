using TorchBoard.Numerics;

namespace TorchBoard.Interpretation;

/// <summary>
/// Integrated gradients: the mean gradient on the straight path from a baseline to the input, times their difference.
/// Sundararajan, Taly and Yan, "Axiomatic Attribution for Deep Networks", 2017.
/// </summary>
public static class IntegratedGradients
{
    /// <summary>Explains a score by (x − x′) · Σ w·g over the points of a Gauss–Legendre rule.</summary>
    /// <param name="gradient">
    /// The model; it evaluates <see cref="IntegratedGradientsOptions.Steps"/> + 2 inputs.
    /// </param>
    /// <param name="input">The input x, of any shape.</param>
    /// <param name="shape">The input's shape; one dimension by default.</param>
    /// <param name="options">Baseline x′ (zeros by default), steps (50), batch size.</param>
    /// <param name="cancellationToken">Cancels the work before the next batch.</param>
    /// <returns>
    /// Values in units of the score, of the input's shape. <see cref="Attribution.Score"/>,
    /// <see cref="Attribution.BaselineScore"/> and <see cref="Attribution.Delta"/> are set; the values should sum to
    /// the difference of the scores, so a large delta calls for more steps.
    /// </returns>
    /// <exception cref="ArgumentException">
    /// Sizes do not match, the input is not finite, or the model returned a score or gradient that is not finite.
    /// </exception>
    public static Attribution Explain(
        Gradient gradient, ReadOnlySpan<float> input, ReadOnlySpan<int> shape = default,
        IntegratedGradientsOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(gradient);
        options ??= IntegratedGradientsOptions.Default;
        var explained = new ExplainedInput(input, shape);
        float[] x = explained.Values;
        float[] baseline = explained.Baseline(options.Baseline);
        (double[] points, double[] weights) = GaussLegendre.Rule(options.Steps);

        double[] values = new double[x.Length];
        double[] ends = new double[2];
        var batches = new Batches(x.Length, options, options.Steps + 2, cancellationToken);
        batches.Gradients(
            gradient,
            options.Steps + 2,
            (index, at) =>
            {
                double share = index < 2 ? index : points[index - 2];
                for (int i = 0; i < at.Length; i++)
                    at[i] = share == 1 ? x[i] : (float)(baseline[i] + (share * ((double)x[i] - baseline[i])));
            },
            (index, score, g) =>
            {
                if (index < 2)
                {
                    ends[index] = score;
                    return;
                }

                for (int i = 0; i < values.Length; i++)
                    values[i] += weights[index - 2] * g[i];
            });

        for (int i = 0; i < values.Length; i++)
            values[i] *= (double)x[i] - baseline[i];
        return new Attribution(values, explained.Shape)
        {
            Score = ends[1],
            BaselineScore = ends[0],
            IsInUnitsOfScore = true,
            Delta = values.Sum() - (ends[1] - ends[0]),
        };
    }
}
