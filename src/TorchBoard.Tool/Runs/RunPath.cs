using TorchBoard.Storage;

namespace TorchBoard.Tool.Runs;

/// <summary>Operations on full paths of runs, of the file system or of an object store.</summary>
internal static class RunPath
{
    /// <summary>Returns the directory that contains a path; null for the outermost.</summary>
    public static string? ParentOf(string path)
    {
        if (!ObjectStores.Has(path))
            return Path.GetDirectoryName(path);
        int root = path.IndexOf("://", StringComparison.Ordinal) + "://".Length;
        int slash = path.LastIndexOf('/');
        return slash > root ? path[..slash] : null;
    }

    /// <summary>Returns a path relative to a directory, with slashes; the path itself if it is not below it.</summary>
    public static string Relative(string directory, string path)
    {
        if (directory.Length == 0)
            return path.Replace('\\', '/');
        if (!ObjectStores.Has(path))
            return Path.GetRelativePath(directory, path).Replace('\\', '/');
        return path == directory ? "." : path.StartsWith($"{directory}/", StringComparison.Ordinal) ? path[(directory.Length + 1)..] : path;
    }

    /// <summary>Whether the path of a run is that of a single file.</summary>
    public static bool IsFile(string path) => ObjectStores.Has(path)
        ? path[(path.LastIndexOf('/') + 1)..].Contains(EventFileName.Marker, StringComparison.Ordinal)
        : File.Exists(path);
}
