using TorchBoard.Storage;

namespace TorchBoard.Pipeline;

/// <summary>
/// The background thread's part of one run. Takes sealed batches from the run's queue and appends them to an event
/// file, which it opens when there is something to write. After a failure, it keeps the data and retries from the
/// record that failed.
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
    /// <param name="writer">The writer whose thread calls this output.</param>
    /// <param name="open">Opens a new event file.</param>
    /// <param name="opening">
    /// Returns the records that open a file; the argument is true for the run's first file.
    /// </param>
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

    /// <summary>The path of the event file, or of the run if there is no file yet.</summary>
    public string Path { get; private set; }

    /// <summary>
    /// Whether nothing more is appended; after all data is written, the output is closed and removed.
    /// </summary>
    public bool IsEnded => _isEnded;

    /// <summary>Its index in the writer's list; guarded by the writer's lock.</summary>
    public int Index { get; set; } = -1;

    /// <summary>Whether the writer's next pass visits it; guarded by the writer's lock.</summary>
    public bool IsReady { get; set; }

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
        {
            (_file, _opened) = (null, false);
            gone.Dispose();
            _writer.Listener.Failed(
                Path,
                new IOException("The file was deleted, replaced or truncated; the run continues in a new file."),
                Queue.Dropped);
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

    /// <summary>Writes all sealed batches.</summary>
    /// <param name="urgent">Whether a caller waits for it, who may have changed the file before.</param>
    /// <exception cref="IOException">Something could not be written; a later call continues from there.</exception>
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

    /// <summary>Counts all unwritten records as dropped.</summary>
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

    // A value that cannot be encoded must not prevent others from being written.
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
