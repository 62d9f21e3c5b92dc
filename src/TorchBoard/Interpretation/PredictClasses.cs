namespace TorchBoard.Interpretation;

/// <summary>
/// A model as a function from inputs to the scores of all classes, to explain several classes with the same calls; see
/// <see cref="Attribution.ExplainClasses"/>. Otherwise as <see cref="Predict"/>.
/// </summary>
/// <param name="inputs">
/// The inputs one after another, each as long as the explained input and with the same order of dimensions.
/// </param>
/// <param name="count">Number of inputs: 1 to <see cref="ExplanationOptions.BatchSize"/>.</param>
/// <param name="scores">Receives the scores of each input: shape [<paramref name="count"/>, classes].</param>
public delegate void PredictClasses(ReadOnlySpan<float> inputs, int count, Span<double> scores);
