using System.Diagnostics;

namespace TorchBoard.Pipeline;

/// <summary>
/// The one thread of a writer: gives every run's batches to its destination when they are full, when the
/// flush interval is over, or when somebody flushes.
/// </summary>
internal sealed class BackgroundWriter
{
    private readonly object _gate = new();
    private readonly BackgroundWriterOptions _options;
    private readonly BatchPool _pool;
    private readonly IFailureListener _listener;
    private readonly Thread _thread;
    private RunOutput[] _outputs = [];
    private TaskCompletionSource? _flush;
    private TaskCompletionSource? _flushing;
    private bool _batchReady;
    private bool _roomWanted;
    private bool _closed;
    private bool _closing;
    private bool _ended;
    private Exception? _abandoned;
    private Exception? _fault;

    public BackgroundWriter(BackgroundWriterOptions options, BatchPool pool, IFailureListener listener)
    {
        _options = options;
        _pool = pool;
        _listener = listener;
        _thread = new Thread(Run) { IsBackground = true, Name = "TorchBoard writer" };
    }

    public void Start()
    {
        _thread.Start();
        OpenWriters.Add(this);
    }

    /// <summary>Tells the thread that a run has a sealed batch.</summary>
    public void BatchReady()
    {
        lock (_gate)
        {
            _batchReady = true;
            Monitor.Pulse(_gate);
        }
    }

    /// <summary>Has the batches written that are being filled, without waiting for it.</summary>
    public void RoomWanted()
    {
        lock (_gate)
        {
            _roomWanted = true;
            Monitor.Pulse(_gate);
        }
    }

