namespace TorchBoard.Soak;

/// <summary>The directories with event files.</summary>
internal static class RunDirectories
{
    /// <summary>Returns the directories and their names below a root, which is itself named "".</summary>
    public static (string Name, string Path)[] Below(string root) => !Directory.Exists(root)
        ? []
        :
        [
            .. from path in Directory.EnumerateDirectories(root, "*", SearchOption.AllDirectories).Prepend(root)
               where IsRun(path)
               orderby path
               select (path == root ? "" : Path.GetRelativePath(root, path), path),
        ];

    public static bool IsRun(string path) => Directory.Exists(path) && Directory.EnumerateFiles(path, "*tfevents*").Any();
}
