using System.Diagnostics;

namespace TorchBoard.Uploading;

/// <summary>
/// Uploads the files of a spool on a thread of its own, at intervals and on request. A failure is reported once until
/// everything is uploaded again; in the meantime, attempts become less frequent.
/// </summary>
/// <param name="interval">The time between two uploads of a run.</param>
/// <param name="takeLeft">Returns what processes left in spools for the same place; called once.</param>
/// <param name="failed">Receives the path and the cause of an outage, or of a loss.</param>
/// <param name="recovered">Receives the path of an outage that ended.</param>
internal sealed class Uploader(
    TimeSpan interval, Func<List<LeftSpool>> takeLeft, Action<string, Exception> failed, Action<string> recovered)
{
    /// <summary>The number of failures in a row after which the store counts as unreachable.</summary>
    private const int MostFailures = 3;

    private static readonly TimeSpan FirstDelay = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestDelay = TimeSpan.FromMinutes(1);

    /// <summary>The time for the last uploads of a program that ends without closing its writers.</summary>
    private static readonly TimeSpan LastUploadTimeout = TimeSpan.FromSeconds(3);

    private readonly object _gate = new();
    private readonly List<RunUpload> _runs = [];
    private readonly List<SpooledUpload> _files = [];
    private CancellationToken _stopping;
    private Action? _stop;
    private List<LeftSpool>? _left;
    private Thread? _thread;
    private TaskCompletionSource? _flush;
    private TimeSpan _delay = TimeSpan.Zero;
    private string? _failing;
    private int _first;
    private bool _isClosing;
    private bool _isStopped;

    /// <summary>
    /// Starts the thread. The first upload is made soon, so that a wrong address is reported early, but not before the program
    /// can have added its handlers.
    /// </summary>
    public void Start()
    {
        _thread = new Thread(Run) { IsBackground = true, Name = "TorchBoard uploader" };
        _thread.Start();
        AppDomain.CurrentDomain.ProcessExit += UploadAtExit;
    }

    public void Add(SpooledEventFile run)
    {
        lock (_gate)
            _runs.Add(new RunUpload(run));
    }

    public void Add(SpooledUpload file)
    {
        lock (_gate)
            _files.Add(file);
    }

    /// <summary>Completes when everything that is in the spool now is in the store; fails if an upload fails.</summary>
    public Task FlushAsync()
    {
        lock (_gate)
        {
            if (Thread.CurrentThread == _thread)
            {
                throw new InvalidOperationException(
                    "The upload cannot be awaited in an event handler on the uploading thread.");
            }

            if (_isStopped)
                return Task.FromException(new ObjectDisposedException(nameof(SummaryWriter)));
            _flush ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            Monitor.Pulse(_gate);
            return _flush.Task;
        }
    }

    /// <summary>
    /// Uploads everything and ends the thread. Returns the reason why something is left in the spool after the given time;
    /// null if nothing is.
    /// </summary>
    public Exception? Close(TimeSpan timeout)
    {
        AppDomain.CurrentDomain.ProcessExit -= UploadAtExit;
        bool isHandler = Thread.CurrentThread == _thread;
        Exception? failure = isHandler
            ? new InvalidOperationException("The writer was disposed by a handler of one of its events.")
            : UploadUntil(timeout);
        lock (_gate)
        {
            _isClosing = true;
            _stop?.Invoke();
            Monitor.Pulse(_gate);
        }

        if (!isHandler)
            _thread?.Join(LastUploadTimeout);
        lock (_gate)
        {
            _isStopped = true;
            foreach (LeftSpool left in _left ?? [])
                left.Dispose();
            return failure;
        }
    }

    // During an outage, one attempt is enough: what is left is uploaded by another writer.
    private Exception? UploadUntil(TimeSpan timeout)
    {
        long start = Stopwatch.GetTimestamp();
        bool isOutage = Volatile.Read(ref _failing) is not null;
        while (true)
        {
            TimeSpan left = timeout - Stopwatch.GetElapsedTime(start);
            Task flush = FlushAsync();
            if (left <= TimeSpan.Zero || Task.WaitAny([flush], left) < 0)
                return new TimeoutException($"The upload was not finished within {timeout}.");
            if (flush.IsCompletedSuccessfully)
                return null;
            if (isOutage)
                return flush.Exception!.InnerException!.InnerException ?? flush.Exception.InnerException;
            lock (_gate)
                Monitor.Wait(_gate, FirstDelay);
        }
    }

    /// <summary>Makes the uploads that are due, or all. Returns the first failure.</summary>
    public Exception? Upload(bool all)
    {
        Exception? failure = UploadLeft();
        int failures = failure is null ? 0 : 1;
        List<RunUpload> runs;
        List<SpooledUpload> files;
        lock (_gate)
        {
            _runs.RemoveAll(upload => upload.Run.IsDone);
            runs = _runs.FindAll(upload => upload.Run.IsWaiting && (all || upload.IsDue(interval)));
            files = [.. _files];
        }

        for (int i = 0; i < runs.Count && failures < MostFailures && !_stopping.IsCancellationRequested; i++)
        {
            // Others first, where the last pass ended.
            RunUpload upload = runs[(i + _first) % runs.Count];
            Try(upload.Run.Path, () => upload.MakeAsync(Told, _stopping));
        }

        _first = failures >= MostFailures ? _first + MostFailures : 0;
        var waiting = new HashSet<ObjectPath>();
        foreach (SpooledUpload file in files)
        {
            if (failures >= MostFailures || _stopping.IsCancellationRequested)
                break;

            // A later file of the same name must not be replaced by an earlier one.
            if (waiting.Contains(file.Target))
                continue;
            if (Try(file.Path, () => file.UploadAsync(_stopping)))
            {
                lock (_gate)
                    _files.Remove(file);
            }
            else
            {
                waiting.Add(file.Target);
            }
        }

        if (_stopping.IsCancellationRequested)
            failure ??= new OperationCanceledException("The writer was closed.");
        End(failure);
        return failure;

        bool Try(string path, Func<Task> upload)
        {
            try
            {
                upload().GetAwaiter().GetResult();
                failures = 0;
                return true;
            }
            catch (Exception e) when (!_stopping.IsCancellationRequested)
            {
                // Of any type: a store reports failures by its own exceptions.
                Fail(path, e);
                failures++;
                failure ??= e;
                return false;
            }
            catch (Exception)
            {
                return false;
            }
        }
    }

    private Exception? UploadLeft()
    {
        try
        {
            _left ??= takeLeft();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }

        for (int i = _left.Count - 1; i >= 0; i--)
        {
            try
            {
                _left[i].UploadAsync(Told, _stopping).GetAwaiter().GetResult();
            }
            catch (Exception e)
            {
                if (!_stopping.IsCancellationRequested)
                    Fail(_left[i].Path, e);
                return e;
            }

            _left[i].Dispose();
            _left.RemoveAt(i);
        }

        return null;
    }

    private void Run()
    {
        using var stop = new CancellationTokenSource();
        lock (_gate)
        {
            (_stopping, _stop) = (stop.Token, stop.Cancel);
            if (_flush is null && !_isClosing)
                Monitor.Wait(_gate, interval < FirstDelay ? interval : FirstDelay);
        }

        while (true)
        {
            TaskCompletionSource? flush;
            lock (_gate)
                (flush, _flush) = (_flush, null);
            Exception? failure = UploadSafely(all: flush is not null);
            if (failure is null)
                flush?.TrySetResult();
            else
                flush?.TrySetException(new IOException($"The added data could not be uploaded: {failure.Message}", failure));

            lock (_gate)
            {
                if (_isClosing && _flush is null)
                {
                    _stop = null;
                    return;
                }

                if (_flush is null)
                    Monitor.Wait(_gate, Wait());
            }
        }
    }

    // An exception that leaves this thread would end the process.
    private Exception? UploadSafely(bool all)
    {
        try
        {
            return Upload(all);
        }
        catch (Exception e)
        {
            failed("", e);
            return e;
        }
    }

    private TimeSpan Wait() => _delay > TimeSpan.Zero && _delay < interval ? _delay : interval;

    private void Fail(string path, Exception cause)
    {
        if (_failing is not null)
            return;
        _failing = path;
        failed(path, cause);
    }

    private void End(Exception? failure)
    {
        if (failure is null)
        {
            _delay = TimeSpan.Zero;
            if (_failing is { } path)
                recovered(path);
            _failing = null;
            return;
        }

        _delay = _delay == TimeSpan.Zero ? FirstDelay : TimeSpan.FromTicks(Math.Min(_delay.Ticks * 2, LongestDelay.Ticks));
    }

    private void Told(string path, Exception cause) => failed(path, cause);

    private void UploadAtExit(object? sender, EventArgs e)
    {
        try
        {
            FlushAsync().Wait(LastUploadTimeout);
        }
        catch (AggregateException)
        {
            // It stays in the spool.
        }
    }

    /// <summary>The uploads of one run.</summary>
    private sealed class RunUpload(SpooledEventFile run)
    {
        private long _made;
        private bool _hasFailed;

        public SpooledEventFile Run => run;

        public bool IsDue(TimeSpan interval) => _made == 0 || _hasFailed || Stopwatch.GetElapsedTime(_made) >= interval;

        public async Task MakeAsync(Action<string, Exception> told, CancellationToken cancellationToken)
        {
            _hasFailed = true;
            long start = Stopwatch.GetTimestamp();
            await run.UploadAsync(told, cancellationToken).ConfigureAwait(false);
            (_made, _hasFailed) = (start, false);
        }
    }
}
