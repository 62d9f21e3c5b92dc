using TorchBoard.Events;
using TorchBoard.Protos;
using TorchBoard.Writing;

namespace TorchBoard;

/// <summary>
/// Writes a run that TensorBoard shows: each AddX takes a tag, the data and a step, and puts them into an event
/// file in the log directory.
/// </summary>
/// <remarks>
/// <para>
/// Thread-safe: one writer may be shared by any number of threads. Any number of writers, in any number of
/// processes, may write to one directory; each has a file of its own.
/// </para>
/// <para>
/// An AddX copies what it is given and returns; one background thread encodes and writes. It throws for
/// arguments that make no sense and after <see cref="Dispose"/>, never because of the disk. What was added is in
/// the file within <see cref="SummaryWriterOptions.FlushInterval"/>, at once after <see cref="Flush"/>, and also
/// when the process exits or dies of an unhandled exception without <see cref="Dispose"/>.
/// </para>
/// <para>
/// Tags are any non-empty text; TensorBoard groups them by what stands before the first slash
/// (<c>loss/train</c>). Steps should increase within a tag.
/// </para>
/// </remarks>
public sealed partial class SummaryWriter : IDisposable, IAsyncDisposable
{
    private readonly WriterSession _session;
    private readonly WriterRun _run;
    private readonly bool _isSubRun;
    private int _disposed;

    /// <summary>Opens a new event file in a directory, which is created where it is missing.</summary>
    /// <param name="logDirectory">The run's directory, such as <c>runs/digits</c>.</param>
    /// <exception cref="ArgumentException">The directory's name is null or empty.</exception>
    /// <exception cref="IOException">The directory or the file cannot be made.</exception>
    /// <exception cref="UnauthorizedAccessException">They may not be made.</exception>
    public SummaryWriter(string logDirectory)
        : this(logDirectory, SummaryWriterOptions.Default)
    {
    }

    /// <inheritdoc cref="SummaryWriter(string)"/>
    /// <param name="logDirectory">The run's directory, such as <c>runs/digits</c>.</param>
    /// <param name="options">How to write.</param>
    public SummaryWriter(string logDirectory, SummaryWriterOptions options)
    {
        ArgumentException.ThrowIfNullOrEmpty(logDirectory);
        ArgumentNullException.ThrowIfNull(options);

        LogDirectory = logDirectory;
        _session = new WriterSession(logDirectory, options, new FailureReport(this));
        try
        {
            _run = _session.Start(logDirectory, out string file);
            FilePath = file;
        }
        catch (Exception e) when (e is not ArgumentException)
        {
            throw new IOException(
                $"No event file can be made in the log directory '{logDirectory}': {e.Message} "
                + "Give a directory that exists or can be created, and in which files may be created.",
                e);
        }
    }

    /// <summary>
    /// Raised once when a run cannot be written, on the writer's own thread. What was added is kept up to
    /// <see cref="SummaryWriterOptions.UnwrittenBytesLimit"/> and tried again until it succeeds. Without a handler,
    /// a line goes to standard error.
    /// </summary>
    public event EventHandler<WriteFailedEventArgs>? WriteFailed;

    /// <summary>
    /// Raised once when a run that could not be written can be written again, on the writer's own thread. Without
    /// a handler, a line goes to standard error.
    /// </summary>
    public event EventHandler<WriteRecoveredEventArgs>? WriteRecovered;

    /// <summary>The run's directory, as it was given.</summary>
    public string LogDirectory { get; }

    /// <summary>
    /// The full path of the run's event file; empty for a sub-run, whose file is opened with its first event, and
    /// where <see cref="SummaryWriterOptions.Enabled"/> is off.
    /// </summary>
    public string FilePath { get; }

    /// <summary>
    /// How many events of this run, and of its series by AddScalars, were lost because no room or no working disk was
    /// left for them; a sub-run counts its own. 0 is the rule.
    /// </summary>
    public long DroppedEvents => _run.Dropped;

    internal WriterSession Session => _session;

    /// <summary>Returns when everything that was added before has been given to the operating system.</summary>
    /// <exception cref="IOException">It could not be written; it is kept and tried again.</exception>
    /// <exception cref="TimeoutException">
    /// The storage took longer than <see cref="SummaryWriterOptions.FlushTimeout"/>.
    /// </exception>
    /// <exception cref="ObjectDisposedException">The writer is disposed.</exception>
    public void Flush()
    {
        ObjectDisposedException.ThrowIf(Volatile.Read(ref _disposed) != 0, this);

        // Woken by the writing thread itself, rather than by way of a timer and the thread pool.
        Task flush = _session.FlushAsync();
        if (Task.WaitAny([flush], _session.Options.FlushTimeout) < 0)
            throw new TimeoutException($"'{LogDirectory}' did not take what was logged within {_session.Options.FlushTimeout}.");
        flush.GetAwaiter().GetResult();
    }

    /// <inheritdoc cref="Flush"/>
    /// <param name="cancellationToken">Ends the waiting, not the writing.</param>
    /// <exception cref="OperationCanceledException">The waiting was canceled.</exception>
    public Task FlushAsync(CancellationToken cancellationToken = default)
    {
        ObjectDisposedException.ThrowIf(Volatile.Read(ref _disposed) != 0, this);
        return _session.FlushAsync().WaitAsync(_session.Options.FlushTimeout, cancellationToken);
    }

    /// <summary>
    /// Writes what was added and closes the file. It waits for at most
    /// <see cref="SummaryWriterOptions.FlushTimeout"/> and does not throw: where something could not be written,
    /// <see cref="WriteFailed"/> says so. Any later AddX throws <see cref="ObjectDisposedException"/>.
    /// </summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
            return;
        EndHyperparametersWhenDisposed();
        _run.End();
        if (!_isSubRun)
            _session.Close(FilePath, _run);
    }

    /// <inheritdoc cref="Dispose"/>
    /// <returns>A task that completes when the file is closed.</returns>
    public ValueTask DisposeAsync() => new(Task.Run(Dispose));

    /// <summary>Raises <see cref="WriteFailed"/>; false where nobody listens.</summary>
    internal bool OnWriteFailed(WriteFailedEventArgs e)
    {
        WriteFailed?.Invoke(this, e);
        return WriteFailed is not null;
    }

    /// <summary>Raises <see cref="WriteRecovered"/>; false where nobody listens.</summary>
    internal bool OnWriteRecovered(WriteRecoveredEventArgs e)
    {
        WriteRecovered?.Invoke(this, e);
        return WriteRecovered is not null;
    }

    private double WallTimeOr(DateTimeOffset? given) =>
        given is { } time ? WallTime.Seconds(time) : _session.Clock.Now();

    private void Append(Func<Summary> build, long size, long step, DateTimeOffset? wallTime) =>
        _run.Append(build, size, step, WallTimeOr(wallTime));
}
