namespace TorchBoard;

/// <summary>How a run is followed.</summary>
public sealed record FollowOptions
{
    internal static FollowOptions Default { get; } = new();

    /// <summary>How long to wait before looking again; greater than zero, 200 ms by default.</summary>
    public TimeSpan PollInterval
    {
        get;
        init => field = value > TimeSpan.Zero
            ? value
            : throw new ArgumentOutOfRangeException(
                nameof(PollInterval), value, $"{nameof(PollInterval)} must be greater than zero.");
    } = TimeSpan.FromMilliseconds(200);

    /// <summary>
    /// Whether the runs in directories below are followed too, also those that come later. False by default.
    /// </summary>
    public bool IncludeSubdirectories { get; init; }

    /// <summary>Which tags are read; null, the default, for all.</summary>
    public Func<string, bool>? Tags { get; init; }

    /// <summary>Which kinds of values are read; null, the default, for all.</summary>
    public IReadOnlyCollection<TagKind>? Kinds { get; init; }

    /// <summary>Called for each place that cannot be read, as it is met; null by default.</summary>
    public Action<CorruptRecord>? OnCorruptRecord { get; init; }

    /// <summary>The clock that the waiting goes by; the system's by default.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;
}
