using Microsoft.Win32.SafeHandles;

namespace TorchBoard.Storage.Local;

/// <summary>An event file in the file system; created new and open until disposed.</summary>
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

    // An open file outlives its name: without this check, all data could go to a file that nobody can open.
    // Another file with its name may have the same length.
    public bool IsGone =>
        new FileInfo(Path) is not { Exists: true } file || file.Length < _length || Target() != _target;

    /// <inheritdoc cref="RunStorage.CreateEventFile"/>
    /// <exception cref="UnauthorizedAccessException">Access to the directory is denied.</exception>
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
                // Another process has taken the name, possibly one with the same process id on another machine: use the
                // next name.
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

            // The framework throws this if a quota or the file system does not allow a larger file.
            if (e is ArgumentOutOfRangeException)
                throw new IOException($"'{Path}' cannot grow any further.", e);
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

    // Linux' current name of the open file; it changes when the file is renamed, deleted or replaced.
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
            // Without /proc, length and existence must suffice.
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
            // The rest is a truncated tail, at which readers wait; the next attempt overwrites it.
        }
    }
}
