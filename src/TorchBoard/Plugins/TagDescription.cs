namespace TorchBoard.Plugins;

/// <summary>What is shown in a tag's place and beside it; empty for nothing.</summary>
internal sealed record TagDescription(string DisplayName, string Markdown);
