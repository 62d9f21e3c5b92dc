using TorchBoard.Files;

namespace TorchBoard.Pipeline;

/// <summary>
/// The background thread's side of one run: takes its sealed batches and gives them to the destination, which
/// it opens when there is something to write. What fails is kept and tried again, from the record it failed at.
/// </summary>
/// <param name="channel">Where its batches come from.</param>
/// <param name="pool">Where they go back to.</param>
/// <param name="open">Opens the destination.</param>
/// <param name="opening">Makes the records that open it; told whether it is the run's first.</param>
/// <param name="listener">Hears of a record that cannot be encoded.</param>
/// <param name="writeBackEvery">
/// After how many bytes they begin their way to the disk: where somebody will wait for that, the disk need not wait for
/// them.
/// </param>
internal sealed class RunOutput(
    RunChannel channel,
    BatchPool pool,
    Func<IEventDestination> open,
    Func<bool, byte[]> opening,
    IFailureListener listener,
    long writeBackEvery = long.MaxValue) : IDisposable
{
    private IEventDestination? _destination;
    private Batch? _batch;
    private int _bytesDone;
    private int _deferredDone;
    private long _heldBack;
    private bool _opened;
    private bool _isFirst = true;
    private long _lookedAt;

    public RunChannel Channel => channel;

    public Outage Outage { get; } = new();

    public string Path => _destination?.Path ?? channel.Directory;

    /// <summary>Opens the destination now rather than at the first record, and a new one where it is gone.</summary>
    public IEventDestination Open()
    {
        // A look takes as long as a histogram's record: once a tick of the coarse clock, some milliseconds, will do.
        long now = Environment.TickCount64;
        if (now != _lookedAt && _destination is { IsGone: true } gone)
        {
            (_destination, _opened) = (null, false);
            gone.Dispose();
            listener.Failed(
                gone.Path, new IOException("it was deleted, replaced or cut; the run goes on in a new file."), channel.Dropped);
        }

        _lookedAt = now;
        _destination ??= open();
        if (!_opened)
        {
            _destination.Append(opening(_isFirst));
            (_opened, _isFirst) = (true, false);
        }

        return _destination;
    }

    /// <summary>Writes all that is sealed.</summary>
    /// <param name="urgent">Somebody waits for it, and may have meddled with the file before.</param>
    /// <exception cref="IOException">Something could not be written; a later call goes on from there.</exception>
    public void WriteSealed(bool urgent)
    {
        if (urgent)
            _lookedAt = 0;
        while (_batch is not null || channel.TryTakeSealed(out _batch))
        {
            WriteRest(Open(), _batch);
            pool.Return(_batch);
            Start(null);
        }
    }

    public void SyncToDisk()
    {
        _destination?.SyncToDisk();
        _heldBack = 0;
    }

    /// <summary>Counts what is still unwritten as dropped.</summary>
    public void Abandon()
    {
        while (_batch is not null || channel.TryTakeSealed(out _batch))
        {
            channel.CountDropped(_batch.Records);
            pool.Return(_batch);
            Start(null);
        }
    }

    public void Dispose() => _destination?.Dispose();

    private void Start(Batch? batch)
    {
        _batch = batch;
        _bytesDone = _deferredDone = 0;
    }

    private void WriteRest(IEventDestination destination, Batch batch)
    {
        while (_deferredDone < batch.DeferredCount)
        {
            (int offset, IDeferredRecord record) = batch.Deferred(_deferredDone);
            WriteBytes(destination, batch, offset);
            if (TryEncode(record) is { Length: > 0 } bytes)
                Append(destination, bytes);
            _deferredDone++;
        }

        WriteBytes(destination, batch, batch.Length);
    }

    // One value that cannot be encoded must not end the writing of all others.
    private byte[]? TryEncode(IDeferredRecord record)
    {
        try
        {
            return record.Encode();
        }
        catch (Exception e) when (e is not (IOException or UnauthorizedAccessException))
        {
            channel.CountDropped(1);
            listener.Failed(Path, e, channel.Dropped);
            return null;
        }
    }

    private void WriteBytes(IEventDestination destination, Batch batch, int to)
    {
        if (to == _bytesDone)
            return;
        Append(destination, batch.Bytes(_bytesDone, to));
        _bytesDone = to;
    }

    private void Append(IEventDestination destination, ReadOnlySpan<byte> records)
    {
        destination.Append(records);
        _heldBack += records.Length;
        if (_heldBack < writeBackEvery)
            return;
        destination.StartWriteBack();
        _heldBack = 0;
    }
}
