using TorchBoard.Events;
using TorchBoard.Plugins;
using TorchBoard.Protos;
using TorchBoard.Writing;

namespace TorchBoard;

/// <summary>
/// Writes a run that TensorBoard shows. Each AddX method takes a tag, the data and a step and adds them to an event
/// file in the log directory.
/// </summary>
/// <remarks>
/// <para>
/// Thread-safe: any number of threads may share one writer. Any number of writers, in any number of processes, may
/// write to the same directory without harm, because each has its own file. TensorBoard draws them as one run, however,
/// and its Python reader omits what is added to the older files once a newer one has events.
/// </para>
/// <para>
/// AddX methods copy their data and return; a background thread encodes and writes it. They throw for invalid
/// arguments and after <see cref="Dispose"/>, never because of I/O errors. Added data is in the file within
/// <see cref="SummaryWriterOptions.FlushInterval"/>, immediately after <see cref="Flush"/>, and also when the process
/// exits or crashes with an unhandled exception without <see cref="Dispose"/>.
/// </para>
/// <para>
/// A tag is any non-empty text, except names that TensorBoard cannot show (<see cref="Tag.ThrowIfInvalid"/>; for
/// pictures, audio and graphs also quotation marks, backslashes and control characters). TensorBoard groups tags by the
/// part before the first slash (<c>loss/train</c>). Steps should increase within a tag.
/// </para>
/// <para>
/// A tag of a run has values of one kind: once AddScalar has used a tag, AddHistogram throws for it. TensorBoard would
/// answer with errors and lose the tag. A histogram also has the tag of its non-finite values, <c>tag/nonfinite</c>, and
/// a mesh the tags of its parts, <c>tag_VERTEX</c>, <c>tag_FACE</c> and <c>tag_COLOR</c>.
/// </para>
/// </remarks>
public sealed partial class SummaryWriter : IDisposable, IAsyncDisposable
{
    private readonly WriterSession _session;
    private readonly WriterRun _run;
    private readonly bool _isSubRun;
    private int _disposed;

    /// <summary>Opens a new event file in a directory, which is created if necessary.</summary>
    /// <param name="logDirectory">
    /// The run's directory, such as <c>runs/digits</c> or <c>~/runs/digits</c>; <c>~</c> is the home directory. With a
    /// <see cref="SummaryWriterOptions.Storage"/>, its place there, such as <c>s3://bucket/runs/digits</c>.
    /// </param>
    /// <exception cref="ArgumentException">
    /// The directory's name is null or empty, or not one of the storage: a URI such as <c>s3://…</c> needs one.
    /// </exception>
    /// <exception cref="IOException">The directory or the file cannot be created.</exception>
    /// <exception cref="UnauthorizedAccessException">Access to the directory is denied.</exception>
    public SummaryWriter(string logDirectory)
        : this(logDirectory, new SummaryWriterOptions())
    {
    }

    /// <inheritdoc cref="SummaryWriter(string)"/>
    /// <param name="logDirectory">The run's directory, such as <c>runs/digits</c>.</param>
    /// <param name="options">The writer's options.</param>
    public SummaryWriter(string logDirectory, SummaryWriterOptions options)
    {
        ArgumentException.ThrowIfNullOrEmpty(logDirectory);
        ArgumentNullException.ThrowIfNull(options);

        LogDirectory = logDirectory;
        var notices = new DataNotices(options.OnWarning);
        _session = new WriterSession(logDirectory, options, notices, new FailureReport(this, notices));
        try
        {
            _run = _session.Start(logDirectory, out string file);
            FilePath = file;
        }
        catch (Exception e) when (e is not ArgumentException)
        {
            throw CannotCreate(logDirectory, e);
        }
    }

    /// <summary>
    /// Raised once when a run cannot be written, on the writer's own thread. Added data is kept up to
    /// <see cref="SummaryWriterOptions.UnwrittenBytesLimit"/> and retried until it is written. Without a handler, the
    /// failure is a warning (<see cref="SummaryWriterOptions.OnWarning"/>).
    /// </summary>
    public event EventHandler<WriteFailedEventArgs>? WriteFailed;

    /// <summary>
    /// Raised once when a failed run can be written again, on the writer's own thread. Without a handler, it is
    /// a warning (<see cref="SummaryWriterOptions.OnWarning"/>).
    /// </summary>
    public event EventHandler<WriteRecoveredEventArgs>? WriteRecovered;

    /// <summary>The run's directory, as passed to the constructor.</summary>
    public string LogDirectory { get; }

    /// <summary>
    /// The full path of the run's event file, or of the first of its objects in a store, which is named differently if the
    /// store has a later name already. Empty for a sub-run, whose file is created with its first event, and if
    /// <see cref="SummaryWriterOptions.Enabled"/> is false.
    /// </summary>
    public string FilePath { get; }

    /// <summary>
    /// The number of events of this run, including its AddScalars series, that were dropped because the limit of
    /// unwritten bytes was reached or the storage failed. Sub-runs count their own. Normally 0.
    /// </summary>
    public long DroppedEvents => _run.Dropped;

    internal WriterSession Session => _session;

