namespace TorchBoard.Storage.Local;

/// <summary>Finds event files: a run's in the order of their names, and the runs below a directory.</summary>
internal static class EventFiles
{
    /// <summary>The event files of a run's directory, or the one file that the path names.</summary>
    /// <exception cref="IOException">There is nothing at the path, or it cannot be listed.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be listed.</exception>
    public static string[] OfRun(string path)
    {
        if (File.Exists(path))
            return [Path.GetFullPath(path)];
        ThrowIfMissing(path);
        return [.. Directory.EnumerateFiles(Path.GetFullPath(path), $"*{EventFileName.Marker}*")
            .OrderBy(Path.GetFileName, StringComparer.Ordinal)];
    }

    /// <summary>
    /// The directories that hold event files, with their names; in the order of the names. A directory that is linked
    /// to has the name of the link only where it is not below the root itself.
    /// </summary>
    /// <inheritdoc cref="OfRun"/>
    public static List<(string Name, string Path)> RunsBelow(string root)
    {
        ThrowIfMissing(root);
        root = Path.GetFullPath(root);
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

    /// <summary>The name of a run that is opened by itself: its directory's.</summary>
    public static string NameOf(string path)
    {
        string full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        return Path.GetFileName(File.Exists(full) ? Path.GetDirectoryName(full) ?? full : full);
    }

    private static void ThrowIfMissing(string path)
    {
        if (Directory.Exists(path) || File.Exists(path))
            return;
        if (Path.GetFileName(path).Contains(EventFileName.Marker, StringComparison.Ordinal))
            throw new FileNotFoundException($"There is no event file '{path}'.", path);
        throw new DirectoryNotFoundException($"There is no file or directory '{path}'.");
    }
}
