using System.Diagnostics;

namespace TorchBoard.Reading;

/// <summary>
/// When to look for new events. With thousands of runs, looking at all of them takes so long that it would keep a
/// processor busy; it then happens less often, and files that grew the last time are looked at in between.
/// </summary>
internal sealed class FollowPace(TimeSpan interval)
{
    /// <summary>The minimum ratio of the time between looks to the time that they take.</summary>
    private const int RestPerWork = 79;

    // A new event is found within this time and that of one look, however many runs there are.
    private static readonly TimeSpan LongestRest = TimeSpan.FromSeconds(30);

    private readonly Stopwatch _work = new();
    private readonly HashSet<(EventStream Run, string File)> _active = [];
    private TimeSpan _untilAll = TimeSpan.Zero;
    private TimeSpan _lastWork = TimeSpan.Zero;

    /// <summary>The files to look at; null for all.</summary>
    public IEnumerable<(EventStream Run, string File)>? OnlyActive { get; private set; }

    /// <summary>Begins to look.</summary>
    public void Begin()
    {
        OnlyActive = _untilAll > TimeSpan.Zero ? [.. _active] : null;
        if (OnlyActive is null)
            _active.Clear();
        _work.Restart();
    }

    /// <summary>Reading what is new does not count.</summary>
    public void Pause() => _work.Stop();

    public void Resume() => _work.Start();

    /// <summary>Records that a file has grown.</summary>
    public void IsActive(EventStream run, string file) => _active.Add((run, file));

    /// <summary>Returns the time until the next look.</summary>
    public TimeSpan End()
    {
        _work.Stop();

        // A single long look may have been interrupted by other programs.
        TimeSpan work = Min(_work.Elapsed, _lastWork);
        _lastWork = _work.Elapsed;
        TimeSpan rest = Max(interval, Min(work * RestPerWork, LongestRest));
        if (OnlyActive is null)
        {
            _untilAll = rest;
            rest = _active.Count > 0 ? interval : _untilAll;
        }

        TimeSpan wait = Min(rest, _untilAll);
        _untilAll -= wait;
        return wait;
    }

    private static TimeSpan Min(TimeSpan a, TimeSpan b) => a < b ? a : b;

    private static TimeSpan Max(TimeSpan a, TimeSpan b) => a > b ? a : b;
}
