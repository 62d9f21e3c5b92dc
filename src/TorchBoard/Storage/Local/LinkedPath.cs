namespace TorchBoard.Storage.Local;

/// <summary>Resolves links in paths, so that two names of one directory can be recognized.</summary>
internal static class LinkedPath
{
    /// <summary>The number of links that Linux follows in one path.</summary>
    private const int MostLinks = 40;

    /// <summary>Returns the path after all links are followed.</summary>
    /// <remarks>
    /// <see cref="Directory.ResolveLinkTarget"/> resolves links as text, which is wrong if the directory of a link is
    /// itself reached through a link.
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

    // Part by part, because ".." refers to the target of the parts before it.
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
