using TorchBoard.Storage;

namespace TorchBoard;

/// <summary>How a <see cref="SummaryWriter"/> writes. The defaults suit a training loop.</summary>
public sealed record SummaryWriterOptions
{
    // The longest time that a thread can be told to wait, with a margin.
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(24);

    internal static SummaryWriterOptions Default { get; } = new();

    /// <summary>
    /// After how long what was added is given to the operating system without a call to
    /// <see cref="SummaryWriter.Flush"/>. Greater than zero and at most 24 days, or
    /// <see cref="Timeout.InfiniteTimeSpan"/> for never; one second by default.
    /// </summary>
    public TimeSpan FlushInterval
    {
        get;
        init => field = IsWait(value) || value == Timeout.InfiniteTimeSpan ? value : throw NoWait(value);
    } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// The bound on bytes that were added but are not yet written: 64 MiB by default, at least 1 MiB. A single
    /// value of more than half the bound may exceed it.
    /// </summary>
    public long UnwrittenBytesLimit
    {
        get;
        init => field = value >= 1 << 20
            ? value
            : throw new ArgumentOutOfRangeException(
                nameof(UnwrittenBytesLimit), value, "The bound on unwritten bytes must be at least 1 MiB (1048576).");
    } = 64 << 20;

    /// <summary>
    /// What a call does when that bound is reached: wait for the disk (the default) or drop what it was given.
    /// While the destination fails, nobody waits: what has no room is dropped and counted.
    /// </summary>
    public WhenFull WhenFull { get; init; } = WhenFull.Wait;

    /// <summary>
    /// The longest time that one call waits under <see cref="WhenFull.Wait"/> before it drops after all: ten
    /// seconds by default, at most 24 days.
    /// </summary>
    public TimeSpan WaitLimit
    {
        get;
        init => field = IsWait(value) ? value : throw NoWait(value);
    } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// The longest time that <see cref="SummaryWriter.Flush"/> and <see cref="SummaryWriter.Dispose"/> wait for a
    /// destination that fails or hangs: thirty seconds by default, at most 24 days.
    /// </summary>
    public TimeSpan FlushTimeout
    {
        get;
        init => field = IsWait(value) ? value : throw NoWait(value);
    } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Whether <see cref="SummaryWriter.Flush"/> and <see cref="SummaryWriter.Dispose"/> also wait until the disk
    /// itself has the data (fsync), so that it survives a power cut. Off by default: it costs tens of
    /// milliseconds a call.
    /// </summary>
    public bool SyncToDisk { get; init; }

    /// <summary>
    /// The step at which a resumed run goes on, or null (the default) for a new one. Points that were written to the
    /// same directory before, at this step or later, no longer count: stock TensorBoard and <c>RunLog</c> leave them
    /// out, for every tag and for the sub-runs that are written again.
    /// </summary>
    public long? PurgeStep { get; init; }

    /// <summary>
    /// Whether anything is written; true by default. A writer that is switched off checks its arguments and does
    /// nothing else: no directory, no file, no thread. For all ranks but the first of a distributed training, say:
    /// <c>Enabled = rank == 0</c>.
    /// </summary>
    public bool Enabled { get; init; } = true;

    /// <summary>Text at the end of the event file's name; empty by default. No path separators.</summary>
    public string FileNameSuffix
    {
        get;
        init => field = value.AsSpan().ContainsAny(Path.GetInvalidFileNameChars())
            ? throw new ArgumentException(
                $"The suffix '{value}' has characters that no file name may have.", nameof(FileNameSuffix))
            : value;
    } = "";

    /// <summary>The clock that wall times are read from; the system's by default.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>Where the runs live; directories of the file system where it is null.</summary>
    internal RunStorage? Storage { get; init; }

    private static bool IsWait(TimeSpan value) => value > TimeSpan.Zero && value <= LongestWait;

    private static ArgumentOutOfRangeException NoWait(
        TimeSpan value, [System.Runtime.CompilerServices.CallerMemberName] string name = "") =>
        new(name, value, $"{name} must be greater than zero and at most 24 days.");
}
