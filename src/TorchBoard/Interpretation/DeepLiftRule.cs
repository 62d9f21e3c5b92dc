namespace TorchBoard.Interpretation;

/// <summary>
/// DeepLIFT: propagates the difference between the scores of an input and a baseline back through the network.
/// Shrikumar, Greenside and Kundaje, "Learning Important Features Through Propagating Activation Differences", 2017.
/// </summary>
/// <remarks>
/// Replace the backward pass of each elementwise nonlinearity with <see cref="Rescale"/>; linear layers and
/// convolutions keep theirs. Then multiply the gradient at the input by x − x′ (<see cref="Explain"/>).
/// </remarks>
public static class DeepLiftRule
{
    /// <summary>Differences of inputs below this are treated as 0: 1e-10.</summary>
    public const double LeastDifference = 1e-10;

    /// <summary>
    /// The rescale rule: the output gradient times Δout/Δin, or the plain gradient where |Δin| is less than
    /// <see cref="LeastDifference"/>.
    /// </summary>
    /// <param name="input">The nonlinearity's inputs.</param>
    /// <param name="baselineInput">The nonlinearity's inputs for the baseline.</param>
    /// <param name="output">The nonlinearity's outputs.</param>
    /// <param name="baselineOutput">The nonlinearity's outputs for the baseline.</param>
    /// <param name="outputGradient">The gradient at the outputs.</param>
    /// <param name="plainGradient">
    /// The gradient at the inputs that the nonlinearity's own backward pass computes.
    /// </param>
    /// <param name="inputGradient">
    /// Receives the gradient at the inputs; may be the same memory as either gradient.
    /// </param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static void Rescale(
        ReadOnlySpan<float> input, ReadOnlySpan<float> baselineInput, ReadOnlySpan<float> output,
        ReadOnlySpan<float> baselineOutput, ReadOnlySpan<float> outputGradient, ReadOnlySpan<float> plainGradient,
        Span<float> inputGradient)
    {
        const string what = "one per input";
        Argument.Length(baselineInput.Length, input.Length, nameof(baselineInput), what);
        Argument.Length(output.Length, input.Length, nameof(output), what);
        Argument.Length(baselineOutput.Length, input.Length, nameof(baselineOutput), what);
        Argument.Length(outputGradient.Length, input.Length, nameof(outputGradient), what);
        Argument.Length(plainGradient.Length, input.Length, nameof(plainGradient), what);
        Argument.Length(inputGradient.Length, input.Length, nameof(inputGradient), what);
        for (int i = 0; i < input.Length; i++)
        {
            double difference = (double)input[i] - baselineInput[i];
            inputGradient[i] = Math.Abs(difference) < LeastDifference
                ? plainGradient[i]
                : (float)(outputGradient[i] * ((double)output[i] - baselineOutput[i]) / difference);
        }
    }

    /// <summary>Computes the contribution of each number of the input: (x − x′) times the gradient.</summary>
    /// <param name="input">The input x.</param>
    /// <param name="baseline">The baseline x′.</param>
    /// <param name="arrived">The gradient at the input from the backward pass with <see cref="Rescale"/>.</param>
    /// <param name="score">The score of the input.</param>
    /// <param name="baselineScore">The score of the baseline.</param>
    /// <param name="shape">The input's shape; one dimension by default.</param>
    /// <returns>
    /// Values in units of the score, of the input's shape. <see cref="Attribution.Delta"/> is set; it is 0 except for
    /// rounding if all nonlinearities follow the rule.
    /// </returns>
    /// <exception cref="ArgumentException">Sizes do not match, or a value is not finite.</exception>
    public static Attribution Explain(
        ReadOnlySpan<float> input, ReadOnlySpan<float> baseline, ReadOnlySpan<float> arrived, double score,
        double baselineScore, ReadOnlySpan<int> shape = default)
    {
        var explained = new ExplainedInput(input, shape);
        Argument.Length(baseline.Length, input.Length, nameof(baseline), "one per value of the input");
        Argument.Length(arrived.Length, input.Length, nameof(arrived), "one per value of the input");
        double[] values = new double[input.Length];
        for (int i = 0; i < values.Length; i++)
            values[i] = ((double)input[i] - baseline[i]) * arrived[i];
        return new Attribution(values, explained.Shape)
        {
            Score = score,
            BaselineScore = baselineScore,
            IsInUnitsOfScore = true,
            Delta = values.Sum() - (score - baselineScore),
        };
    }
}
