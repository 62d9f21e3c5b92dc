namespace TorchBoard;

/// <summary>A run below a log directory, not yet read. Immutable, thread-safe.</summary>
/// <param name="Name">The path relative to the log directory, with slashes; <c>.</c> for the directory itself.</param>
/// <param name="Path">The full path of the run's directory.</param>
public sealed record LoggedRun(string Name, string Path)
{
    /// <summary>What the storage had when the runs were listed; null for the directory as it is.</summary>
    internal RunStorage? Storage { get; init; }

    /// <summary>
    /// Lists the full paths of the run's event files, in the order in which they are read; those of a storage as they were
    /// when the log directory was opened.
    /// </summary>
    /// <exception cref="DirectoryNotFoundException">The directory no longer exists.</exception>
    /// <exception cref="FileNotFoundException">The event file no longer exists.</exception>
    /// <exception cref="UnauthorizedAccessException">Access to the directory is denied.</exception>
    /// <exception cref="IOException">The directory cannot be listed.</exception>
    public IReadOnlyList<string> ListEventFiles() => RunStorage.Of(Path, Storage).EventFilesOf(Path);

    /// <summary>
    /// Reads the run. Each call reads the files again; those of a storage up to where they ended when the log directory was
    /// opened.
    /// </summary>
    /// <param name="options">What to read; everything by default.</param>
    /// <inheritdoc cref="RunLog.Open(string, RunLogOptions?)" path="/exception"/>
    public RunLog Open(RunLogOptions? options = null) =>
        RunLog.Open(RunStorage.Of(Path, Storage), Path, Name, options ?? RunLogOptions.Default);

    /// <summary>
    /// Streams the events of the run, without holding them in memory. Files of a storage are read up to where they ended
    /// when the log directory was opened.
    /// </summary>
    /// <param name="options">What to read; everything by default.</param>
    /// <inheritdoc cref="RunLog.ReadEvents(string, RunLogOptions?)" path="/exception"/>
    public IEnumerable<LoggedEvent> ReadEvents(RunLogOptions? options = null) =>
        RunLog.Stream(RunStorage.Of(Path, Storage), Path, Name, options ?? RunLogOptions.Default);
}
