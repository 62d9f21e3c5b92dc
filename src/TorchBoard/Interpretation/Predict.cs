namespace TorchBoard.Interpretation;

/// <summary>A model seen from outside: inputs in, the score to be explained of each out.</summary>
/// <remarks>
/// The score is one number for each input: the output of the class in question, best before softmax. It must depend on
/// that input alone, so a model is put in evaluation mode, and must be finite.
/// </remarks>
/// <param name="inputs">
/// The inputs one after another, each as long as the input explained and in the same order of dimensions.
/// </param>
/// <param name="count">How many inputs there are: 1 to <see cref="ExplanationOptions.BatchSize"/>.</param>
/// <param name="scores">Takes the score of each input, <paramref name="count"/> numbers.</param>
public delegate void Predict(ReadOnlySpan<float> inputs, int count, Span<double> scores);
