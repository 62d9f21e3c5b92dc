using TorchBoard.Events;
using TorchBoard.Pipeline;
using TorchBoard.Storage;
using TorchBoard.Uploading;

namespace TorchBoard.Writing;

/// <summary>What a session needs for runs in an object store: a spool on the local disk and the thread that uploads it.</summary>
internal sealed class StoredRuns : IDisposable
{
    private readonly IFailureListener _failures;
    private readonly Spool _spool;
    private readonly Uploader _uploader;

    /// <exception cref="IOException">The spool cannot be created.</exception>
    public StoredRuns(
        string logDirectory, ObjectStorage store, SummaryWriterOptions options, EventClock clock, DataNotices notices,
        IFailureListener failures)
    {
        _failures = failures;
        string container = ObjectPath.Split(store.FullPath(logDirectory)).Container;
        string root = Spool.RootOf(options.SpoolDirectory);
        _spool = Spool.Create(root, store, container, options.SpooledBytesLimit);
        _uploader = new Uploader(
            options.UploadInterval,
            () => LeftSpool.Take(root, store, container, Opening, options.TimeProvider.GetUtcNow),
            (path, cause) => failures.Failed(path, cause, dropped: 0),
            path => failures.Recovered(path, dropped: 0));
        Storage = new SpooledStorage(
            store, _spool, _uploader, Opening, options.TimeProvider.GetUtcNow,
            options.PurgeStep is null ? notices.SharedDirectory : null);

        byte[] Opening() => EventRecord.Opening(clock.ExactNow(), purgeStep: null);
    }

    /// <summary>The storage of the runs, which writes to the spool.</summary>
    public SpooledStorage Storage { get; }

    /// <summary>Starts uploading.</summary>
    public void Start() => _uploader.Start();

    /// <summary>Completes when everything that was written to the spool before is in the store.</summary>
    public Task FlushAsync() => _uploader.FlushAsync();

    /// <summary>Uploads everything and ends; reports a failure if that takes too long.</summary>
    /// <param name="timeout">The longest time to wait.</param>
    /// <param name="file">The path to report.</param>
    /// <param name="run">The run whose lost events are reported.</param>
    public void Close(TimeSpan timeout, string file, RunHandle run)
    {
        if (_uploader.Close(timeout) is not { } failure)
            return;
        _failures.Failed(
            file,
            new IOException(
                $"{failure.Message} {EventFileName.Digits(_spool.Bytes)} bytes stay in the spool '{_spool.Directory}'; "
                + "the next writer to the same bucket or container uploads them, or 'torchboard sync'.",
                failure),
            run.Dropped);
    }

    /// <summary>Lets others take over what is left in the spool.</summary>
    public void Dispose() => _spool.Dispose();
}
