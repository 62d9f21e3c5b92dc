namespace TorchBoard.Interpretation;

/// <summary>
/// Saliency: the sensitivity of the score to each number of the input. Simonyan, Vedaldi and Zisserman, "Deep Inside
/// Convolutional Networks: Visualizing Image Classification Models and Saliency Maps", 2014.
/// </summary>
public static class Saliency
{
    /// <summary>Explains a score by its gradient g: its magnitude |g|, or the signed gradient.</summary>
    /// <param name="gradient">The model; it is called with one input.</param>
    /// <param name="input">The input, of any shape.</param>
    /// <param name="shape">The input's shape; one dimension by default.</param>
    /// <param name="keepSign">Whether the values keep the sign of the gradient; false by default.</param>
    /// <returns>
    /// Values of the input's shape, in units of the score per unit of the input; not negative unless
    /// <paramref name="keepSign"/>. <see cref="Attribution.Score"/> is set.
    /// </returns>
    /// <exception cref="ArgumentException">
    /// Sizes do not match, the input is not finite, or the model returned a score or gradient that is not finite.
    /// </exception>
    public static Attribution Explain(
        Gradient gradient, ReadOnlySpan<float> input, ReadOnlySpan<int> shape = default, bool keepSign = false)
    {
        (ExplainedInput explained, double score, double[] gradients) = SingleGradient.Of(gradient, input, shape);
        double[] values = keepSign ? gradients : Array.ConvertAll(gradients, Math.Abs);
        return new Attribution(values, explained.Shape) { Score = score };
    }
}
