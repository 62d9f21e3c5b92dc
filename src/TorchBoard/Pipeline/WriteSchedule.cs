using System.Diagnostics;

namespace TorchBoard.Pipeline;

/// <summary>Times at which the background thread acts without a request: to flush and to retry failing runs.</summary>
/// <param name="interval">The time between flushes; infinite for none.</param>
internal sealed class WriteSchedule(TimeSpan interval)
{
    private readonly List<RunOutput> _failing = [];
    private long _flushed = Stopwatch.GetTimestamp();

    /// <summary>The runs that cannot be written at present.</summary>
    public IReadOnlyList<RunOutput> Failing => _failing;

    public bool IsFlushDue => interval != Timeout.InfiniteTimeSpan && UntilFlush <= TimeSpan.Zero;

    /// <summary>The time until something is due; infinite if nothing is.</summary>
    public TimeSpan Wait
    {
        get
        {
            TimeSpan wait = interval == Timeout.InfiniteTimeSpan ? TimeSpan.MaxValue : UntilFlush;
            foreach (RunOutput output in _failing)
                wait = Min(wait, output.Outage.UntilRetry);
            return wait == TimeSpan.MaxValue ? Timeout.InfiniteTimeSpan : wait > TimeSpan.Zero ? wait : TimeSpan.Zero;
        }
    }

    private TimeSpan UntilFlush => interval - Stopwatch.GetElapsedTime(_flushed);

    public void Flushed() => _flushed = Stopwatch.GetTimestamp();

    public void Retry(RunOutput output) => _failing.Add(output);

    public void Recovered(RunOutput output) => _failing.Remove(output);

    private static TimeSpan Min(TimeSpan a, TimeSpan b) => a < b ? a : b;
}
