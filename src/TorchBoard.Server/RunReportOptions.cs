using TorchBoard.Indexing;

namespace TorchBoard.Server;

/// <summary>Options for a <see cref="RunReport"/>.</summary>
public sealed record RunReportOptions
{
    internal const int LeastBytes = 1 << 20;

    internal static RunReportOptions Default { get; } = new();

    /// <summary>Selects runs by their names; null, the default, for all.</summary>
    public Func<string, bool>? Runs { get; init; }

    /// <summary>Selects tags by their names; null, the default, for all.</summary>
    public Func<string, bool>? Tags { get; init; }

    /// <summary>
    /// The maximum length of the report, in bytes; at least 1 MiB. By default 16 MiB, which most mail servers accept. If
    /// necessary, curves have fewer points, and pictures, clips and other values are left out, with a warning
    /// (<see cref="OnWarning"/>).
    /// </summary>
    public long MaxBytes
    {
        get;
        init => field = value >= LeastBytes
            ? value
            : throw new ArgumentOutOfRangeException(
                nameof(MaxBytes), value, $"{nameof(MaxBytes)} must be at least {LeastBytes}, as the page alone needs some of it.");
    } = 16 << 20;

    /// <summary>How the runs are loaded; by default with as many samples as TensorBoard's readers keep.</summary>
    public RunIndexOptions Index
    {
        get;
        init => field = value ?? throw new ArgumentNullException(nameof(Index));
    } = new();

    /// <summary>Called with warnings, each a sentence; null, the default, to write them to the standard error stream.</summary>
    public Action<string>? OnWarning { get; init; }
}
