using TorchBoard.Storage;

namespace TorchBoard;

/// <summary>
/// The runs at and below a directory: each directory that holds event files is one. Listed once, when it is opened;
/// immutable and thread-safe from then on.
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

    /// <summary>The runs, in the order of their names; each is read when it is opened.</summary>
    public TagDictionary<LoggedRun> Runs { get; }

    /// <summary>Lists the runs of a directory.</summary>
    /// <param name="path">A log directory, a run's directory, or one event file.</param>
    /// <exception cref="DirectoryNotFoundException">There is nothing at the path.</exception>
    /// <exception cref="FileNotFoundException">There is no such event file.</exception>
    /// <exception cref="InvalidDataException">There is no event file at or below the path.</exception>
    /// <exception cref="UnauthorizedAccessException">The directory, or one below it, may not be listed.</exception>
    /// <exception cref="IOException">A directory cannot be listed.</exception>
    public static LogDirectory Open(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        RunStorage storage = RunStorage.Of(path);
        string full = storage.FullPath(path);
        IReadOnlyList<(string Name, string Path)> runs = storage.RunsBelow(path);
        return runs.Count > 0
            ? new LogDirectory(full, [.. runs.Select(run => new LoggedRun(run.Name, run.Path))])
            : throw new InvalidDataException(
                $"There is no event file in '{path}' or below: no file has '{EventFileName.Marker}' in its name.");
    }
}
