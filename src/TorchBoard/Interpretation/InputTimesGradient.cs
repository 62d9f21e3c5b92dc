namespace TorchBoard.Interpretation;

/// <summary>
/// Input × gradient: the gradient times the input, x·g. Shrikumar et al., "Not Just a Black Box: Learning Important
/// Features Through Propagating Activation Differences", 2016.
/// </summary>
public static class InputTimesGradient
{
    /// <summary>Explains a score by x·g.</summary>
    /// <param name="gradient">The model; it is called with one input.</param>
    /// <param name="input">The input, of any shape.</param>
    /// <param name="shape">The input's shape; one dimension by default.</param>
    /// <returns>
    /// Values of any sign, in units of the score, of the input's shape. <see cref="Attribution.Score"/> is set.
    /// </returns>
    /// <exception cref="ArgumentException">
    /// Sizes do not match, the input is not finite, or the model returned a score or gradient that is not finite.
    /// </exception>
    public static Attribution Explain(Gradient gradient, ReadOnlySpan<float> input, ReadOnlySpan<int> shape = default)
    {
        (ExplainedInput explained, double score, double[] values) = SingleGradient.Of(gradient, input, shape);
        for (int i = 0; i < values.Length; i++)
            values[i] *= explained.Values[i];
        return new Attribution(values, explained.Shape) { Score = score, IsInUnitsOfScore = true };
    }
}
