using System.Runtime.CompilerServices;

namespace TorchBoard;

/// <summary>Options of a <see cref="SummaryWriter"/>. The defaults suit a training loop.</summary>
public sealed record SummaryWriterOptions
{
    // The longest time that a thread can wait, with a margin.
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(24);

    private static readonly TimeSpan ShortestUploadInterval = TimeSpan.FromMilliseconds(100);

    /// <summary>
    /// The maximum delay before added data is written without a call to <see cref="SummaryWriter.Flush"/>. Greater than
    /// zero and at most 24 days, or <see cref="Timeout.InfiniteTimeSpan"/> for no limit; one second by default. Less than a
    /// millisecond counts as a millisecond.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of range.</exception>
    public TimeSpan FlushInterval
    {
        get;
        init => field = IsWait(value) || value == Timeout.InfiniteTimeSpan
            ? value
            : throw NotAWait(value, "or Timeout.InfiniteTimeSpan");
    } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// The maximum number of bytes that are added but not yet written, of the writer and its sub-runs: 64 MiB by default,
    /// at least 1 MiB. A single value larger than half the limit may exceed it. If there are sub-runs or series, each run
    /// holds at most as much as is free, so that one that cannot be written leaves room for the others.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is less than 1 MiB.</exception>
    public long UnwrittenBytesLimit
    {
        get;
        init => field = value >= 1 << 20
            ? value
            : throw new ArgumentOutOfRangeException(
                nameof(UnwrittenBytesLimit), value, "The limit of unwritten bytes must be at least 1 MiB (1048576).");
    } = 64 << 20;

    /// <summary>
    /// What a call does when the limit is reached: wait for room (the default) or drop the data. While the storage
    /// fails, no call waits; data without room is dropped and counted.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not defined.</exception>
    public WhenFull WhenFull
    {
        get;
        init => field = Enum.IsDefined(value)
            ? value
            : throw new ArgumentOutOfRangeException(nameof(WhenFull), value, "WhenFull must be Wait or Drop.");
    } = WhenFull.Wait;

    /// <summary>
    /// The maximum time that one call waits under <see cref="WhenFull.Wait"/> before it drops the data: ten seconds by
    /// default, at most 24 days. After such a wait, no call waits again until some data is written.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is zero, negative or more than 24 days.</exception>
    public TimeSpan WaitLimit
    {
        get;
        init => field = IsWait(value) ? value : throw NotAWait(value);
    } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// The maximum time that <see cref="SummaryWriter.Flush"/> and <see cref="SummaryWriter.Dispose"/> wait for storage
    /// that fails or hangs: thirty seconds by default, at most 24 days.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is zero, negative or more than 24 days.</exception>
    public TimeSpan FlushTimeout
    {
        get;
        init => field = IsWait(value) ? value : throw NotAWait(value);
    } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Whether <see cref="SummaryWriter.Flush"/> and <see cref="SummaryWriter.Dispose"/> also wait until the data is on
    /// the disk, so that it survives a power failure. False by default: each call then takes tens of milliseconds.
    /// </summary>
    /// <remarks>
    /// On Linux, it calls fsync for the file and for the directories in which the file or a directory is new; on macOS,
    /// F_FULLFSYNC, which also empties the disk's cache; on Windows, FlushFileBuffers. If one fails, the call throws, and
    /// the data since the last success is read back and written to a new file, or counted in
    /// <see cref="SummaryWriter.DroppedEvents"/> if that is not possible.
    /// </remarks>
    public bool SyncToDisk { get; init; }

    /// <summary>
    /// The step at which a resumed run continues, or null (the default) for a new run. Earlier points in the same
    /// directory at this step or later no longer count: stock TensorBoard and <c>RunLog</c> omit them, for every tag
    /// and for each sub-run that is written again.
    /// </summary>
    public long? PurgeStep { get; init; }

    /// <summary>
    /// Whether anything is written; true by default. A disabled writer validates its arguments and does nothing else:
    /// it creates no directory, file or thread. In distributed training, for example: <c>Enabled = rank == 0</c>.
    /// </summary>
    public bool Enabled { get; init; } = true;

