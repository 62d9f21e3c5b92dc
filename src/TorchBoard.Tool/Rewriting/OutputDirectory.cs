namespace TorchBoard.Tool.Rewriting;

/// <summary>The new directory for rewritten runs.</summary>
internal static class OutputDirectory
{
    /// <summary>Ensures that no existing file can be overwritten.</summary>
    /// <exception cref="UsageException">The directory is not empty or is within a source.</exception>
    public static void ThrowUnlessNew(string output, params IEnumerable<string> sources)
    {
        string full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(output));
        if (File.Exists(full) || (Directory.Exists(full) && Directory.EnumerateFileSystemEntries(full).Any()))
            throw new UsageException($"'{output}' already exists. Specify a new or an empty directory.");
        foreach (string source in sources)
        {
            string from = Path.TrimEndingDirectorySeparator(Path.GetFullPath(source));
            if (full == from || full.StartsWith(from + Path.DirectorySeparatorChar, StringComparison.Ordinal))
            {
                throw new UsageException(
                    $"'{output}' is within '{source}' and would become part of its runs. Specify another directory.");
            }
        }
    }

    /// <summary>Returns the target directory of a run.</summary>
    public static string Of(string output, string source, LoggedRun run) =>
        File.Exists(source) || run.Name == "." ? output : Path.Combine(output, run.Name);
}
