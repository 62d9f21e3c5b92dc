namespace TorchBoard.Interpretation;

/// <summary>A model that also computes the gradient of its score with respect to its inputs.</summary>
/// <remarks>See <see cref="Predict"/> for the meaning of the score.</remarks>
/// <param name="inputs">
/// The inputs one after another, each as long as the explained input and with the same order of dimensions.
/// </param>
/// <param name="count">Number of inputs: 1 to <see cref="ExplanationOptions.BatchSize"/>.</param>
/// <param name="scores">Receives the score of each input: <paramref name="count"/> numbers.</param>
/// <param name="gradients">
/// Receives the gradient of each score with respect to its own input, in the order of <paramref name="inputs"/>.
/// </param>
public delegate void Gradient(ReadOnlySpan<float> inputs, int count, Span<double> scores, Span<float> gradients);
