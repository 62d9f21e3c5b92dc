using TorchBoard.Storage.Local;
using TorchBoard.Tool.Runs;

namespace TorchBoard.Tool.Rewriting;

/// <summary>The new directory for rewritten runs.</summary>
internal static class OutputDirectory
{
    /// <summary>Ensures that no existing file can be overwritten.</summary>
    /// <exception cref="UsageException">The directory is not empty or is within a source.</exception>
    public static void ThrowUnlessNew(string output, params IEnumerable<string> sources)
    {
        string full = LocalPath.Full(output);
        if (File.Exists(full) || (Directory.Exists(full) && Directory.EnumerateFileSystemEntries(full).Any()))
            throw new UsageException($"'{output}' already exists. Specify a new or an empty directory.");
        foreach (string source in sources)
        {
            if (IsWithin(full, LocalPath.Full(source)) || IsLinkedInto(output, source))
            {
                throw new UsageException(
                    $"'{output}' is within '{source}' and would become part of its runs. Specify another directory.");
            }
        }
    }

    /// <summary>Ensures that no link makes a directory elsewhere a part of a source.</summary>
    /// <exception cref="UsageException">It does.</exception>
    public static void ThrowIfLinkedInto(string output, string source)
    {
        if (IsLinkedInto(output, source) && !IsWithin(LocalPath.Full(output), LocalPath.Full(source)))
        {
            throw new UsageException(
                $"'{output}' leads through a link into '{source}'. Specify another directory, or the one without links.");
        }
    }

    /// <summary>Returns the target directory of a run.</summary>
    public static string Of(string output, LogDirectories source, LoggedRun run) =>
        (source.IsSinglePath && File.Exists(run.Path)) || run.Name == "." ? output : Path.Combine(output, run.Name);

    private static bool IsLinkedInto(string output, string source) =>
        IsWithin(LinkedPath.Resolve(LocalPath.Full(output)), LinkedPath.Resolve(LocalPath.Full(source)));

    private static bool IsWithin(string path, string directory)
    {
        string below = Path.TrimEndingDirectorySeparator(path) + Path.DirectorySeparatorChar;
        string above = Path.TrimEndingDirectorySeparator(directory) + Path.DirectorySeparatorChar;
        return below.StartsWith(above, StringComparison.Ordinal);
    }
}
