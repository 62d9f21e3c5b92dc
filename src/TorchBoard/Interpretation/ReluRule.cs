namespace TorchBoard.Interpretation;

/// <summary>
/// Rules for the backward pass of ReLUs, for pictures of the features that a network detects. Replace the ReLU's
/// backward pass with one of these, then compute the gradient at the input.
/// </summary>
public static class ReluRule
{
    /// <summary>The derivative itself: the output gradient where the input is greater than 0, otherwise 0.</summary>
    /// <param name="input">The ReLU's inputs.</param>
    /// <param name="outputGradient">The gradients of the score with respect to the outputs.</param>
    /// <param name="inputGradient">Receives the gradients with respect to the inputs; may be the same memory.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static void Plain(
        ReadOnlySpan<float> input, ReadOnlySpan<float> outputGradient, Span<float> inputGradient) =>
        Apply(input, outputGradient, inputGradient, (x, g) => x > 0 ? g : 0);

    /// <summary>
    /// Guided backpropagation: the output gradient where both it and the input are greater than 0, otherwise 0.
    /// Springenberg et al., "Striving for Simplicity: The All Convolutional Net", 2015.
    /// </summary>
    /// <inheritdoc cref="Plain"/>
    public static void GuidedBackpropagation(
        ReadOnlySpan<float> input, ReadOnlySpan<float> outputGradient, Span<float> inputGradient) =>
        Apply(input, outputGradient, inputGradient, (x, g) => x > 0 && g > 0 ? g : 0);

    /// <summary>
    /// Deconvolution: the output gradient where it is greater than 0, regardless of the input, otherwise 0. Zeiler and
    /// Fergus 2014.
    /// </summary>
    /// <inheritdoc cref="Plain"/>
    public static void Deconvolution(
        ReadOnlySpan<float> input, ReadOnlySpan<float> outputGradient, Span<float> inputGradient) =>
        Apply(input, outputGradient, inputGradient, (_, g) => Math.Max(g, 0));

    private static void Apply(
        ReadOnlySpan<float> input, ReadOnlySpan<float> outputGradient, Span<float> inputGradient,
        Func<float, float, float> rule)
    {
        Argument.Length(outputGradient.Length, input.Length, nameof(outputGradient), "one per input");
        Argument.Length(inputGradient.Length, input.Length, nameof(inputGradient), "one per input");
        for (int i = 0; i < input.Length; i++)
            inputGradient[i] = rule(input[i], outputGradient[i]);
    }
}
