namespace TorchBoard.Interpretation;

/// <summary>A model that also tells how its score changes with its inputs.</summary>
/// <remarks>See <see cref="Predict"/> for what the score is.</remarks>
/// <param name="inputs">
/// The inputs one after another, each as long as the input explained and in the same order of dimensions.
/// </param>
/// <param name="count">How many inputs there are: 1 to <see cref="ExplanationOptions.BatchSize"/>.</param>
/// <param name="scores">Takes the score of each input, <paramref name="count"/> numbers.</param>
/// <param name="gradients">
/// Takes the derivative of each score by its own input, in the order of <paramref name="inputs"/>.
/// </param>
public delegate void Gradient(ReadOnlySpan<float> inputs, int count, Span<double> scores, Span<float> gradients);
