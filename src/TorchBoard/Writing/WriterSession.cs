using TorchBoard.Events;
using TorchBoard.Pipeline;
using TorchBoard.Storage;

namespace TorchBoard.Writing;

/// <summary>
/// The state shared by a writer and its sub-runs: options, clock, memory for unwritten data and the writing thread.
/// Opens and ends runs; ends with the writer that created it.
/// </summary>
internal sealed class WriterSession
{
    public readonly SummaryWriterOptions Options;

    /// <summary>Where the runs are stored.</summary>
    public readonly RunStorage Storage;

    public readonly EventClock Clock;

    public readonly DataNotices Notices;

    /// <summary>The limit of unwritten data, and memory within it.</summary>
    public readonly BatchPool Memory;

    private readonly BackgroundWriter? _background;
    private readonly IFailureListener _failures;

    // Null for directories. Their programs never load this class, nor the code of the types that it uses.
    private readonly StoredRuns? _stored;

    /// <summary>
    /// Creates a session; if <see cref="SummaryWriterOptions.Enabled"/> is false, one that writes nothing.
    /// </summary>
    public WriterSession(string logDirectory, SummaryWriterOptions options, DataNotices notices, IFailureListener failures)
    {
        Notices = notices;
        Options = options;
        Storage = RunStorage.Of(logDirectory, options.Storage);
        Clock = new EventClock(options.TimeProvider);
        Memory = new BatchPool(options.UnwrittenBytesLimit);
        _failures = failures;
        if (!options.Enabled)
            return;
        if (options.Storage is not null)
            Storage = Spooled(logDirectory, out _stored);

        TimeSpan patience = options.WhenFull == WhenFull.Wait ? options.WaitLimit : TimeSpan.Zero;
        _background = new BackgroundWriter(
            new PipelineOptions(
                options.FlushInterval, options.FlushTimeout, options.SyncToDisk, patience, typeof(SummaryWriter)),
            Memory,
            failures);
    }

    /// <summary>Whether anything is written.</summary>
    public bool IsWritten => _background is not null;

    /// <inheritdoc cref="BackgroundWriter.OpenRuns"/>
    public int OpenRuns => _background?.OpenRuns ?? 0;

    /// <inheritdoc cref="BackgroundWriter.Visits"/>
    public long Visits => _background?.Visits ?? 0;

    /// <inheritdoc cref="BackgroundWriter.Passes"/>
    public long Passes => _background?.Passes ?? 0;

    /// <summary>Opens the first run and its file and starts writing.</summary>
    /// <param name="path">The run's path.</param>
    /// <param name="file">The path of the event file; empty if nothing is written.</param>
    /// <exception cref="Exception">The file cannot be created.</exception>
    public WriterRun Start(string path, out string file)
    {
        file = "";

        // Resolved once, because the current directory of the process may change.
        path = Storage.FullPath(path);
        if (_background is null)
            return OpenWriterRun(path);

        RunOutput output = MakeOutput(path, _background);
        try
        {
            file = output.Open().Path;
        }
        catch
        {
            _stored?.Dispose();
            throw;
        }

        if (output.HasOthers && Options.PurgeStep is null)
            Notices.SharedDirectory(path);
        _background.Add(output);
        _background.Start();
        _stored?.Start();
        return new WriterRun(this, path, output.Queue, output);
    }

    /// <summary>Opens a run for another writer; its file is created with the first event.</summary>
    /// <exception cref="ObjectDisposedException">The session has ended.</exception>
    public WriterRun OpenWriterRun(string path)
    {
        RunOutput? output = Open(path);
        return new WriterRun(this, path, output?.Queue ?? RunQueue.OfNothing(typeof(SummaryWriter)), output);
    }

    /// <summary>Opens a run without a writer of its own, such as a series of AddScalars.</summary>
    /// <exception cref="ObjectDisposedException">The session has ended.</exception>
    public RunHandle OpenRun(string path)
    {
        RunOutput? output = Open(path);
        return new RunHandle(path, output?.Queue ?? RunQueue.OfNothing(typeof(SummaryWriter)), output);
    }

    /// <summary>Opens an output for files beside the event files of a run; it has no event file itself.</summary>
    /// <exception cref="ObjectDisposedException">The session has ended.</exception>
    public RunHandle OpenFiles(string path)
    {
        if (_background is null)
            return new RunHandle(path, RunQueue.OfNothing(typeof(SummaryWriter)), output: null);
        var output = new RunOutput(path, _background, () => new NoEventFile(path), _ => []);
        _background.Add(output);
        return new RunHandle(path, output.Queue, output);
    }

    /// <summary>Completes when everything added before, to any run, has been passed to the storage.</summary>
    public Task FlushAsync() => _background?.FlushAsync() ?? Task.CompletedTask;

    /// <summary>Completes when everything that was passed to the storage before is where others see it.</summary>
    public Task UploadAsync() => _stored?.FlushAsync() ?? Task.CompletedTask;

    /// <summary>Ends all runs and waits until they are written; reports a failure if that takes too long.</summary>
    /// <param name="file">The path to report.</param>
    /// <param name="run">The run whose lost events are reported.</param>
    public void Close(string file, RunHandle run)
    {
        TimeSpan timeout = Options.FlushTimeout;
        bool hangs = _background?.Close(timeout + TimeSpan.FromSeconds(1)) == false;
        if (hangs)
            Hangs(timeout, file, run);
        _stored?.Close(timeout, file, run);

        // As long as something may still be written to the spool, nobody else may take it over.
        if (!hangs)
            _stored?.Dispose();
    }

    private RunStorage Spooled(string logDirectory, out StoredRuns? stored)
    {
        stored = Storage is ObjectStorage store ? new StoredRuns(logDirectory, store, Options, Clock, Notices, _failures) : null;
        return stored?.Storage ?? Storage;
    }

    private void Hangs(TimeSpan timeout, string file, RunHandle run) => _failures.Failed(
        file,
        new TimeoutException($"The storage did not respond within {timeout}; the end of the run may be missing."),
        run.Dropped);

    private RunOutput? Open(string path)
    {
        if (_background is null)
            return null;
        RunOutput output = MakeOutput(path, _background);
        _background.Add(output);
        return output;
    }

    private RunOutput MakeOutput(string path, BackgroundWriter background) => new(
        path,
        background,
        () => Storage.CreateEventFile(path, Options.TimeProvider.GetUtcNow(), Options.FileNameSuffix),
        isFirst => EventRecord.Opening(Clock.ExactNow(), isFirst ? Options.PurgeStep : null));
}
