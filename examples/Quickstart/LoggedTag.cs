namespace Quickstart;

/// <summary>What was logged under one tag of one run.</summary>
/// <param name="Run">The run, <c>train</c> or <c>heldout</c>.</param>
/// <param name="Tag">The tag.</param>
/// <param name="Kind">The kind of value: scalar, histogram, image or text.</param>
/// <param name="Count">How many values.</param>
public readonly record struct LoggedTag(string Run, string Tag, string Kind, int Count);
