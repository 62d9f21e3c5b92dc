using TorchBoard.Storage;

namespace TorchBoard.Pipeline;

/// <summary>
/// The background thread's side of one run: takes the sealed batches from the run's queue and appends them to an event
/// file, which it opens when there is something to write. What fails is kept and tried again, from the record it
/// failed at.
/// </summary>
internal sealed class RunOutput : IDisposable
{
    private readonly BackgroundWriter _writer;
    private readonly Func<IEventFile> _open;
    private readonly Func<bool, byte[]> _opening;
    private IEventFile? _file;
    private Batch? _batch;
    private int _bytesDone;
    private int _deferredDone;
    private long _heldBack;
    private bool _opened;
    private bool _isFirst = true;
    private long _lookedAt;
    private volatile bool _isEnded;

    /// <param name="path">The run's path.</param>
    /// <param name="writer">Whose thread it is.</param>
    /// <param name="open">Opens a new event file.</param>
    /// <param name="opening">Makes the records that open a file; told whether it is the run's first.</param>
    public RunOutput(string path, BackgroundWriter writer, Func<IEventFile> open, Func<bool, byte[]> opening)
    {
        Path = path;
        _writer = writer;
        _open = open;
        _opening = opening;
        Queue = new RunQueue(
            writer.Pool, writer.Options.Patience, writer.Options.Owner, () => writer.BatchReady(this), writer.RoomWanted);
    }

    public RunQueue Queue { get; }

    public Outage Outage { get; } = new();

    /// <summary>The event file, or the run while there is none.</summary>
    public string Path { get; private set; }

    /// <summary>
    /// Whether nothing is appended any more: when all that was is written, the output is closed and forgotten.
    /// </summary>
    public bool IsEnded => _isEnded;

    /// <summary>Its place in the writer's list; under the writer's lock.</summary>
    public int Index { get; set; } = -1;

    /// <summary>Whether the writer's next pass visits it; under the writer's lock.</summary>
    public bool IsReady { get; set; }

    /// <summary>
    /// Ends the run: an append throws from now on. The background thread writes what was appended before and closes the
    /// file, without being waited for.
    /// </summary>
    public void End()
    {
        // In this order: what the thread seals after it has seen the end is the last of it.
        Queue.Close();
        _isEnded = true;
        _writer.BatchReady(this);
    }

    /// <summary>Opens a file now rather than at the first record, and a new one where the open one is gone.</summary>
    public IEventFile Open()
    {
        // A look takes as long as a histogram's record: once a tick of the coarse clock, some milliseconds, will do.
        long now = Environment.TickCount64;
        if (now != _lookedAt && _file is { IsGone: true } gone)
        {
            (_file, _opened) = (null, false);
            gone.Dispose();
            _writer.Listener.Failed(
                Path, new IOException("it was deleted, replaced or cut; the run goes on in a new file."), Queue.Dropped);
        }

        _lookedAt = now;
        if (_file is null)
        {
            _file = _open();
            Path = _file.Path;
        }

        if (!_opened)
        {
            _file.Append(_opening(_isFirst));
            (_opened, _isFirst) = (true, false);
        }

        return _file;
    }

    /// <summary>Writes all that is sealed.</summary>
    /// <param name="urgent">Somebody waits for it, and may have meddled with the file before.</param>
    /// <exception cref="IOException">Something could not be written; a later call goes on from there.</exception>
    public void WriteSealed(bool urgent)
    {
        if (urgent)
            _lookedAt = 0;
        while (_batch is not null || Queue.TryTakeSealed(out _batch))
        {
            WriteRest(Open(), _batch);
            _writer.Pool.Return(_batch);
            Start(null);
        }
    }

    public void SyncToDisk()
    {
        _file?.SyncToDisk();
        _heldBack = 0;
    }

    /// <summary>Counts what is still unwritten as dropped.</summary>
    public void Abandon()
    {
        while (_batch is not null || Queue.TryTakeSealed(out _batch))
        {
            Queue.CountDropped(_batch.Records);
            _writer.Pool.Return(_batch);
            Start(null);
        }
    }

    /// <summary>Closes the file.</summary>
    public void Dispose()
    {
        IEventFile? file = _file;
        _file = null;
        file?.Dispose();
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

    // One value that cannot be encoded must not end the writing of all others.
    private byte[]? TryEncode(IDeferredRecord record)
    {
        try
        {
            return record.Encode();
        }
        catch (Exception e) when (!record.IsTriedAgain)
        {
            Queue.CountDropped(1);
            _writer.Listener.Failed(Path, e, Queue.Dropped);
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
        _heldBack += records.Length;
        if (_heldBack < _writer.Options.WriteBackEvery)
            return;
        file.StartWriteBack();
        _heldBack = 0;
    }
}
