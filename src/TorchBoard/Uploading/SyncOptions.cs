namespace TorchBoard;

/// <summary>Options of <see cref="RunSync"/>.</summary>
public sealed record SyncOptions
{
    internal static readonly TimeSpan LastPassTimeout = TimeSpan.FromSeconds(30);

    /// <summary>Whether to continue and to copy added data until the operation is canceled; false by default.</summary>
    public bool Follow { get; init; }

    /// <summary>The time between two checks for added data when following; thirty seconds by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is zero, negative or more than 24 days.</exception>
    public TimeSpan Interval
    {
        get;
        init => field = value > TimeSpan.Zero && value <= TimeSpan.FromDays(24)
            ? value
            : throw new ArgumentOutOfRangeException(
                nameof(Interval), value, $"{nameof(Interval)} must be greater than zero and at most 24 days.");
    } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Called for each file that is copied, in whole or in part, and for each that cannot be; null by default.
    /// </summary>
    public Action<SyncedFile>? OnFile { get; init; }

    /// <summary>The clock; the system's by default.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;
}
