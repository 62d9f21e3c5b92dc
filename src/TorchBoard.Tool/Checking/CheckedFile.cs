namespace TorchBoard.Tool.Checking;

/// <summary>An event file, or a directory that cannot be listed, and its findings.</summary>
internal sealed record CheckedFile(string Run, string Path, long Events, long Bytes, IReadOnlyList<Finding> Findings)
{
    /// <summary>A file or directory of which nothing can be read.</summary>
    public static CheckedFile Unreadable(string path, string reason) =>
        new("", path, 0, 0, [new Finding(true, path, 0, null, reason, 1)]);
}
