using TorchBoard.Imaging;
using TorchBoard.Interpretation;

namespace TorchBoard.Panels;

/// <summary>One of several explanations that <see cref="AttributionPicture"/> draws together. Immutable.</summary>
/// <param name="Attribution">The attribution, or the class activation map.</param>
/// <param name="Picture">The explained picture; null if not known.</param>
/// <param name="Class">The class of the score, such as <c>cat</c>; null if not known.</param>
/// <param name="Score">The score; the attribution's score by default.</param>
public sealed record ExplainedPicture(
    Attribution Attribution, Picture? Picture = null, string? Class = null, double? Score = null);
