using TorchBoard.Storage;
using TorchBoard.Storage.Local;

namespace TorchBoard.Uploading;

/// <summary>
/// The event file of a run in an object store, as its writer sees it: files in the spool, which become a row of objects,
/// or one object if the store can append. The writer appends; another thread takes what there is to upload.
/// </summary>
/// <param name="spool">The spool.</param>
/// <param name="store">The store.</param>
/// <param name="opening">Returns the records that begin every event file.</param>
/// <param name="now">Returns the current time, for the names of objects.</param>
/// <param name="suffix">The end of the names.</param>
internal sealed partial class SpooledEventFile(
    Spool spool, ObjectStorage store, Func<byte[]> opening, Func<DateTimeOffset> now, string suffix) : IEventFile
{
    private readonly object _gate = new();
    private readonly List<SpoolFile> _files = [];
    private readonly List<LocalEventFile> _unsynced = [];
    private readonly UploadBudget _budget = new();
    private ObjectPath _last;
    private SpoolFile? _active;
    private SpoolFile? _previous;
    private LocalEventFile? _local;
    private long _requestsBefore;
    private bool _rolls;
    private bool _ended;
    private bool _syncs;

    /// <summary>The path of the object that is written at present.</summary>
    public string Path
    {
        get
        {
            lock (_gate)
                return $"{store.Scheme}://{_last.Container}/{_last.Key}";
        }
    }

    public bool IsGone
    {
        get
        {
            lock (_gate)
                return _local?.IsGone == true;
        }
    }

    /// <summary>
    /// Called once, before the first upload, if the run already has event files; with the run's path. Null for nothing.
    /// </summary>
    public Action<string>? OnOthers { get; set; }

    /// <summary>Whether nothing more is appended and everything is uploaded.</summary>
    public bool IsDone
    {
        get
        {
            lock (_gate)
                return _ended && _files.Count == 0;
        }
    }

    /// <summary>Whether there is something to upload.</summary>
    public bool IsWaiting
    {
        get
        {
            lock (_gate)
                return _files.Exists(file => file.Shipped < file.Length) || (_ended && _files.Count > 0);
        }
    }

    /// <summary>Begins the first object of a run.</summary>
    public static SpooledEventFile Create(
        Spool spool, ObjectStorage store, ObjectPath first, Func<byte[]> opening, Func<DateTimeOffset> now, string suffix)
    {
        var file = new SpooledEventFile(spool, store, opening, now, suffix) { _last = first };
        file.Begin(first, offset: 0);
        file._previous = file._active;
        return file;
    }

    /// <summary>Takes over the files of one run that a process left; nothing is appended to them.</summary>
    public static SpooledEventFile Left(
        Spool spool, ObjectStorage store, IReadOnlyList<SpoolFile> files, Func<byte[]> opening, Func<DateTimeOffset> now)
    {
        var left = new SpooledEventFile(spool, store, opening, now, $".{spool.Id}") { _last = files[^1].Target, _ended = true };
        left._files.AddRange(files);
        return left;
    }

    public void Append(ReadOnlySpan<byte> records)
    {
        lock (_gate)
        {
            if (_active is null || _rolls)
                Roll(_previous);
            spool.Reserve(records.Length);
            try
            {
                _local!.Append(records);
            }
            catch
            {
                spool.Return(records.Length);
                throw;
            }

            _active!.Length += records.Length;
        }
    }

    public void StartWriteBack()
    {
        lock (_gate)
            _local?.StartWriteBack();
    }

    public void SyncToDisk()
    {
        lock (_gate)
        {
            _syncs = true;
            foreach (LocalEventFile file in _unsynced)
                file.SyncToDisk();
            _unsynced.ForEach(file => file.Dispose());
            _unsynced.Clear();
            _local?.SyncToDisk();
        }
    }

    public void Release()
    {
        lock (_gate)
            _local?.Release();
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _ended = true;
            _active = null;
            _unsynced.ForEach(file => file.Dispose());
            _unsynced.Clear();
            Close();
        }
    }

    private void Roll(SpoolFile? full)
    {
        ObjectDisposedException.ThrowIf(_ended, this);
        bool continues = store.CanAppend && full is { Kind: SpoolKind.Part }
            && !HasMostAppends;
        LocalEventFile? before = _local;
        (SpoolFile? activeBefore, ObjectPath lastBefore) = (_active, _last);
        try
        {
            if (continues)
                Begin(full!.Target, full.Offset + full.Length);
            else
                Begin(NextName(), offset: 0);
            _files[^1].IsNamed = full?.IsNamed ?? true;
            if (!continues)
                AppendOpening();
        }
        catch
        {
            // Everything as it was, so that the next attempt can be made.
            if (_local != before)
            {
                _local?.Dispose();
                if (_active is { } failed && failed != activeBefore)
                {
                    _files.Remove(failed);
                    spool.Remove(failed);
                }
            }

            (_active, _local, _last) = (activeBefore, before, lastBefore);
            throw;
        }

        _previous = _active;
        _rolls = false;
        if (before is not null && _syncs)
            _unsynced.Add(before);
        else
            before?.Dispose();
    }

    private void AppendOpening()
    {
        byte[] records = opening();
        spool.Reserve(records.Length);
        _active!.Length = records.Length;
        _local!.Append(records);
        _requestsBefore = _budget.Requests;
    }

    private ObjectPath NextName()
    {
        string run = _last.Key[..(_last.Key.LastIndexOf('/') + 1)];
        return _last with { Key = run + EventFileName.Next(_last.Key[run.Length..], now(), suffix) };
    }

    private void Begin(ObjectPath target, long offset)
    {
        _active = Create(target, offset, out _local);
        _files.Add(_active);
    }

    private SpoolFile Create(ObjectPath target, long offset, out LocalEventFile local)
    {
        SpoolFile file = spool.Next(store.CanAppend ? SpoolKind.Part : SpoolKind.Segment, target, offset);
        try
        {
            local = LocalEventFile.CreateAt(file.Path);
        }
        catch
        {
            file.Delete();
            throw;
        }

        _last = target;
        return file;
    }

    private void Close()
    {
        LocalEventFile? local = _local;
        _local = null;
        local?.Dispose();
    }
}
