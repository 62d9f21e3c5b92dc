namespace TorchBoard.Interpretation;

/// <summary>A model as a function from inputs to the score to explain.</summary>
/// <remarks>
/// The score is one number per input: the output of the class in question, preferably before softmax. It must be finite
/// and depend only on that input, so the model must be in evaluation mode.
/// </remarks>
/// <param name="inputs">
/// The inputs one after another, each as long as the explained input and with the same order of dimensions.
/// </param>
/// <param name="count">Number of inputs: 1 to <see cref="ExplanationOptions.BatchSize"/>.</param>
/// <param name="scores">Receives the score of each input: <paramref name="count"/> numbers.</param>
public delegate void Predict(ReadOnlySpan<float> inputs, int count, Span<double> scores);
