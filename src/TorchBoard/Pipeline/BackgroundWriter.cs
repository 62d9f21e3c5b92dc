namespace TorchBoard.Pipeline;

/// <summary>
/// The background thread of a writer. It writes the batches of every run when they are full, when the flush interval
/// has elapsed and when a flush is requested.
/// </summary>
internal sealed partial class BackgroundWriter
{
    public readonly PipelineOptions Options;
    public readonly BatchPool Pool;
    public readonly IFailureListener Listener;
    public readonly OpenFiles OpenFiles;

    private readonly object _gate = new();
    private readonly Thread _thread;
    private readonly WriteSchedule _schedule;
    private readonly List<RunOutput> _outputs = [];
    private readonly List<RunOutput> _visited = [];
    private Pass _next = new();
    private Pass _current = new();
    private State _state = State.Writing;
    private Exception? _fault;
    private bool _hasBegun;
    private bool _isIdle;
    private bool _hasMemoryToRelease;
    private Deadline? _lastWrites;
    private long _visits;
    private long _passes;

    public BackgroundWriter(PipelineOptions options, BatchPool pool, IFailureListener listener)
    {
        Options = options;
        Pool = pool;
        Listener = listener;
        OpenFiles = new OpenFiles(listener);
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
    public long Visits => _visits;

    /// <summary>The number of times that the thread has looked for work; measures the cost of doing nothing.</summary>
    public long Passes => _passes;

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

    private RunOutput[] Outputs()
    {
        lock (_gate)
            return _outputs.ToArray();
    }

    private static InvalidOperationException Faulted(Exception e) =>
        new($"The writer's background thread ended because of an error: {e.Message}", e);
}
