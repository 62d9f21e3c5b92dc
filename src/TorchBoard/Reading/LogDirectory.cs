using TorchBoard.Reading;
using TorchBoard.Storage;

namespace TorchBoard;

/// <summary>
/// The runs in and below a directory; each directory that contains event files is a run. Listed once, when opened.
/// Immutable and thread-safe.
/// </summary>
public sealed class LogDirectory
{
    private LogDirectory(string path, List<LoggedRun> runs, List<UnreadablePath> unreadable)
    {
        Path = path;
        Unreadable = unreadable;
        Runs = new($"runs in '{path}'", runs.Select(run => KeyValuePair.Create(run.Name, run)));
    }

    /// <summary>The directory's full path.</summary>
    public string Path { get; }

    /// <summary>
    /// The runs, ordered by name, with <c>version_2</c> before <c>version_10</c>. A run is read when it is opened.
    /// </summary>
    public TagDictionary<LoggedRun> Runs { get; }

    /// <summary>The directories below that cannot be listed. Their runs are missing from <see cref="Runs"/>.</summary>
    public IReadOnlyList<UnreadablePath> Unreadable { get; }

    /// <summary>Lists the runs of a directory.</summary>
    /// <param name="path">A log directory, a run's directory or one event file.</param>
    /// <param name="storage">
    /// The store that has the runs, such as <c>new S3Storage()</c> for <c>s3://bucket/runs</c>; null, the default, for a
    /// directory of the file system. It is listed by one request for a thousand files.
    /// </param>
    /// <exception cref="ArgumentException">
    /// The path is null or empty, or not one of the storage: a URI such as <c>s3://…</c> needs one.
    /// </exception>
    /// <exception cref="DirectoryNotFoundException">The path does not exist.</exception>
    /// <exception cref="FileNotFoundException">The event file does not exist.</exception>
    /// <exception cref="InvalidDataException">There is no event file in or below the path.</exception>
    /// <exception cref="UnauthorizedAccessException">Access to the directory is denied.</exception>
    /// <exception cref="IOException">The directory cannot be listed.</exception>
    public static LogDirectory Open(string path, RunStorage? storage = null)
    {
        RunStorage now = RunStorage.Of(path, storage).Snapshot(path);
        string full = now.FullPath(path);
        var unreadable = new List<UnreadablePath>();
        IReadOnlyList<(string Name, string Path)> runs = now.RunsBelow(
            path, (directory, reason) => unreadable.Add(new UnreadablePath(directory, reason)));
        if (runs.Count > 0)
        {
            List<LoggedRun> ordered =
            [
                .. runs.OrderBy(run => run.Name, NaturalOrder.Instance).Select(run => Listed(run)),
            ];
            return new LogDirectory(full, ordered, unreadable);
        }

        LoggedRun Listed((string Name, string Path) run) =>
            new(run.Name, run.Path) { Storage = storage is null ? null : now };

        string cause = unreadable is [var first, ..] ? $"'{first.Path}' cannot be listed: {first.Reason}"
            : $"no file has '{EventFileName.Marker}' in its name.";
        throw new InvalidDataException($"There is no event file in '{path}' or below: {cause}");
    }
}
