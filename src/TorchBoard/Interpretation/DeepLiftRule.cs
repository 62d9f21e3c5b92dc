namespace TorchBoard.Interpretation;

/// <summary>
/// DeepLIFT: the difference of the scores of an input and a baseline, handed back through the network. Shrikumar,
/// Greenside and Kundaje, "Learning Important Features Through Propagating Activation Differences", 2017.
/// </summary>
/// <remarks>
/// Set <see cref="Rescale"/> in place of the backward pass of each elementwise nonlinearity; linear layers and
/// convolutions keep theirs. What arrives at the input is then multiplied by x − x′ (<see cref="Explain"/>).
/// </remarks>
public static class DeepLiftRule
{
    /// <summary>Differences of inputs smaller than this are none: 1e-10.</summary>
    public const double LeastDifference = 1e-10;

    /// <summary>
    /// The rescale rule: what comes back times Δout/Δin; times the derivative where |Δin| is below
    /// <see cref="LeastDifference"/>.
    /// </summary>
    /// <param name="input">The nonlinearity's inputs.</param>
    /// <param name="baselineInput">Its inputs for the baseline.</param>
    /// <param name="output">Its outputs.</param>
    /// <param name="baselineOutput">Its outputs for the baseline.</param>
    /// <param name="outputGradient">What comes back to its outputs.</param>
    /// <param name="plainGradient">What its own backward pass would make of that, for its inputs.</param>
    /// <param name="inputGradient">Takes what goes back to its inputs; may be the memory of either gradient.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static void Rescale(
        ReadOnlySpan<float> input, ReadOnlySpan<float> baselineInput, ReadOnlySpan<float> output,
        ReadOnlySpan<float> baselineOutput, ReadOnlySpan<float> outputGradient, ReadOnlySpan<float> plainGradient,
        Span<float> inputGradient)
    {
        const string what = "as there are inputs";
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

    /// <summary>What the numbers of the input contribute: (x − x′) times what arrived there.</summary>
    /// <param name="input">The input x.</param>
    /// <param name="baseline">The baseline x′.</param>
    /// <param name="arrived">What the backward pass with <see cref="Rescale"/> gave for the input.</param>
    /// <param name="score">The score of the input.</param>
    /// <param name="baselineScore">The score of the baseline.</param>
    /// <param name="shape">The input's shape; one dimension where it is left out.</param>
    /// <returns>
    /// Values in units of the score, of the input's shape, with <see cref="Attribution.Delta"/>: 0 but for rounding
    /// where all nonlinearities follow the rule.
    /// </returns>
    /// <exception cref="ArgumentException">Sizes do not fit together, or a number is not finite.</exception>
    public static Attribution Explain(
        ReadOnlySpan<float> input, ReadOnlySpan<float> baseline, ReadOnlySpan<float> arrived, double score,
        double baselineScore, ReadOnlySpan<int> shape = default)
    {
        var explained = new ExplainedInput(input, shape);
        Argument.Length(baseline.Length, input.Length, nameof(baseline), "as the input has");
        Argument.Length(arrived.Length, input.Length, nameof(arrived), "as the input has");
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
