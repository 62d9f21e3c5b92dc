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
    private bool _batchReady;
    private bool _closed;
    private bool _closing;
    private bool _ended;
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
            throw new InvalidOperationException("Flush was called from a handler that runs on the writer's own thread.");

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
        finally
        {
            foreach (RunOutput output in _outputs)
                output.Dispose();
            End();
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

        // Asked for after the last pass: everything had been written by then.
        flush?.SetResult();
    }

    private void WriteUntilClosed()
    {
        long lastSeal = Stopwatch.GetTimestamp();
        long closingSince = 0;
        while (true)
        {
            TaskCompletionSource? flush;
            bool closing;
            lock (_gate)
            {
                if (!_batchReady && _flush is null && !_closing)
                    Monitor.Wait(_gate, UntilNextPass(lastSeal));
                (flush, _flush) = (_flush, null);
                _batchReady = false;
                closing = _closing;
            }

            bool urgent = flush is not null || closing;
            bool seal = urgent || IntervalIsOver(lastSeal);
            if (seal)
                lastSeal = Stopwatch.GetTimestamp();

            Exception? failure = WriteAll(seal, urgent, sync: urgent && _options.SyncToDisk);
            Complete(flush, failure);
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
                Write(output, sync);
            failure ??= output.Outage.Cause;
        }

        _pool.Stalled = failure is not null;
        if (seal)
            _pool.Trim();
        return failure;
    }

    private void Write(RunOutput output, bool sync)
    {
        try
        {
            output.WriteSealed();
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

        _pool.Stalled = true;
        flush?.SetException(Faulted(e));
        foreach (RunOutput output in _outputs)
            _listener.Failed(output.Path, e, output.Channel.Dropped);
    }

    private static InvalidOperationException Faulted(Exception e) =>
        new($"The writer's background thread has ended by an error: {e.Message}", e);
}
