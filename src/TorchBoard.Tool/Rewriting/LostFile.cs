namespace TorchBoard.Tool.Rewriting;

/// <summary>A file or directory of which nothing could be read.</summary>
internal sealed record LostFile(string Path, string Reason);
