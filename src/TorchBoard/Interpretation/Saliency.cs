namespace TorchBoard.Interpretation;

/// <summary>
/// Saliency: how fast the score changes with each number of the input. Simonyan, Vedaldi and Zisserman, "Deep Inside
/// Convolutional Networks: Visualizing Image Classification Models and Saliency Maps", 2014.
/// </summary>
public static class Saliency
{
    /// <summary>Explains a score by the size of its gradient, |g|.</summary>
    /// <param name="gradient">The model; it is asked for one input.</param>
    /// <param name="input">The input, of any shape.</param>
    /// <param name="shape">The input's shape; one dimension where it is left out.</param>
    /// <returns>
    /// Values of at least 0, in units of the score by that of the input, of the input's shape. With
    /// <see cref="Attribution.Score"/>.
    /// </returns>
    /// <exception cref="ArgumentException">
    /// Sizes do not fit together, the input is not finite, or the model gave a score or gradient that is not.
    /// </exception>
    public static Attribution Explain(
        Gradient gradient, ReadOnlySpan<float> input, ReadOnlySpan<int> shape = default) =>
        Of(gradient, input, shape, (_, g) => Math.Abs(g));

    /// <summary>Explains a score by its gradient g with its sign.</summary>
    /// <inheritdoc cref="Explain"/>
    /// <returns>
    /// Values of any sign, in units of the score by that of the input, of the input's shape. With
    /// <see cref="Attribution.Score"/>.
    /// </returns>
    public static Attribution WithSign(
        Gradient gradient, ReadOnlySpan<float> input, ReadOnlySpan<int> shape = default) =>
        Of(gradient, input, shape, (_, g) => g);

    /// <summary>
    /// Explains a score by input × gradient, x·g. Shrikumar et al., "Not Just a Black Box: Learning Important Features
    /// Through Propagating Activation Differences", 2016.
    /// </summary>
    /// <inheritdoc cref="Explain"/>
    /// <returns>
    /// Values of any sign, in units of the score, of the input's shape. With <see cref="Attribution.Score"/>.
    /// </returns>
    public static Attribution InputTimesGradient(
        Gradient gradient, ReadOnlySpan<float> input, ReadOnlySpan<int> shape = default) =>
        Of(gradient, input, shape, (x, g) => x * g, isInUnitsOfScore: true);

    private static Attribution Of(
        Gradient gradient, ReadOnlySpan<float> input, ReadOnlySpan<int> shape, Func<double, double, double> value,
        bool isInUnitsOfScore = false)
    {
        ArgumentNullException.ThrowIfNull(gradient);
        var explained = new ExplainedInput(input, shape);
        double[] values = new double[explained.Length];
        double inputScore = 0;
        new Batches(explained.Length, ExplanationOptions.Default, 1).Gradients(
            gradient,
            1,
            (_, at) => explained.Values.CopyTo(at),
            (_, score, g) =>
            {
                inputScore = score;
                for (int i = 0; i < values.Length; i++)
                    values[i] = value(explained.Values[i], g[i]);
            });
        return new Attribution(values, explained.Shape) { Score = inputScore, IsInUnitsOfScore = isInUnitsOfScore };
    }
}
