using TorchBoard.Storage;

namespace TorchBoard.Pipeline;

/// <summary>
/// The background thread's part of one run. Takes sealed batches from the run's queue and appends them to an event
/// file, which it opens when there is something to write. After a failure, it keeps the data and retries from the
/// record that failed.
/// </summary>
internal sealed class RunOutput : IQueueListener, IDisposable
{
    public readonly RunQueue Queue;
    public readonly Outage Outage = new();

    /// <summary>Whether the run had event files of others when its first file was created.</summary>
    public bool HasOthers;

    /// <summary>Its index in the writer's list; guarded by the writer's lock.</summary>
    public int Index = -1;

    /// <summary>Whether the writer's next pass visits it; guarded by the writer's lock.</summary>
    public bool IsReady;

    private readonly BackgroundWriter _writer;
    private readonly Func<IEventFile> _open;
    private readonly Func<bool, byte[]> _opening;
    private readonly PoolShare _share;
    private readonly UnsyncedHash? _unsynced;
    private string _path;
    private IEventFile? _file;
    private IEventFile? _distrusted;
    private ulong _distrustedHash;
    private long _distrustedRecords;
    private Batch? _batch;
    private int _bytesDone;
    private int _deferredDone;
    private long _heldBack;
    private long _unsyncedRecords;
    private bool _isFirst = true;
    private bool _fileIsFirst;
    private bool _isBegun;
    private bool _isSynced;
    private bool _isHeld;
    private long _lookedAt;
    private volatile bool _isEnded;
    private volatile bool _isClosed;

    /// <param name="path">The run's path.</param>
    /// <param name="writer">The writer whose thread calls this output.</param>
    /// <param name="open">Opens a new event file.</param>
    /// <param name="opening">
    /// Returns the records that open a file; the argument is true for the run's first file.
    /// </param>
    public RunOutput(string path, BackgroundWriter writer, Func<IEventFile> open, Func<bool, byte[]> opening)
    {
        _path = path;
        _writer = writer;
        _open = open;
        _opening = opening;
        _unsynced = writer.Options.SyncToDisk ? new UnsyncedHash() : null;
        _share = writer.Pool.OpenShare();
        Queue = new RunQueue(_share, writer.Options.Patience, writer.Options.Owner, this);
    }

    /// <summary>The path of the event file, or of the run if there is no file yet.</summary>
    public string Path => _path;

    /// <summary>
    /// Whether nothing more is appended; after all data is written, the output is closed and removed.
    /// </summary>
    public bool IsEnded => _isEnded;

    /// <summary>Whether it is closed: its queue counts no more lost records.</summary>
    public bool IsClosed => _isClosed;

    /// <summary>
    /// Ends the run: later appends throw. The background thread writes the data appended before and closes the file;
    /// this method does not wait for it.
    /// </summary>
    public void End()
    {
        // In this order: data that the thread seals after it sees the end is the last of the run.
        Queue.Close();
        _isEnded = true;
        _writer.BatchReady(this);
    }

    /// <summary>Opens a file now rather than at the first record, and a new one if the open file is gone.</summary>
    public IEventFile Open()
    {
        // The check takes as long as writing a histogram, so it is made once per tick of the coarse clock
        // (milliseconds).
        long now = Environment.TickCount64;
        if (now != _lookedAt && _file is { IsGone: true } gone)
            Leave(gone);

        _lookedAt = now;
        if (_file is null)
        {
            _file = _open();
            _path = _file.Path;
            HasOthers |= _isFirst && _file.HasOthers;
        }

        if (!_isHeld)
        {
            _isHeld = true;
            _writer.OpenFiles.Add(this);
        }

        Begin(_file);
        return _file;
    }

    /// <summary>Writes all sealed batches.</summary>
    /// <param name="urgent">Whether a caller waits for it, who may have changed the file before.</param>
    /// <exception cref="IOException">Something could not be written; a later call continues from there.</exception>
    public void WriteSealed(bool urgent)
    {
        if (urgent)
            _lookedAt = 0;
        if (_distrusted is not null)
            Open();
        while (_batch is not null || Queue.TryTakeSealed(out _batch))
        {
            WriteRest(Open(), _batch);
            _unsyncedRecords += _batch.Records;
            Queue.Return(_batch);
            Start(null);
        }
    }

    /// <summary>Waits until everything written would survive a power failure.</summary>
    /// <exception cref="IOException">It would not. It is written again, to a new file, by the next call.</exception>
    public void SyncToDisk()
    {
        if (_file is null)
            return;
        _heldBack = 0;
        try
        {
            _file.SyncToDisk();
        }
        catch
        {
            Distrust(_file);
            throw;
        }

        _isSynced = true;
        SyncedOrClosed();
    }

