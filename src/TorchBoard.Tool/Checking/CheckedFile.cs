namespace TorchBoard.Tool.Checking;

/// <summary>An event file and its findings.</summary>
internal sealed record CheckedFile(string Run, string Path, long Events, long Bytes, IReadOnlyList<Finding> Findings);
