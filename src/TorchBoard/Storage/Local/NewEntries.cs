namespace TorchBoard.Storage.Local;

/// <summary>
/// The directories with entries that a power failure could remove, together with everything below: that of a new file,
/// and those above it in which a directory is new.
/// </summary>
internal sealed class NewEntries
{
    // Of directories that were created before the file, or whose file could not be synced: another one then needs them.
    private static readonly HashSet<string> Unsynced = new(StringComparer.Ordinal);

    // From the innermost to the outermost.
    private readonly List<string> _directories = [];

    /// <summary>Call this before the directories are created.</summary>
    public static NewEntries OfFileIn(string directory)
    {
        var entries = new NewEntries();
        entries._directories.Add(directory);
        bool exists = Directory.Exists(directory);
        for (string? above = Path.GetDirectoryName(directory); above is { Length: > 0 }; above = Path.GetDirectoryName(above))
        {
            if (!exists || IsUnsynced(above))
                entries._directories.Add(above);
            exists = exists || Directory.Exists(above);
        }

        return entries;
    }

    /// <summary>
    /// Waits until the entries would survive a power failure. Does nothing on Windows, whose file systems write them
    /// with the file.
    /// </summary>
    public void SyncToDisk()
    {
        if (!UnixFile.IsSupported)
            return;
        for (; _directories.Count > 0; _directories.RemoveAt(_directories.Count - 1))
            Sync(_directories[^1]);
    }

    /// <summary>Leaves the entries to the next file that is created below, and synced.</summary>
    public void LeaveToNextFile()
    {
        lock (Unsynced)
            Unsynced.UnionWith(_directories.Skip(1));
    }

    private static void Sync(string directory)
    {
        lock (Unsynced)
            Unsynced.Add(directory);
        UnixFile.SyncDirectory(directory);
        lock (Unsynced)
            Unsynced.Remove(directory);
    }

    private static bool IsUnsynced(string directory)
    {
        lock (Unsynced)
            return Unsynced.Contains(directory);
    }
}
