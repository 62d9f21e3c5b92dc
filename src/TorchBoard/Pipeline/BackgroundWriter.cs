namespace TorchBoard.Pipeline;

/// <summary>
/// The background thread of a writer. It writes the batches of every run when they are full, when the flush interval
/// has elapsed and when a flush is requested.
/// </summary>
internal sealed class BackgroundWriter
{
    /// <summary>The maximum number of files that are open at once, of all runs.</summary>
    public const int MostOpenFiles = 64;

    private readonly object _gate = new();
    private readonly Thread _thread;
    private readonly WriteSchedule _schedule;
    private readonly List<RunOutput> _outputs = [];
    private readonly List<RunOutput> _visited = [];
    private readonly Queue<RunOutput> _held = new();
    private Pass _next = new();
    private Pass _current = new();
    private State _state = State.Writing;
    private Exception? _fault;
    private bool _hasBegun;
    private bool _isIdle;
    private bool _hasMemoryToRelease;
    private Deadline? _lastWrites;

    public BackgroundWriter(PipelineOptions options, BatchPool pool, IFailureListener listener)
    {
        Options = options;
        Pool = pool;
        Listener = listener;
        _schedule = new WriteSchedule(options.FlushInterval);
        _thread = new Thread(Run) { IsBackground = true, Name = "TorchBoard writer" };
    }

    private enum State
    {
        Writing,

        /// <summary>No more runs can be added; the thread writes the remaining data.</summary>
        Closing,
        Ended,

        /// <summary>A bug ended the thread.</summary>
        Faulted,
    }

    public PipelineOptions Options { get; }

    public BatchPool Pool { get; }

    public IFailureListener Listener { get; }

    /// <summary>The number of runs that are not closed yet.</summary>
    public int OpenRuns
    {
        get
        {
            lock (_gate)
                return _outputs.Count;
        }
    }

    /// <summary>The number of times that the thread has visited a run; measures the cost of many runs.</summary>
    public long Visits { get; private set; }

    /// <summary>The number of times that the thread has looked for work; measures the cost of doing nothing.</summary>
    public long Passes { get; private set; }

    public void Start()
    {
        _thread.Start();
        OpenWriters.Add(this);
    }