    /// <summary>Text at the end of the event file's name; empty by default.</summary>
    /// <exception cref="ArgumentException">The text has characters that are not valid in a file name.</exception>
    /// <exception cref="ArgumentNullException">The text is null.</exception>
    public string FileNameSuffix
    {
        get;
        init
        {
            ArgumentNullException.ThrowIfNull(value, nameof(FileNameSuffix));
            if (value.AsSpan().ContainsAny(Path.GetInvalidFileNameChars()))
            {
                throw new ArgumentException(
                    $"The suffix '{value}' has characters that are not valid in a file name.", nameof(FileNameSuffix));
            }

            field = value;
        }
    } = "";

    /// <summary>The clock of wall times; the system's by default.</summary>
    /// <exception cref="ArgumentNullException">The value is null.</exception>
    public TimeProvider TimeProvider
    {
        get;
        init => field = value ?? throw new ArgumentNullException(nameof(TimeProvider));
    } = TimeProvider.System;

    /// <summary>
    /// Called with each warning, a sentence, on any thread; null, the default, to write them to the standard error stream. A
    /// warning is about data that is probably not written as intended, such as a second run in a directory, or a failure
    /// that no handler of <see cref="SummaryWriter.WriteFailed"/> takes. Each kind of warning is given once for a writer and its sub-runs.
    /// </summary>
    public Action<string>? OnWarning { get; init; }

    /// <summary>
    /// The store that has the run, such as <c>new S3Storage()</c> for <c>s3://bucket/runs/digits</c>; null, the default,
    /// for a directory of the file system.
    /// </summary>
    /// <remarks>
    /// Added data is first written to <see cref="SpoolDirectory"/> on the local disk, which takes as long as writing to a
    /// directory. Another thread uploads it within <see cref="UploadInterval"/>, so that no call waits for the network. A
    /// failure of the store is reported once (<see cref="SummaryWriter.WriteFailed"/>), and the upload is retried. The next
    /// writer to the same bucket or container, or <see cref="RunSync"/>, uploads the data that remains when the program ends
    /// or is killed.
    /// </remarks>
    public RunStorage? Storage { get; init; }

    /// <summary>
    /// The time between two uploads of a run to a <see cref="Storage"/>, and so the most that is lost if the machine disappears.
    /// Thirty seconds by default; at least 100 ms and at most 24 days. Each upload of a run that has new data is one
    /// request.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of range.</exception>
    public TimeSpan UploadInterval
    {
        get;
        init => field = value >= ShortestUploadInterval && value <= LongestWait
            ? value
            : throw new ArgumentOutOfRangeException(
                nameof(UploadInterval), value, $"{nameof(UploadInterval)} must be at least 100 ms and at most 24 days.");
    } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// The directory of the local disk with data that is not uploaded yet, for all programs of the user; only for a
    /// <see cref="Storage"/>. Null, the default, for <c>TorchBoard/spool</c> in the user's directory for local data
    /// (<c>~/.local/share</c> on Linux, <c>%LOCALAPPDATA%</c> on Windows).
    /// </summary>
    /// <exception cref="ArgumentException">The value is empty or a URI.</exception>
    public string? SpoolDirectory
    {
        get;
        init
        {
            if (value is not null)
                RunStorage.Of(value, storage: null, nameof(SpoolDirectory));
            field = value;
        }
    }

    /// <summary>
    /// The maximum number of bytes of a writer that wait for the <see cref="Storage"/> on the local disk: 1 GiB by default,
    /// at least 1 MiB. At the limit, the writer behaves as if the disk were full: it reports this once, keeps further data in
    /// memory up to <see cref="UnwrittenBytesLimit"/>, and then drops and counts it; no call waits.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is less than 1 MiB.</exception>
    public long SpooledBytesLimit
    {
        get;
        init => field = value >= 1 << 20
            ? value
            : throw new ArgumentOutOfRangeException(
                nameof(SpooledBytesLimit), value, "The limit of spooled bytes must be at least 1 MiB (1048576).");
    } = 1 << 30;

    private static bool IsWait(TimeSpan value) => value > TimeSpan.Zero && value <= LongestWait;

    private static ArgumentOutOfRangeException NotAWait(
        TimeSpan value, string or = "", [CallerMemberName] string name = "") =>
        new(name, value, $"{name} must be greater than zero and at most 24 days{(or.Length > 0 ? ", " : "")}{or}.");
}
