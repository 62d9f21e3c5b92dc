namespace TorchBoard.Storage.Local;

/// <summary>
/// The directories with entries that a power failure could remove, together with everything below: that of a new file,
/// and those above it in which a directory is new.
/// </summary>
internal sealed class NewEntries
{
    // Of directories that were created before the file, or whose file could not be synced: another one then needs them.
    // Null until there is one; guarded by itself.
    private static List<string>? _unsynced;

    // From the innermost to the outermost.
    private readonly List<string> _directories = [];

    /// <summary>Whether the directory of the file did not exist.</summary>
    public bool IsNewDirectory;

    /// <summary>Call this before the directories are created.</summary>
    public static NewEntries OfFileIn(string directory)
    {
        var entries = new NewEntries();
        entries._directories.Add(directory);
        entries.IsNewDirectory = !Directory.Exists(directory);
        bool exists = !entries.IsNewDirectory;
        List<string>? unsynced = Volatile.Read(ref _unsynced);
        for (string? above = Path.GetDirectoryName(directory); above is { Length: > 0 }; above = Path.GetDirectoryName(above))
        {
            if (!exists || (unsynced is not null && Contains(unsynced, above)))
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
        for (int i = 1; i < _directories.Count; i++)
            Keep(_directories[i]);
    }

    private static void Sync(string directory)
    {
        List<string> unsynced = Keep(directory);
        UnixFile.SyncDirectory(directory);
        lock (unsynced)
            unsynced.Remove(directory);
    }

    private static List<string> Keep(string directory)
    {
        List<string> unsynced = LazyInitializer.EnsureInitialized(ref _unsynced);
        lock (unsynced)
        {
            if (!unsynced.Contains(directory))
                unsynced.Add(directory);
        }

        return unsynced;
    }

    private static bool Contains(List<string> unsynced, string directory)
    {
        lock (unsynced)
            return unsynced.Contains(directory);
    }
}
