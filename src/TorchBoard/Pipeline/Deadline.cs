using System.Diagnostics;

namespace TorchBoard.Pipeline;

/// <summary>A period of time that starts now.</summary>
internal sealed class Deadline(TimeSpan time)
{
    private readonly long _start = Stopwatch.GetTimestamp();

    /// <summary>The time until the end; not negative.</summary>
    public TimeSpan Left
    {
        get
        {
            TimeSpan left = time - Stopwatch.GetElapsedTime(_start);
            return left > TimeSpan.Zero ? left : TimeSpan.Zero;
        }
    }

    public bool IsOver => Stopwatch.GetElapsedTime(_start) >= time;
}
