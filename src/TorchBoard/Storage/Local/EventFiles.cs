namespace TorchBoard.Storage.Local;

/// <summary>Finds event files: those of a run in the order of their names, and the runs below a directory.</summary>
internal static class EventFiles
{
    /// <summary>Returns the event files of a run's directory, or the single file at the path.</summary>
    /// <exception cref="IOException">The path does not exist or cannot be listed.</exception>
    /// <exception cref="UnauthorizedAccessException">Access to the directory is denied.</exception>
    public static string[] OfRun(string path)
    {
        string full = LocalPath.Full(path);
        if (File.Exists(full))
            return [full];
        ThrowIfMissing(path);
        return [.. Directory.EnumerateFiles(full, $"*{EventFileName.Marker}*")
            .OrderBy(Path.GetFileName, StringComparer.Ordinal)];
    }

    /// <summary>
    /// Returns the directories that contain event files and their names, in the order of the names. A linked directory
    /// has the name of the link only if it is not itself below the root.
    /// </summary>
    /// <inheritdoc cref="OfRun"/>
    public static List<(string Name, string Path)> RunsBelow(string root)
    {
        ThrowIfMissing(root);
        root = LocalPath.Full(root);
        if (File.Exists(root))
            return [(NameOf(root), root)];
        var runs = new List<(string Name, string Path)>();
        var entered = new HashSet<string>(StringComparer.Ordinal);
        var links = new Queue<(string Path, string Target)>();
        Collect(root, LinkedPath.Resolve(root));
        while (links.TryDequeue(out (string Path, string Target) link))
            Collect(link.Path, link.Target);
        runs.Sort((a, b) => string.CompareOrdinal(a.Name, b.Name));
        return runs;

        void Collect(string directory, string resolved)
        {
            if (!entered.Add(resolved))
                return;
            if (Directory.EnumerateFiles(directory, $"*{EventFileName.Marker}*").Any())
                runs.Add((Path.GetRelativePath(root, directory).Replace('\\', '/'), directory));
            foreach (string child in Directory.EnumerateDirectories(directory).Order(StringComparer.Ordinal))
            {
                string path = Path.Join(resolved, Path.GetFileName(child));
                if (new DirectoryInfo(path).LinkTarget is null)
                    Collect(child, path);
                else
                    links.Enqueue((child, LinkedPath.Resolve(path)));
            }
        }
    }

    /// <summary>Returns the name of a run that is opened on its own: its directory's name.</summary>
    public static string NameOf(string path)
    {
        string full = Path.TrimEndingDirectorySeparator(LocalPath.Full(path));
        return Path.GetFileName(File.Exists(full) ? Path.GetDirectoryName(full) ?? full : full);
    }

    private static void ThrowIfMissing(string path)
    {
        if (Path.Exists(LocalPath.Full(path)))
            return;
        if (Path.GetFileName(path).Contains(EventFileName.Marker, StringComparison.Ordinal))
            throw new FileNotFoundException($"The event file '{path}' does not exist.", path);
        throw new DirectoryNotFoundException($"The file or directory '{path}' does not exist.");
    }
}
