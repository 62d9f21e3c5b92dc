namespace TorchBoard;

/// <summary>Options for following a run.</summary>
public sealed record FollowOptions
{
    private readonly TimeSpan? _pollInterval;

    internal static FollowOptions Default { get; } = new();

    /// <summary>
    /// The store that has the runs, such as <c>new S3Storage()</c> for <c>s3://bucket/runs</c>; null, the default, for a
    /// directory of the file system.
    /// </summary>
    public RunStorage? Storage { get; init; }

    /// <summary>
    /// The time to wait before checking for new events; greater than zero. By default, 200 ms, and ten seconds with a
    /// <see cref="Storage"/>, which is listed each time: one request, and one more for each file that has grown. Longer if
    /// checking takes more than a little of that time, as with thousands of runs: up to 30 seconds. Files that have just
    /// grown are checked in between.
    /// </summary>
    public TimeSpan PollInterval
    {
        get => _pollInterval ?? (Storage is null ? TimeSpan.FromMilliseconds(200) : TimeSpan.FromSeconds(10));
        init => _pollInterval = value > TimeSpan.Zero
            ? value
            : throw new ArgumentOutOfRangeException(
                nameof(PollInterval), value, $"{nameof(PollInterval)} must be greater than zero.");
    }

    /// <summary>
    /// Whether to follow the runs in subdirectories too, including ones created later. False by default.
    /// </summary>
    public bool IncludeSubdirectories { get; init; }

    /// <summary>Selects the tags to read; null, the default, for all.</summary>
    public Func<string, bool>? Tags { get; init; }

    /// <summary>The kinds of values to read; null, the default, for all.</summary>
    public IReadOnlyCollection<TagKind>? Kinds { get; init; }

    /// <summary>
    /// Called for each damaged part of a file when it is found, and once for a file that cannot be read, which is tried
    /// again; null by default, and errors of files are then thrown.
    /// </summary>
    public Action<CorruptRecord>? OnCorruptRecord { get; init; }

    /// <summary>The clock that measures the wait; the system's by default.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;
}
