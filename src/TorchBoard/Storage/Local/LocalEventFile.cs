using Microsoft.Win32.SafeHandles;

namespace TorchBoard.Storage.Local;

/// <summary>An event file of a file system, created new and open until it is disposed.</summary>
internal sealed class LocalEventFile : IEventFile
{
    private readonly SafeFileHandle _handle;
    private readonly string? _target;
    private long _length;

    private LocalEventFile(string path, SafeFileHandle handle)
    {
        Path = path;
        _handle = handle;
        _target = Target();
    }

    public string Path { get; }

    // An open file outlives its name: without a look, everything would go to a file that nobody can open.
    // Another file of its name may well be as long.
    public bool IsGone =>
        new FileInfo(Path) is not { Exists: true } file || file.Length < _length || Target() != _target;

    /// <inheritdoc cref="RunStorage.CreateEventFile"/>
    /// <exception cref="UnauthorizedAccessException">It may not be made.</exception>
    public static LocalEventFile Create(string run, DateTimeOffset now, string suffix)
    {
        Directory.CreateDirectory(run);
        while (true)
        {
            string path = System.IO.Path.Combine(run, EventFileName.Next(LatestSeconds(run), now, suffix));
            try
            {
                SafeFileHandle handle = File.OpenHandle(
                    path, FileMode.CreateNew, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
                return new LocalEventFile(path, handle);
            }
            catch (IOException) when (File.Exists(path))
            {
                // Another process was first, one with our number on another machine perhaps: take the next name.
            }
        }
    }

    public void Append(ReadOnlySpan<byte> records)
    {
        try
        {
            RandomAccess.Write(_handle, records, _length);
            _length += records.Length;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentOutOfRangeException)
        {
            CutOffTornRecord();

            // What the framework throws where a quota or the file system allows no larger file.
            if (e is ArgumentOutOfRangeException)
                throw new IOException($"'{Path}' may not become larger than it is.", e);
            throw;
        }
    }

    public void StartWriteBack() => WriteBack.Start(_handle);

    public void SyncToDisk() => RandomAccess.FlushToDisk(_handle);

    public void Dispose() => _handle.Dispose();

    private static long LatestSeconds(string run)
    {
        long latest = -1;
        foreach (string path in Directory.EnumerateFiles(run, $"*{EventFileName.Marker}*"))
            latest = Math.Max(latest, EventFileName.SecondsOf(System.IO.Path.GetFileName(path)));
        return latest;
    }

    // What Linux calls the open file: another name once it was renamed, deleted or replaced.
    private string? Target()
    {
        if (!OperatingSystem.IsLinux())
            return null;
        try
        {
            return new FileInfo("/proc/self/fd/" + EventFileName.Digits(_handle.DangerousGetHandle())).LinkTarget;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // No /proc: length and existence must do.
            return _target;
        }
    }

    private void CutOffTornRecord()
    {
        try
        {
            RandomAccess.SetLength(_handle, _length);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // What is left there is a truncated tail, which readers wait at, and the next attempt overwrites it.
        }
    }
}
