namespace Quickstart;

/// <summary>The values logged under a tag of a run.</summary>
/// <param name="Run">The run, <c>train</c> or <c>heldout</c>.</param>
/// <param name="Tag">The tag.</param>
/// <param name="Kind">The kind of value: scalar, histogram, image or text.</param>
/// <param name="Count">The number of values.</param>
public readonly record struct LoggedTag(string Run, string Tag, string Kind, int Count);
