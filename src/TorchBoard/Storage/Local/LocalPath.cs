namespace TorchBoard.Storage.Local;

/// <summary>The paths of a file system as programs pass them.</summary>
internal static class LocalPath
{
    /// <summary>Returns the full path; <c>~</c> at the beginning is the home directory.</summary>
    public static string Full(string path) => Path.GetFullPath(path.StartsWith('~') ? WithHome(path) : path);

    /// <summary>Returns the path with the home directory for <c>~</c> at the beginning.</summary>
    public static string WithHome(string path) =>
        path.StartsWith('~') && IsBelowHome(path) ? Home() + path[1..] : path;

    /// <exception cref="ArgumentException">The path begins with the home directory of a named user.</exception>
    public static void ThrowIfOfUser(string path, string? argument)
    {
        if (path.StartsWith('~') && !IsBelowHome(path))
            ThrowOfUser(path, argument);
    }

    /// <summary>
    /// Whether a listed path may contain bytes that are not valid UTF-8. The framework replaces them, so that it cannot
    /// find the file.
    /// </summary>
    public static bool IsInvalid(string path) => path.Contains('\uFFFD', StringComparison.Ordinal);

    private static bool IsBelowHome(string path) =>
        path.Length == 1 || path[1] == '/' || path[1] == Path.DirectorySeparatorChar;

    private static void ThrowOfUser(string path, string? argument) => throw new ArgumentException(
        $"'{path}' begins with '~' and a name, which is not supported: use '~/' for your own home directory, "
        + $"a full path for another one, or './{path}' for a directory of this name.",
        argument);

    private static string Home() => Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
}
