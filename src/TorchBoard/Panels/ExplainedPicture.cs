using TorchBoard.Imaging;
using TorchBoard.Interpretation;

namespace TorchBoard.Panels;

/// <summary>One of several explanations that <see cref="AttributionPicture"/> draws together. Never changes.</summary>
/// <param name="Attribution">The attribution, or the class activation map.</param>
/// <param name="Picture">What was explained; null where it is not known.</param>
/// <param name="Class">What the score is of, such as <c>cat</c>; null where it is not known.</param>
/// <param name="Score">The score; by default that of the attribution.</param>
public sealed record ExplainedPicture(
    Attribution Attribution, Picture? Picture = null, string? Class = null, double? Score = null);
