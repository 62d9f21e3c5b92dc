namespace TorchBoard.Interpretation;

/// <summary>A model as a function from texts to the score to explain; see <see cref="TextAttribution"/>.</summary>
/// <param name="texts">The texts: the explained one without some of its tokens. They can be empty.</param>
/// <param name="scores">Receives the score of each text, which must be finite and depend only on that text.</param>
public delegate void PredictTexts(IReadOnlyList<string> texts, Span<double> scores);
