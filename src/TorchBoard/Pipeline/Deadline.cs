using System.Diagnostics;

namespace TorchBoard.Pipeline;

/// <summary>A period of time that starts now.</summary>
internal readonly struct Deadline(TimeSpan time)
{
    private readonly long _start = Stopwatch.GetTimestamp();

    public bool IsOver => Stopwatch.GetElapsedTime(_start) >= time;
}