    public void Add(RunOutput output)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_closed, typeof(SummaryWriter));
            _outputs = [.. _outputs, output];
        }
    }

    /// <summary>
    /// Completes when everything appended before the call has been given to the operating system, and fails
    /// where that cannot be done.
    /// </summary>
    public Task FlushAsync()
    {
        if (Thread.CurrentThread == _thread)
            throw new InvalidOperationException(
                "Flush was called from a handler that runs on the writer's own thread.");

        lock (_gate)
        {
            if (_fault is not null)
                return Task.FromException(Faulted(_fault));
            if (_ended)
                return Task.FromException(new ObjectDisposedException(nameof(SummaryWriter)));
            _flush ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            Monitor.Pulse(_gate);
            return _flush.Task;
        }
    }

    /// <summary>
    /// Writes what is left and ends the thread; false where that took longer than the given time, in which
    /// case the thread goes on trying in the background while the process lives.
    /// </summary>
    public bool Close(TimeSpan timeout)
    {
        lock (_gate)
            _closed = true;

        // Only when nothing can be appended any more may the thread write the last of it.
        foreach (RunOutput output in _outputs)
            output.Channel.Close();

        lock (_gate)
        {
            _closing = true;
            Monitor.Pulse(_gate);
        }

        // A handler may dispose the writer; the thread ends by itself then.
        bool ended = Thread.CurrentThread == _thread || _thread.Join(timeout);
        if (_fault is not null)
            AbandonAll();
        OpenWriters.Remove(this);
        return ended;
    }

    private void Run()
    {
        try
        {
            WriteUntilClosed();
        }
        catch (Exception e)
        {
            // A bug: nobody may wait for this thread any more.
            Fault(e);
        }

        foreach (RunOutput output in _outputs)
            Close(output);
        End();
    }

    // An exception that left this thread would end the process.
    private void Close(RunOutput output)
    {
        try
        {
            output.Dispose();
        }
        catch (Exception e)
        {
            _listener.Failed(output.Path, e, output.Channel.Dropped);
        }
    }

    private void End()
    {
        TaskCompletionSource? flush;
        lock (_gate)
        {
            _ended = true;
            (flush, _flush) = (_flush, null);
        }

        // Asked for after the last pass: everything had been written by then, or given up.
        Complete(flush, _abandoned);
    }

    private void WriteUntilClosed()
    {
        long lastSeal = Stopwatch.GetTimestamp();
        long closingSince = 0;
        while (true)
        {
            bool closing, roomWanted;
            lock (_gate)
            {
                if (!_batchReady && !_roomWanted && _flush is null && !_closing)
                    Monitor.Wait(_gate, UntilNextPass(lastSeal));
                (_flushing, _flush) = (_flush, null);
                (roomWanted, _roomWanted) = (_roomWanted, false);
                _batchReady = false;
                closing = _closing;
            }

            bool urgent = _flushing is not null || closing;
            bool seal = urgent || roomWanted || IntervalIsOver(lastSeal);
            if (seal)
                lastSeal = Stopwatch.GetTimestamp();

            Exception? failure = WriteAll(seal, urgent, sync: urgent && _options.SyncToDisk);
            Complete(_flushing, failure);
            if (!closing)
                continue;

            if (closingSince == 0)
                closingSince = Stopwatch.GetTimestamp();
            if (failure is null || Stopwatch.GetElapsedTime(closingSince) >= _options.CloseTimeout)
            {
                Abandon(failure);
                return;
            }

            lock (_gate)
                Monitor.Wait(_gate, Outage.RetryWhileClosing);
        }
    }

    private bool IntervalIsOver(long lastSeal) =>
        _options.FlushInterval != Timeout.InfiniteTimeSpan
        && Stopwatch.GetElapsedTime(lastSeal) >= _options.FlushInterval;

    private TimeSpan UntilNextPass(long lastSeal)
    {
        TimeSpan wait = _options.FlushInterval;
        if (wait != Timeout.InfiniteTimeSpan)
            wait -= Stopwatch.GetElapsedTime(lastSeal);
        foreach (RunOutput output in _outputs)
        {
            TimeSpan delay = output.Outage.Delay;
            if (delay != Timeout.InfiniteTimeSpan && (wait == Timeout.InfiniteTimeSpan || delay < wait))
                wait = delay;
        }

        return wait == Timeout.InfiniteTimeSpan || wait > TimeSpan.Zero ? wait : TimeSpan.Zero;
    }

    private Exception? WriteAll(bool seal, bool urgent, bool sync)
    {
        Exception? failure = null;
        foreach (RunOutput output in _outputs)
        {
            if (seal)
                output.Channel.Seal();
            if (urgent || output.Outage.IsDue)
                Write(output, urgent, sync);
            failure ??= output.Outage.Cause;
        }

        _pool.Stalled = failure is not null;
        if (seal)
            _pool.Trim();
        return failure;
    }

    private void Write(RunOutput output, bool urgent, bool sync)
    {
        try
        {
            output.WriteSealed(urgent);
            if (sync)
                output.SyncToDisk();
            if (output.Outage.End())
                _listener.Recovered(output.Path, output.Channel.Dropped);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            if (output.Outage.Fail(e))
                _listener.Failed(output.Path, e, output.Channel.Dropped);
        }
    }

    private static void Complete(TaskCompletionSource? flush, Exception? failure)
    {
        if (failure is null)
            flush?.SetResult();
        else
            flush?.SetException(new IOException($"What was logged could not be written: {failure.Message}", failure));
    }

    private void Abandon(Exception? failure)
    {
        if (failure is null)
            return;
        _abandoned = failure;
        foreach (RunOutput output in _outputs)
        {
            output.Abandon();
            if (output.Channel.Dropped > 0)
                _listener.Failed(output.Path, failure, output.Channel.Dropped);
        }
    }

    private void Fault(Exception e)
    {
        TaskCompletionSource? flush;
        lock (_gate)
        {
            _fault = e;
            (flush, _flush) = (_flush, null);
        }

        // Both the one that this thread was at and one that waits for it.
        _pool.Stalled = true;
        _flushing?.TrySetException(Faulted(e));
        flush?.SetException(Faulted(e));
        AbandonAll();
        foreach (RunOutput output in _outputs)
            _listener.Failed(output.Path, e, output.Channel.Dropped);
    }

    // Without a thread nothing is written any more: what was added, and what still is, counts as lost.
    private void AbandonAll()
    {
        foreach (RunOutput output in _outputs)
        {
            output.Channel.Seal();
            output.Abandon();
        }
    }

    private static InvalidOperationException Faulted(Exception e) =>
        new($"The writer's background thread has ended by an error: {e.Message}", e);
}
