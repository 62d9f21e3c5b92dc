namespace TorchBoard;

/// <summary>A run below a log directory, not yet read. Immutable, thread-safe.</summary>
/// <param name="Name">The path relative to the log directory, with slashes; <c>.</c> for the directory itself.</param>
/// <param name="Path">The full path of the run's directory.</param>
public sealed record LoggedRun(string Name, string Path)
{
    /// <summary>Reads the run; each call reads anew.</summary>
    /// <param name="options">What is read; by default everything.</param>
    /// <inheritdoc cref="RunLog.Open(string, RunLogOptions?)" path="/exception"/>
    public RunLog Open(RunLogOptions? options = null) => RunLog.Open(Path, Name, options ?? RunLogOptions.Default);
}
