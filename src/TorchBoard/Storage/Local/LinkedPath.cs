namespace TorchBoard.Storage.Local;

/// <summary>Paths without links in them, by which two names of one directory are seen to be the same.</summary>
internal static class LinkedPath
{
    /// <summary>As many links as Linux follows in one path.</summary>
    private const int MostLinks = 40;

    /// <summary>The path that a path leads to.</summary>
    /// <remarks>
    /// <see cref="Directory.ResolveLinkTarget"/> takes links apart as text: it is wrong where a link's own directory is
    /// reached through another link.
    /// </remarks>
    public static string Resolve(string path)
    {
        int links = 0;
        return Resolve(path, ref links);
    }

    private static string Resolve(string path, ref int links)
    {
        if (Path.GetDirectoryName(path) is not { } parent)
            return path;
        string directory = Resolve(parent, ref links);
        string resolved = Path.Join(directory, Path.GetFileName(path));
        string? target = links < MostLinks ? new DirectoryInfo(resolved).LinkTarget : null;
        if (target is null)
            return resolved;
        links++;
        return ResolveBelow(directory, target, ref links);
    }

    // Name by name, since ".." leads up from where the names before it lead to.
    private static string ResolveBelow(string directory, string target, ref int links)
    {
        string at = Path.IsPathRooted(target) ? Path.GetPathRoot(target)! : directory;
        foreach (string name in target[(Path.GetPathRoot(target)?.Length ?? 0)..].Split(
            [Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar], StringSplitOptions.RemoveEmptyEntries))
        {
            at = name switch
            {
                "." => at,
                ".." => Path.GetDirectoryName(at) ?? at,
                _ => Resolve(Path.Join(at, name), ref links),
            };
        }

        return at;
    }
}
