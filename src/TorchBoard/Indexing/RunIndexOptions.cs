namespace TorchBoard.Indexing;

/// <summary>Options for a <see cref="RunIndex"/>.</summary>
public sealed record RunIndexOptions
{
    private readonly TimeSpan? _reloadInterval;

    internal static RunIndexOptions Default { get; } = new();

    /// <summary>
    /// The store that has the runs, such as <c>new S3Storage()</c> for <c>s3://bucket/runs</c>; null, the default, for a
    /// directory of the file system. A reload lists it once and reads the new bytes of files that have grown.
    /// </summary>
    public RunStorage? Storage { get; init; }

    /// <summary>
    /// The time between the end of a reload and the next one; greater than zero. By default five seconds, and
    /// thirty with a <see cref="Storage"/>. With <see cref="Timeout.InfiniteTimeSpan"/>, the index is loaded once, and again
    /// when <see cref="RunIndex.ReloadAsync"/> is called.
    /// </summary>
    public TimeSpan ReloadInterval
    {
        get => _reloadInterval ?? TimeSpan.FromSeconds(Storage is null ? 5 : 30);
        init => _reloadInterval = value > TimeSpan.Zero || value == Timeout.InfiniteTimeSpan
            ? value
            : throw new ArgumentOutOfRangeException(
                nameof(ReloadInterval), value,
                $"{nameof(ReloadInterval)} must be greater than zero, or Timeout.InfiniteTimeSpan to load once.");
    }

    /// <summary>
    /// The maximum number of values to keep of each tag, by the name of its plugin, such as <c>images</c>; 0 for all.
    /// For plugins without an entry, 1000 scalars, 100 tensors and 10 blob sequences.
    /// </summary>
    public IReadOnlyDictionary<string, int> Samples
    {
        get;
        init
        {
            ArgumentNullException.ThrowIfNull(value, nameof(Samples));
            foreach ((string plugin, int count) in value)
            {
                if (count < 0)
                {
                    throw new ArgumentOutOfRangeException(
                        nameof(Samples), count, $"The number of samples of '{plugin}' must not be negative; 0 is for all.");
                }
            }

            field = value;
        }
    } = new Dictionary<string, int>();

    /// <summary>
    /// The number of points that curves may keep in addition to the default of 1000, in total; at least 0. A curve that has
    /// more keeps up to 10,000 as long as some are left. 0 by default; a point has 24 bytes. It has no effect on scalars with
    /// an entry in <see cref="Samples"/>.
    /// </summary>
    public long ExtraPoints
    {
        get;
        init => field = value >= 0
            ? value
            : throw new ArgumentOutOfRangeException(nameof(ExtraPoints), value, $"{nameof(ExtraPoints)} must not be negative.");
    }

    /// <summary>
    /// Called, on any thread, for each damaged part of a file when it is found, and once for each file or directory that
    /// cannot be read, which is tried again at the next reload; null by default. It must not throw.
    /// </summary>
    public Action<CorruptRecord>? OnCorruptRecord { get; init; }

    /// <summary>Called after each reload with the time that it took; null by default. It must not throw.</summary>
    public Action<TimeSpan>? OnReloaded { get; init; }

    /// <summary>The clock that measures the interval; the system's by default.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    internal int SamplesOf(string plugin, SeriesDataClass dataClass)
    {
        if (!Samples.TryGetValue(plugin, out int count))
        {
            count = dataClass switch
            {
                SeriesDataClass.Scalar => 1000,
                SeriesDataClass.Tensor => 100,
                _ => 10,
            };
        }

        return count == 0 ? int.MaxValue : count;
    }
}
