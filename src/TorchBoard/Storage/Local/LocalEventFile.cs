using System.IO.Hashing;

namespace TorchBoard.Storage.Local;

/// <summary>An event file in the file system; created new.</summary>
internal sealed class LocalEventFile : IEventFile
{
    /// <summary>The number of names that others may have taken before creating a file fails.</summary>
    private const int MostTakenNames = 100;

    private const int MovedAtOnce = 1 << 20;

    private readonly FileInfo _named;
    private readonly NewEntries _newEntries;
    private WritableFile? _file;
    private string? _target;
    private DateTime _created;
    private long _length;
    private long _synced;
    private long _moved;
    private bool _lengthLags;

    private LocalEventFile(WritableFile file, NewEntries newEntries, bool hasOthers)
    {
        Path = file.Path;
        HasOthers = hasOthers;
        _named = new FileInfo(Path);
        _newEntries = newEntries;
        Use(file);
    }

    public string Path { get; }

    public bool HasOthers { get; }

    // An open file outlives its name: without this check, all data could go to a file that nobody can open.
    // Another file with its name may have the same length.
    public bool IsGone
    {
        get
        {
            _named.Refresh();
            return !_named.Exists || (_named.Length < _length && !_lengthLags)
                || (_file is null ? _named.CreationTimeUtc != _created : Target(_file) != _target);
        }
    }

    /// <inheritdoc cref="RunStorage.CreateEventFile"/>
    /// <exception cref="UnauthorizedAccessException">Access to the directory is denied.</exception>
    public static LocalEventFile Create(string run, DateTimeOffset now, string suffix)
    {
        NewEntries newEntries = NewEntries.OfFileIn(run);
        Directory.CreateDirectory(run);
        for (int taken = 0; ; taken++)
        {
            // A new directory need not be listed, unless another process has just created a file there.
            string? last = newEntries.IsNewDirectory && taken == 0 ? null : LastName(run);
            string path = System.IO.Path.Combine(run, EventFileName.Next(last, now, suffix));
            try
            {
                return new LocalEventFile(WritableFile.Create(path), newEntries, last is not null);
            }
            catch (IOException e) when (WritableFile.IsTaken(e) && taken < MostTakenNames)
            {
                // By another process, possibly one with the same process id on another machine: use the next name.
            }
        }
    }

    /// <inheritdoc cref="RunStorage.CreateFile"/>
    /// <exception cref="UnauthorizedAccessException">Access to the path is denied.</exception>
    public static LocalEventFile CreateAt(string path)
    {
        string directory = System.IO.Path.GetDirectoryName(path)!;
        NewEntries newEntries = NewEntries.OfFileIn(directory);
        Directory.CreateDirectory(directory);
        return new LocalEventFile(WritableFile.Create(path), newEntries, hasOthers: false);
    }

    public void Append(ReadOnlySpan<byte> records)
    {
        WritableFile file = Opened();
        try
        {
            file.Write(records, _length);
        }
        catch (IOException)
        {
            CutOffTornRecord(file);
            throw;
        }

        _length += records.Length;

        // Some file systems report a length from before the last write, which does not mean that a file was truncated.
        _named.Refresh();
        _lengthLags |= _named.Exists && _named.Length < _length;
    }

    public void StartWriteBack() => WriteBack.Start(Opened().Handle);

    public void SyncToDisk()
    {
        Opened().SyncToDisk();
        _newEntries.SyncToDisk();
        _synced = _length;
    }

    public bool TryMoveUnsynced(ulong hash, Action<ReadOnlySpan<byte>> append)
    {
        _moved = Math.Max(_moved, _synced);
        byte[] buffer = new byte[(int)Math.Min(_length - _synced, MovedAtOnce)];
        try
        {
            using var read = new LocalFile(Path);
            if (_moved == _synced && !HasHash(read, buffer, hash))
                return false;
            while (_moved < _length)
            {
                // A torn record that could not be cut off may follow, and others may have truncated the file since.
                int length = read.Read(buffer.AsSpan(0, (int)Math.Min(buffer.Length, _length - _moved)), _moved);
                if (length == 0)
                    return false;
                append(buffer.AsSpan(0, length));
                _moved += length;
            }
        }
        catch (FileNotFoundException)
        {
            return false;
        }

        DeleteMoved();
        return true;
    }

    public void Release()
    {
        Dispose();
        _named.Refresh();
        _created = _named.Exists ? _named.CreationTimeUtc : default;
    }

    public void Dispose()
    {
        WritableFile? file = _file;
        _file = null;
        file?.Dispose();
    }

    private static string? LastName(string run)
    {
        string? last = null;
        foreach (string path in Directory.EnumerateFiles(run, $"*{EventFileName.Marker}*"))
        {
            string name = System.IO.Path.GetFileName(path);
            if (name.Contains(EventFileName.Marker, StringComparison.Ordinal) && string.CompareOrdinal(name, last) > 0)
                last = name;
        }

        return last;
    }

    private WritableFile Opened()
    {
        if (_file is not null)
            return _file;
        WritableFile file = WritableFile.OpenExisting(Path);
        if (IsGone)
        {
            file.Dispose();
            throw new IOException($"'{Path}' was replaced by another file.");
        }

        return Use(file);
    }

    private WritableFile Use(WritableFile file)
    {
        _file = file;
        _target = Target(file);
        return file;
    }

    // Linux' current name of the open file; it changes when the file is renamed, deleted or replaced.
    private string? Target(WritableFile file)
    {
        if (!OperatingSystem.IsLinux())
            return null;
        try
        {
            return new FileInfo("/proc/self/fd/" + EventFileName.Digits(file.Handle.DangerousGetHandle())).LinkTarget;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Without /proc, length and existence must suffice.
            return _target;
        }
    }

    private void CutOffTornRecord(WritableFile file)
    {
        try
        {
            file.SetLength(_length);
        }
        catch (IOException)
        {
            // The rest is a truncated tail, at which readers wait; the next attempt overwrites it.
        }
    }

    private bool HasHash(LocalFile read, byte[] buffer, ulong hash)
    {
        try
        {
            var found = new XxHash3();
            int length;
            for (long at = _synced; at < _length; at += length)
            {
                length = read.Read(buffer.AsSpan(0, (int)Math.Min(buffer.Length, _length - at)), at);
                if (length == 0)
                    return false;
                found.Append(buffer.AsSpan(0, length));
            }

            return found.GetCurrentHashAsUInt64() == hash;
        }
        catch (IOException)
        {
            return false;
        }
    }

    // So that no reader finds the data twice. Data that was synced before stays.
    private void DeleteMoved()
    {
        try
        {
            if (_synced == 0)
                File.Delete(Path);
            else
                Opened().SetLength(_synced);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Found twice is better than lost.
        }
    }
}
