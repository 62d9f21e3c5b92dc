using TorchBoard.Reading;
using TorchBoard.Storage;

namespace TorchBoard;

/// <summary>
/// The runs in and below a directory; each directory that contains event files is a run. Listed once, when opened.
/// Immutable and thread-safe.
/// </summary>
public sealed class LogDirectory
{
    private LogDirectory(string path, List<LoggedRun> runs)
    {
        Path = path;
        Runs = new($"runs in '{path}'", runs.Select(run => KeyValuePair.Create(run.Name, run)));
    }

    /// <summary>The directory's full path.</summary>
    public string Path { get; }

    /// <summary>
    /// The runs, ordered by name, with <c>version_2</c> before <c>version_10</c>. A run is read when it is opened.
    /// </summary>
    public TagDictionary<LoggedRun> Runs { get; }

    /// <summary>Lists the runs of a directory.</summary>
    /// <param name="path">A log directory, a run's directory or one event file.</param>
    /// <exception cref="ArgumentException">The path is null, empty or a URI such as <c>s3://…</c>.</exception>
    /// <exception cref="DirectoryNotFoundException">The path does not exist.</exception>
    /// <exception cref="FileNotFoundException">The event file does not exist.</exception>
    /// <exception cref="InvalidDataException">There is no event file in or below the path.</exception>
    /// <exception cref="UnauthorizedAccessException">Access to the directory, or one below it, is denied.</exception>
    /// <exception cref="IOException">A directory cannot be listed.</exception>
    public static LogDirectory Open(string path)
    {
        RunStorage storage = RunStorage.Of(path);
        string full = storage.FullPath(path);
        IReadOnlyList<(string Name, string Path)> runs = storage.RunsBelow(path);
        return runs.Count > 0
            ? new LogDirectory(full, [.. runs.OrderBy(run => run.Name, NaturalOrder.Instance).Select(run => new LoggedRun(run.Name, run.Path))])
            : throw new InvalidDataException(
                $"There is no event file in '{path}' or below: no file has '{EventFileName.Marker}' in its name.");
    }
}
