namespace TorchBoard.Tool.Rewriting;

/// <summary>The new directory that rewritten runs go to.</summary>
internal static class OutputDirectory
{
    /// <summary>Sees to it that nothing that is there can be touched.</summary>
    /// <exception cref="UsageException">The directory is not empty, or lies within a source.</exception>
    public static void ThrowUnlessNew(string output, params IEnumerable<string> sources)
    {
        string full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(output));
        if (File.Exists(full) || (Directory.Exists(full) && Directory.EnumerateFileSystemEntries(full).Any()))
            throw new UsageException($"'{output}' is there already; give a new or an empty directory.");
        foreach (string source in sources)
        {
            string from = Path.TrimEndingDirectorySeparator(Path.GetFullPath(source));
            if (full == from || full.StartsWith(from + Path.DirectorySeparatorChar, StringComparison.Ordinal))
                throw new UsageException(
                    $"'{output}' lies within '{source}', where it would become runs of it; give another place.");
        }
    }

    /// <summary>Where a run goes.</summary>
    public static string Of(string output, string source, LoggedRun run) =>
        File.Exists(source) || run.Name == "." ? output : Path.Combine(output, run.Name);
}
