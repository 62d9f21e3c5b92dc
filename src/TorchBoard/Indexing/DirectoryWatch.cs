using TorchBoard.Storage;
using TorchBoard.Storage.Local;

namespace TorchBoard.Indexing;

/// <summary>Reports which runs below a local directory change, by notifications of the system.</summary>
internal sealed class DirectoryWatch : IDisposable
{
    // The system reports only changes made by this machine.
    private static readonly string[] Remote =
        ["nfs", "cifs", "smb", "fuse", "9p", "afs", "lustre", "gpfs", "ceph", "beegfs", "gluster", "vboxsf", "virtiofs", "drvfs"];

    private readonly string _path;
    private readonly FileStatus? _status;
    private readonly FileSystemWatcher _watcher;
    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _changed = new(0, 1);
    private HashSet<string> _runs = new(StringComparer.Ordinal);
    private bool _isAll;
    private bool _hasEnded;
    private volatile bool _hasFailed;

    private DirectoryWatch(string path)
    {
        _path = path;
        _status = FileStatus.Of(path);
        _watcher = new FileSystemWatcher(path)
        {
            IncludeSubdirectories = true,
            NotifyFilter = NotifyFilters.FileName | NotifyFilters.DirectoryName | NotifyFilters.Size | NotifyFilters.LastWrite,
            InternalBufferSize = 1 << 16,
        };
        _watcher.Changed += (_, change) => Note(change, ofList: false);
        _watcher.Created += (_, change) => Note(change, ofList: true);
        _watcher.Deleted += (_, change) => Note(change, ofList: true);
        _watcher.Renamed += (_, change) => Note(change, ofList: true);
        _watcher.Error += (_, error) => End(error.GetException());
    }

    /// <summary>Whether the directory is still the one that is watched.</summary>
    public bool IsAlive
    {
        get
        {
            lock (_gate)
                return !_hasEnded && Directory.Exists(_path) && Equals(FileStatus.Of(_path), _status);
        }
    }

    /// <summary>
    /// Whether the system cannot watch all directories, for example because no watches are left, so that another attempt
    /// would fail, too.
    /// </summary>
    public bool HasFailed => _hasFailed;

    /// <summary>
    /// Begins to watch a directory; null if that is not possible: there is none, no watch is left, or the system
    /// does not report changes at once. Windows reports them when the file is closed.
    /// </summary>
    public static DirectoryWatch? TryStart(string path)
    {
        if (OperatingSystem.IsWindows() || !Directory.Exists(path) || IsRemote(path))
            return null;
        DirectoryWatch? watch = null;
        try
        {
            watch = new DirectoryWatch(path);
            watch._watcher.EnableRaisingEvents = true;
            return watch;
        }
        catch (Exception e) when (e is IOException or ArgumentException or UnauthorizedAccessException or PlatformNotSupportedException)
        {
            watch?.Dispose();
            return null;
        }
    }

    /// <summary>Waits for changes.</summary>
    /// <returns>
    /// The directories of the runs whose files have changed, which may be none after the time; null if runs may have appeared
    /// or disappeared.
    /// </returns>
    public async Task<IReadOnlySet<string>?> NextAsync(TimeSpan time, CancellationToken cancellationToken)
    {
        await _changed.WaitAsync(time, cancellationToken).ConfigureAwait(false);
        lock (_gate)
        {
            HashSet<string>? runs = _isAll ? null : _runs;
            _isAll = false;
            _runs = new HashSet<string>(StringComparer.Ordinal);
            return runs;
        }
    }

    public void Dispose()
    {
        _watcher.Dispose();
        _changed.Dispose();
    }

    private static bool IsRemote(string path)
    {
        try
        {
            string format = new DriveInfo(path).DriveFormat;
            return Remote.Any(name => format.StartsWith(name, StringComparison.OrdinalIgnoreCase));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return false;
        }
    }

    private void Note(FileSystemEventArgs change, bool ofList)
    {
        ReadOnlySpan<char> name = Path.GetFileName(change.FullPath.AsSpan());
        bool isOfRun = name.Contains(EventFileName.Marker, StringComparison.Ordinal) || name.SequenceEqual(EmbeddingList.Name);
        lock (_gate)
        {
            if (isOfRun)
                _runs.Add(Path.GetDirectoryName(change.FullPath)!);
            else if (ofList)
                _isAll = true;
            else
                return;
            Signal();
        }
    }

    private void End(Exception error)
    {
        // After an overflow of notifications, the watch starts again, and everything is read.
        _hasFailed |= error is not InternalBufferOverflowException;
        lock (_gate)
        {
            _hasEnded = true;
            _isAll = true;
            Signal();
        }
    }

    private void Signal()
    {
        try
        {
            if (_changed.CurrentCount == 0)
                _changed.Release();
        }
        catch (ObjectDisposedException)
        {
            // The last events arrive after the end.
        }
    }
}
