namespace TorchBoard.Interpretation;

/// <summary>
/// What a ReLU passes back to its input, for pictures of what a network looks for: set these in place of its own
/// backward pass, and take the gradient by the input.
/// </summary>
public static class ReluRule
{
    /// <summary>The derivative itself: what comes back where the input was above 0, else 0.</summary>
    /// <param name="input">The ReLU's inputs.</param>
    /// <param name="outputGradient">The derivatives of the score by its outputs.</param>
    /// <param name="inputGradient">Takes those by its inputs; may be the same memory.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static void Plain(
        ReadOnlySpan<float> input, ReadOnlySpan<float> outputGradient, Span<float> inputGradient) =>
        Apply(input, outputGradient, inputGradient, (x, g) => x > 0 ? g : 0);

    /// <summary>
    /// Guided backpropagation: what comes back, where it and the input are above 0, else 0. Springenberg et al.,
    /// "Striving for Simplicity: The All Convolutional Net", 2015.
    /// </summary>
    /// <inheritdoc cref="Plain"/>
    public static void GuidedBackpropagation(
        ReadOnlySpan<float> input, ReadOnlySpan<float> outputGradient, Span<float> inputGradient) =>
        Apply(input, outputGradient, inputGradient, (x, g) => x > 0 && g > 0 ? g : 0);

    /// <summary>
    /// Deconvolution: what comes back where that is above 0, whatever the input was, else 0. Zeiler and Fergus 2014.
    /// </summary>
    /// <inheritdoc cref="Plain"/>
    public static void Deconvolution(
        ReadOnlySpan<float> input, ReadOnlySpan<float> outputGradient, Span<float> inputGradient) =>
        Apply(input, outputGradient, inputGradient, (_, g) => Math.Max(g, 0));

    private static void Apply(
        ReadOnlySpan<float> input, ReadOnlySpan<float> outputGradient, Span<float> inputGradient,
        Func<float, float, float> rule)
    {
        Argument.Length(outputGradient.Length, input.Length, nameof(outputGradient), "as there are inputs");
        Argument.Length(inputGradient.Length, input.Length, nameof(inputGradient), "as there are inputs");
        for (int i = 0; i < input.Length; i++)
            inputGradient[i] = rule(input[i], outputGradient[i]);
    }
}
