using TorchBoard.Storage.Local;

namespace TorchBoard.Tool.Runs;

/// <summary>The runs of the directories of a command line, not yet read.</summary>
/// <param name="Runs">The runs. No two have the same name.</param>
/// <param name="Unreadable">The directories that cannot be listed or have no event file.</param>
/// <param name="Description">What this is, for messages: <c>runs in 'x'</c>.</param>
internal sealed record FoundRuns(
    IReadOnlyList<LoggedRun> Runs, IReadOnlyList<UnreadablePath> Unreadable, string Description)
{
    /// <summary>Whether both have the same runs, possibly through links and under other names.</summary>
    public bool HasSameRuns(FoundRuns other) =>
        Runs.Count == other.Runs.Count && Runs.Select(IdentityOf).ToHashSet().SetEquals(other.Runs.Select(IdentityOf));

    /// <summary>Returns what two paths of the same directory or file have in common.</summary>
    public static string IdentityOf(LoggedRun run)
    {
        if (ObjectStores.Has(run.Path))
            return run.Path;

        // Windows, and file systems that do not number their files, have no such number.
        if (FileStatus.Of(run.Path) is { Inode: not 0 } status)
            return FormattableString.Invariant($"{status.Device}:{status.Inode}");
        string path = LinkedPath.Resolve(run.Path);
        return OperatingSystem.IsWindows() ? path.ToUpperInvariant() : path;
    }
}