    public void Add(RunOutput output)
    {
        bool isWrittenThrough;
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_state is State.Closing or State.Ended, Options.Owner);
            output.Index = _outputs.Count;
            _outputs.Add(output);
            isWrittenThrough = _lastWrites is not null;
        }

        if (isWrittenThrough)
            output.Queue.WriteThrough();
    }

    /// <summary>Notifies the thread that there is data, which must be written within the flush interval.</summary>
    public void BatchBegun()
    {
        lock (_gate)
        {
            _hasBegun = true;
            if (!_isIdle)
                return;

            // Without data, the thread sleeps until now.
            _isIdle = false;
            _schedule.Flushed();
            Monitor.Pulse(_gate);
        }
    }

    /// <summary>
    /// Makes every later append wait until it is written, for the given time in all: the process ends, and the thread
    /// with it.
    /// </summary>
    public void WriteThrough(TimeSpan timeout)
    {
        lock (_gate)
            _lastWrites ??= new Deadline(timeout);
        foreach (RunOutput output in Outputs())
            output.Queue.WriteThrough();
    }

    /// <summary>Waits until everything appended is written, if that is possible while the process ends.</summary>
    public void AwaitWritten()
    {
        if (Thread.CurrentThread != _thread)
            Task.WaitAny([FlushAsync()], _lastWrites?.Left ?? TimeSpan.Zero);
    }

    /// <summary>Notifies the thread that a run has a sealed batch or has ended.</summary>
    public void BatchReady(RunOutput output)
    {
        lock (_gate)
        {
            if (!output.IsReady)
                _next.Ready.Add(output);
            output.IsReady = true;
            Monitor.Pulse(_gate);
        }
    }

    /// <summary>
    /// Records that a run has an open file, on the thread that opened it. The one that has had its file for the longest
    /// time releases it if there are too many.
    /// </summary>
    public void Held(RunOutput output)
    {
        _held.Enqueue(output);
        if (_held.Count > MostOpenFiles)
            Release(_held.Dequeue());
    }

    /// <summary>Requests that unfinished batches be written, without waiting.</summary>
    public void RoomWanted()
    {
        lock (_gate)
        {
            _next.RoomWanted = true;
            Monitor.Pulse(_gate);
        }
    }

    /// <summary>
    /// Completes when everything appended before the call has been passed to the operating system; fails if that is not
    /// possible.
    /// </summary>
    public Task FlushAsync()
    {
        if (Thread.CurrentThread == _thread)
        {
            throw new InvalidOperationException(
                "Flush cannot be called from an event handler on the writer's own thread.");
        }

        lock (_gate)
        {
            if (_state == State.Faulted)
                return Task.FromException(Faulted(_fault!));
            if (_state == State.Ended)
                return Task.FromException(new ObjectDisposedException(Options.Owner.FullName));
            _next.Flush ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            Monitor.Pulse(_gate);
            return _next.Flush.Task;
        }
    }

    /// <summary>
    /// Writes the remaining data and ends the thread. Returns false if that takes longer than the given time; the
    /// thread then keeps trying in the background while the process runs.
    /// </summary>
    public bool Close(TimeSpan timeout)
    {
        lock (_gate)
        {
            if (_state == State.Writing)
                _state = State.Closing;
        }

        // The thread may write the last data only when nothing more can be appended.
        foreach (RunOutput output in Outputs())
            output.Queue.Close();

        lock (_gate)
        {
            _next.IsLast = true;
            Monitor.Pulse(_gate);
        }

        // A handler may dispose the writer; the thread then ends by itself.
        bool ended = Thread.CurrentThread == _thread || _thread.Join(timeout);
        if (_fault is not null)
            AbandonAll();
        OpenWriters.Remove(this);
        return ended;
    }

    private void Run()
    {
        Exception? abandoned = null;
        try
        {
            abandoned = WriteUntilClosed();
        }
        catch (Exception e)
        {
            // A bug: nothing may wait for this thread from now on.
            Fault(e);
        }

        foreach (RunOutput output in Outputs())
            Close(output);

        // A flush requested after the last pass: everything was written by then, or abandoned.
        lock (_gate)
        {
            if (_state != State.Faulted)
                _state = State.Ended;
        }

        _next.Complete(abandoned);
    }

    /// <summary>Returns the reason why data was abandoned; null if everything was written.</summary>
    private Exception? WriteUntilClosed()
    {
        Deadline? closing = null;
        while (true)
        {
            AwaitPass();
            Exception? failure = Write(_current);
            _current.Complete(failure);
            bool isLast = _current.IsLast;
            _current.Clear();
            if (!isLast)
                continue;

            closing ??= new Deadline(Options.CloseTimeout);
            if (failure is null || closing.Value.IsOver)
            {
                Abandon(failure);
                return failure;
            }

            lock (_gate)
                Monitor.Wait(_gate, Outage.RetryWhileClosing);
        }
    }

    private void AwaitPass()
    {
        lock (_gate)
        {
            if (_next.IsEmpty)
            {
                _isIdle = !_hasBegun && !_hasMemoryToRelease;
                Monitor.Wait(_gate, _isIdle ? _schedule.UntilRetry : _schedule.UntilNext);
                _isIdle = false;
            }

            (_current, _next) = (_next, _current);
            _next.IsLast = _current.IsLast;
            foreach (RunOutput output in _current.Ready)
                output.IsReady = false;
        }
    }

    private Exception? Write(Pass pass)
    {
        Passes++;
        bool all = pass.IsUrgent || pass.RoomWanted || _schedule.IsFlushDue;
        if (all)
        {
            _schedule.Flushed();
            lock (_gate)
            {
                _hasBegun = false;
                _visited.AddRange(_outputs);
            }
        }
        else
        {
            _visited.AddRange(pass.Ready);
        }

        foreach (RunOutput output in _visited)
            Visit(output, seal: all, pass.IsUrgent);
        _visited.Clear();
        for (int i = _schedule.Failing.Count - 1; i >= 0 && !pass.IsUrgent; i--)
        {
            if (_schedule.Failing[i].Outage.IsDue)
                Visit(_schedule.Failing[i], seal: false, isUrgent: false);
        }

        if (all)
            _hasMemoryToRelease = Pool.Trim();
        return _schedule.Failing.Count > 0 ? _schedule.Failing[0].Outage.Cause : null;
    }

    private void Visit(RunOutput output, bool seal, bool isUrgent)
    {
        Visits++;

        // Read first: data appended before a run ends is sealed here; otherwise a later pass must come back.
        bool ended = output.IsEnded;
        if (seal || ended)
            output.Queue.Seal();
        if (isUrgent || output.Outage.IsDue)
        {
            // An outage is over only when a sync succeeds.
            bool sync = isUrgent || ended || output.Outage.Cause is not null;
            Write(output, isUrgent, sync && Options.SyncToDisk);
        }

        if (ended && output.Outage.Cause is null)
            Remove(output);
    }

    private void Write(RunOutput output, bool isUrgent, bool sync)
    {
        Exception? failure = null;
        try
        {
            output.WriteSealed(isUrgent);
            if (sync)
                output.SyncToDisk();
        }
        catch (Exception e)
        {
            // Of any type: a storage reports failures by its own exceptions.
            failure = e;
        }

        if (failure is not null && output.Outage.Fail(failure))
        {
            _schedule.Retry(output);
            output.Queue.IsStalled = true;
            Listener.Failed(output.Path, failure, output.Queue.Dropped);
        }
        else if (failure is null && output.Outage.End())
        {
            _schedule.Recovered(output);
            output.Queue.IsStalled = false;
            Listener.Recovered(output.Path, output.Queue.Dropped);
        }
    }

    private void Remove(RunOutput output)
    {
        lock (_gate)
        {
            if (output.Index < 0)
                return;
            RunOutput last = _outputs[^1];
            _outputs[output.Index] = last;
            last.Index = output.Index;
            _outputs.RemoveAt(_outputs.Count - 1);
            output.Index = -1;
        }

        Close(output);
    }

    private void Release(RunOutput output)
    {
        try
        {
            output.Release();
        }
        catch (Exception e)
        {
            Listener.Failed(output.Path, e, output.Queue.Dropped);
        }
    }

    // An exception that leaves this thread would end the process.
    private void Close(RunOutput output)
    {
        try
        {
            output.Dispose();
        }
        catch (Exception e)
        {
            Listener.Failed(output.Path, e, output.Queue.Dropped);
        }
    }

    private void Abandon(Exception? failure)
    {
        if (failure is null)
            return;
        foreach (RunOutput output in Outputs())
        {
            output.Abandon();
            if (output.Queue.Dropped > 0)
                Listener.Failed(output.Path, failure, output.Queue.Dropped);
        }
    }

    private void Fault(Exception e)
    {
        lock (_gate)
        {
            _state = State.Faulted;
            _fault = e;
        }

        // Completes both the current flush and one that waits for its turn.
        Pool.Stalled = true;
        _current.Flush?.TrySetException(Faulted(e));
        _next.Flush?.TrySetException(Faulted(e));
        AbandonAll();
        foreach (RunOutput output in Outputs())
            Listener.Failed(output.Path, e, output.Queue.Dropped);
    }

    // Without a thread, nothing is written anymore: all data added before or later counts as lost.
    private void AbandonAll()
    {
        foreach (RunOutput output in Outputs())
        {
            output.Queue.Seal();
            output.Abandon();
        }
    }

    private RunOutput[] Outputs()
    {
        lock (_gate)
            return _outputs.ToArray();
    }

    private static InvalidOperationException Faulted(Exception e) =>
        new($"The writer's background thread ended because of an error: {e.Message}", e);
}
