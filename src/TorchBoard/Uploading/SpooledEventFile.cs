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
internal sealed class SpooledEventFile(
    Spool spool, ObjectStorage store, Func<byte[]> opening, Func<DateTimeOffset> now, string suffix) : IEventFile
{
    /// <summary>The length at which a part that was appended to the store is removed from the spool.</summary>
    private const int LongestPart = 4 << 20;

    /// <summary>The number of objects that others may change during one upload.</summary>
    private const int MostReplaced = 3;

    private readonly object _gate = new();
    private readonly List<SpoolFile> _files = [];
    private readonly List<LocalEventFile> _unsynced = [];
    private readonly UploadBudget _budget = new();
    private ObjectPath _last;
    private SpoolFile? _active;
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
                Roll(_active);
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

    /// <summary>Uploads what there is at present.</summary>
    /// <param name="told">Receives what is wrong with an object although the upload goes on.</param>
    /// <param name="cancellationToken">Cancels the requests.</param>
    public async Task UploadAsync(Action<string, Exception> told, CancellationToken cancellationToken)
    {
        int replaced = 0;
        while (Take(out long length, out bool isFinal) is { } file)
        {
            if (file.Shipped < length)
            {
                if (!file.IsNamed)
                    await NameAsync(cancellationToken).ConfigureAwait(false);
                try
                {
                    await FileUpload.SendAsync(store, file, length, _budget, cancellationToken).ConfigureAwait(false);
                }
                catch (ObjectChangedException e) when (replaced++ < MostReplaced)
                {
                    string path = file.TargetPath;
                    Replace(file);
                    told(path, new IOException($"{e.Message} The run continues in a new object.", e));
                    continue;
                }
            }

            if (!isFinal)
                return;
            Remove(file);
        }
    }

    private bool HasMostAppends => _budget.Requests - _requestsBefore >= FileUpload.MostAppends;

    // The oldest file, how much of it to upload, and whether that is all that there will be.
    private SpoolFile? Take(out long length, out bool isFinal)
    {
        lock (_gate)
        {
            (length, isFinal) = (0, false);
            if (_files.Count == 0)
                return null;
            SpoolFile file = _files[0];
            length = file.Length;
            if (file == _active && file.Shipped < length)
            {
                // Decided now, so that nothing is added to a file that is uploaded for the last time.
                _rolls |= file.Kind == SpoolKind.Part
                    ? length >= LongestPart || HasMostAppends
                    : !_budget.AllowsAnother(length, length - file.Shipped);
            }

            isFinal = file != _active || _rolls;
            return file;
        }
    }

    // Compares the names with those of all other writers. Readers take the files of a run in the order of their names.
    private async Task NameAsync(CancellationToken cancellationToken)
    {
        ObjectPath first;
        lock (_gate)
            first = _files[0].Target;
        string run = first.Key[..(first.Key.LastIndexOf('/') + 1)];
        string last = "";
        await foreach (StoredObject o in store.ListAsync(
            first with { Key = run + EventFileName.Start }, cancellationToken).ConfigureAwait(false))
        {
            string name = o.Key[run.Length..];
            if (!name.Contains('/', StringComparison.Ordinal) && string.CompareOrdinal(name, last) > 0)
                last = name;
        }

        lock (_gate)
        {
            (ObjectPath before, ObjectPath after) = (default, default);
            foreach (SpoolFile file in _files)
            {
                if (file.Target == before)
                {
                    file.Rename(after);
                }
                else
                {
                    before = file.Target;
                    if (string.CompareOrdinal(file.Target.Key[run.Length..], last) <= 0)
                        file.Rename(file.Target with { Key = run + EventFileName.Next(last, now(), suffix) });
                    after = file.Target;
                    last = after.Key[run.Length..];
                }

                file.IsNamed = true;
            }

            _last = _files[^1].Target;
        }
    }

    private void Remove(SpoolFile file)
    {
        lock (_gate)
        {
            if (file == _active)
            {
                _active = null;
                Close();
            }

            _files.Remove(file);
            spool.Remove(file);
        }
    }

    // Others have deleted or changed the object, which is theirs now. What it did not have yet continues in a new one.
    private void Replace(SpoolFile file)
    {
        lock (_gate)
        {
            SpoolFile next = Create(NextName(), offset: 0, out LocalEventFile local);
            try
            {
                byte[] records = opening();
                local.Append(records);
                next.Length = records.Length;
                using var rest = new LocalFile(file.Path);
                byte[] buffer = new byte[1 << 16];
                for (long at = file.ShippedWhole; at < file.Length;)
                {
                    int read = rest.Read(buffer.AsSpan(0, (int)Math.Min(buffer.Length, file.Length - at)), at);
                    if (read == 0)
                        break;
                    local.Append(buffer.AsSpan(0, read));
                    next.Length += read;
                    at += read;
                }
            }
            catch
            {
                local.Dispose();
                next.Delete();
                throw;
            }

            spool.Count(next.Length);
            next.IsNamed = true;
            _files[_files.IndexOf(file)] = next;
            if (file == _active)
            {
                Close();
                (_active, _local) = (next, local);
            }
            else
            {
                local.Dispose();
            }

            Repoint(file.Target, next);
            spool.Remove(file);
        }
    }

    // Parts that follow in the same object follow in the new one.
    private void Repoint(ObjectPath before, SpoolFile next)
    {
        long offset = next.Length;
        for (int i = _files.IndexOf(next) + 1; i < _files.Count && _files[i].Target == before; i++)
        {
            _files[i] = _files[i].At(next.Target, offset);
            offset += _files[i].Length;
            _active = _active?.Path == _files[i].Path ? _files[i] : _active;
        }
    }

    private void Roll(SpoolFile? full)
    {
        ObjectDisposedException.ThrowIf(_ended, typeof(SummaryWriter));
        bool continues = store.CanAppend && full is { Kind: SpoolKind.Part }
            && !HasMostAppends;
        LocalEventFile? before = _local;
        ObjectPath lastBefore = _last;
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
                if (_active is { } failed)
                {
                    _files.Remove(failed);
                    spool.Remove(failed);
                }
            }

            (_active, _local, _last) = (full, before, lastBefore);
            throw;
        }

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
