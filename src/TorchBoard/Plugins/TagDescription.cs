namespace TorchBoard.Plugins;

/// <summary>The display name and the description of a tag; empty for none.</summary>
internal sealed record TagDescription(string DisplayName, string Markdown);