    /// <summary>
    /// Waits until everything added before has been passed to the operating system; with a
    /// <see cref="SummaryWriterOptions.Storage"/>, to the spool on the local disk (see <see cref="FlushToStorageAsync"/>).
    /// </summary>
    /// <exception cref="IOException">The data could not be written; it is kept and retried.</exception>
    /// <exception cref="TimeoutException">
    /// The storage took longer than <see cref="SummaryWriterOptions.FlushTimeout"/>.
    /// </exception>
    /// <exception cref="ObjectDisposedException">The writer is disposed.</exception>
    public void Flush()
    {
        ObjectDisposedException.ThrowIf(Volatile.Read(ref _disposed) != 0, this);

        Await(_session.FlushAsync(), CancellationToken.None);
    }

    /// <inheritdoc cref="Flush"/>
    /// <param name="cancellationToken">Cancels the wait, not the writing.</param>
    /// <exception cref="OperationCanceledException">The wait was canceled.</exception>
    public Task FlushAsync(CancellationToken cancellationToken = default)
    {
        ObjectDisposedException.ThrowIf(Volatile.Read(ref _disposed) != 0, this);
        Task flush = _session.FlushAsync();
        return flush.IsCompleted ? flush : OwnThread.Run(() => Await(flush, cancellationToken));
    }

    /// <summary>
    /// Waits until everything added before is in the <see cref="SummaryWriterOptions.Storage"/>; without one, the same as
    /// <see cref="FlushAsync"/>.
    /// </summary>
    /// <param name="cancellationToken">Cancels the wait, not the upload.</param>
    /// <exception cref="IOException">The data could not be written or uploaded; it is kept and retried.</exception>
    /// <exception cref="TimeoutException">
    /// It took longer than <see cref="SummaryWriterOptions.FlushTimeout"/>.
    /// </exception>
    /// <exception cref="OperationCanceledException">The wait was canceled.</exception>
    /// <exception cref="ObjectDisposedException">The writer is disposed.</exception>
    public Task FlushToStorageAsync(CancellationToken cancellationToken = default)
    {
        ObjectDisposedException.ThrowIf(Volatile.Read(ref _disposed) != 0, this);
        return OwnThread.Run(() =>
        {
            Await(_session.FlushAsync(), cancellationToken);
            Await(_session.UploadAsync(), cancellationToken);
        });
    }

    /// <summary>
    /// Writes everything added and closes the file. Waits for at most <see cref="SummaryWriterOptions.FlushTimeout"/>
    /// and does not throw: <see cref="WriteFailed"/> reports data that could not be written. Any later AddX throws
    /// <see cref="ObjectDisposedException"/>. With a <see cref="SummaryWriterOptions.Storage"/>, it also uploads everything;
    /// what is not uploaded within the same time again, or at the first attempt if the store failed before, stays in the
    /// spool for the next writer, which <see cref="WriteFailed"/> reports, too.
    /// </summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
            return;
        if (_run.HasTrial)
            EndHyperparametersWhenDisposed();
        if (_recorders is not null)
            EndRecordings();
        _run.End();
        if (!_isSubRun)
            _session.Close(FilePath, _run);
    }

    /// <inheritdoc cref="Dispose"/>
    /// <returns>A task that completes when the file is closed.</returns>
    public ValueTask DisposeAsync() => new(OwnThread.Run(Dispose));

    // Completed directly by the writing thread rather than through a timer and the thread pool.
    private void Await(Task flush, CancellationToken cancellationToken)
    {
        if (Task.WaitAny([flush], (int)_session.Options.FlushTimeout.TotalMilliseconds, cancellationToken) < 0)
        {
            throw new TimeoutException(
                $"'{LogDirectory}' did not accept the added data within {_session.Options.FlushTimeout}.");
        }

        flush.GetAwaiter().GetResult();
    }

    /// <summary>Raises <see cref="WriteFailed"/>; returns false if there is no handler.</summary>
    internal bool OnWriteFailed(WriteFailedEventArgs e)
    {
        WriteFailed?.Invoke(this, e);
        return WriteFailed is not null;
    }

    /// <summary>Raises <see cref="WriteRecovered"/>; returns false if there is no handler.</summary>
    internal bool OnWriteRecovered(WriteRecoveredEventArgs e)
    {
        WriteRecovered?.Invoke(this, e);
        return WriteRecovered is not null;
    }

    private static IOException CannotCreate(string logDirectory, Exception e) => new(
        $"Cannot create an event file in the log directory '{logDirectory}': {e.Message} "
        + "Use a directory that exists or can be created, and in which files can be created.",
        e);

    private double WallTimeOr(DateTimeOffset? given) =>
        given is { } time ? WallTime.Seconds(time) : _session.Clock.Now();

    /// <summary>Assigns a tag to a kind of values; called last, so that a failed call has no effect.</summary>
    private void Claim(string tag, Plugin plugin)
    {
        if (plugin.NamesBlobs)
            Tag.ThrowIfNotBlobName(tag, nameof(tag));
        _run.Kinds.Claim(tag, plugin);
    }

    private void Append(Func<Summary> build, long size, long step, DateTimeOffset? wallTime) =>
        _run.Append(build, size, step, WallTimeOr(wallTime));
}