    /// <summary>Lets another run have the file's handle; it is opened again when there is something to write.</summary>
    public void Release()
    {
        _isHeld = false;
        if (_file is null)
            return;
        if (_unsynced is not null && _unsyncedRecords > 0)
            SyncToDisk();
        _file.Release();
    }

    /// <summary>Counts all unwritten records as dropped.</summary>
    public void Abandon()
    {
        if (_distrusted is not null)
            Queue.CountDropped(_distrustedRecords);
        _distrustedRecords = 0;
        while (_batch is not null || Queue.TryTakeSealed(out _batch))
        {
            Queue.CountDropped(_batch.Records);
            Queue.Return(_batch);
            Start(null);
        }
    }

    /// <summary>Closes the file.</summary>
    public void Dispose()
    {
        _isClosed = true;
        _share.Close();
        _distrusted?.Dispose();
        _distrusted = null;
        CloseFile();
    }

    void IQueueListener.BatchBegun() => _writer.BatchBegun();

    void IQueueListener.BatchReady() => _writer.BatchReady(this);

    void IQueueListener.RoomWanted() => _writer.RoomWanted();

    void IQueueListener.AwaitWritten() => _writer.AwaitWritten();

    private void Leave(IEventFile gone)
    {
        CloseFile();
        _writer.Listener.Failed(
            gone.Path,
            new IOException("The file was deleted, replaced or truncated; the run continues in a new file."),
            Queue.Dropped);
    }

    private void CloseFile()
    {
        IEventFile? file = _file;
        (_file, _isBegun, _isSynced) = (null, false, false);
        SyncedOrClosed();
        file?.Dispose();
    }

    private void SyncedOrClosed()
    {
        _unsyncedRecords = 0;
        _unsynced?.Reset();
    }

    private void Begin(IEventFile file)
    {
        if (!_isBegun)
        {
            byte[] opening = _opening(_isFirst);
            file.Append(opening);
            _unsynced?.Append(opening);
            (_isBegun, _fileIsFirst, _isFirst) = (true, _isFirst, false);
        }

        if (_distrusted is not null)
            Move(_distrusted, file);
    }

    // The system may have forgotten the data since the last sync, and reports that only once.
    private void Distrust(IEventFile file)
    {
        _distrusted = file;
        _distrustedHash = _unsynced?.Value ?? 0;
        _distrustedRecords = _unsyncedRecords;
        _isFirst |= _fileIsFirst && !_isSynced;
        (_file, _isBegun, _isSynced) = (null, false, false);
        SyncedOrClosed();
    }

    private void Move(IEventFile distrusted, IEventFile file)
    {
        bool moved = distrusted.TryMoveUnsynced(_distrustedHash, records => Append(file, records));
        _distrusted = null;
        if (moved)
        {
            _unsyncedRecords += _distrustedRecords;
        }
        else
        {
            Queue.CountDropped(_distrustedRecords);
            _writer.Listener.Failed(
                distrusted.Path,
                new IOException(
                    "The disk failed, and data written since the last successful sync cannot be read anymore; "
                    + "the run continues in a new file."),
                Queue.Dropped);
        }

        distrusted.Dispose();
    }

    private void Start(Batch? batch)
    {
        _batch = batch;
        _bytesDone = _deferredDone = 0;
    }

    private void WriteRest(IEventFile file, Batch batch)
    {
        while (_deferredDone < batch.DeferredCount)
        {
            (int offset, IDeferredRecord record) = batch.Deferred(_deferredDone);
            WriteBytes(file, batch, offset);
            if (TryEncode(record) is { Length: > 0 } bytes)
                Append(file, bytes);
            _deferredDone++;
        }

        WriteBytes(file, batch, batch.Length);
    }

    // A value that cannot be encoded must not prevent others from being written.
    private byte[]? TryEncode(IDeferredRecord record)
    {
        try
        {
            return record.Encode();
        }
        catch (Exception e)
        {
            _path = record.Path ?? _path;
            if (record.IsTriedAgain)
                throw;
            Queue.CountDropped(1);
            _writer.Listener.Failed(_path, e, Queue.Dropped);
            return null;
        }
    }

    private void WriteBytes(IEventFile file, Batch batch, int to)
    {
        if (to == _bytesDone)
            return;
        Append(file, batch.Bytes(_bytesDone, to));
        _bytesDone = to;
    }

    private void Append(IEventFile file, ReadOnlySpan<byte> records)
    {
        file.Append(records);
        _unsynced?.Append(records);
        _heldBack += records.Length;
        if (_heldBack < _writer.Options.WriteBackEvery)
            return;
        file.StartWriteBack();
        _heldBack = 0;
    }
}
