namespace TorchBoard.Indexing;

/// <summary>
/// Reloads an index as soon as its directory changes, while the index is watched: by notifications of the system, or by
/// frequent checks without them. Does nothing while the index is not watched.
/// </summary>
/// <param name="path">The log directory.</param>
/// <param name="clock">The clock.</param>
/// <param name="reload">Reloads some runs, or everything.</param>
/// <param name="linked">The current runs in linked directories, whose changes the system does not report.</param>
internal sealed class LiveReload(
    string path, TimeProvider clock, Func<IReadOnlySet<string>?, CancellationToken, Task> reload,
    Func<IReadOnlySet<string>> linked) : IDisposable
{
    /// <summary>The time between two reloads.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    /// <summary>The time between two checks of the directory itself, whose replacement the system does not report.</summary>
    private static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(2);

    /// <summary>The minimum time between two reloads without notifications, which take at most a twentieth of the time.</summary>
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(500);

    private const int ShareOfPolls = 20;

    /// <summary>The time after which notifications are requested again.</summary>
    private static readonly TimeSpan RetryInterval = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private int _lookers;
    private CancellationTokenSource? _stop;
    private volatile DirectoryWatch? _watch;

    /// <summary>The result of watching an index that cannot be watched.</summary>
    public static IDisposable Nothing { get; } = new Looker(live: null);

    /// <summary>Whether the system currently reports all changes, except in linked directories.</summary>
    public bool IsTold => _watch is not null;

    /// <summary>Whether a file or a directory is reached through a link below another directory.</summary>
    public static bool IsLinked(string root, string path)
    {
        for (string? at = path; at is not null && at.Length > root.Length; at = Path.GetDirectoryName(at))
        {
            if (new DirectoryInfo(at).LinkTarget is not null)
                return true;
        }

        return false;
    }

    /// <summary>Starts to watch; ends when the result is disposed.</summary>
    public IDisposable Look()
    {
        lock (_gate)
        {
            if (_lookers++ == 0)
            {
                _stop = new CancellationTokenSource();
                CancellationToken stop = _stop.Token;
                _ = Task.Run(() => RunAsync(stop), CancellationToken.None);
            }
        }

        return new Looker(this);
    }

    /// <summary>Ends for all.</summary>
    public void Dispose()
    {
        lock (_gate)
            Stop();
    }

    private void Leave()
    {
        lock (_gate)
        {
            if (--_lookers == 0)
                Stop();
        }
    }

    private void Stop()
    {
        _stop?.Cancel();
        _stop?.Dispose();
        _stop = null;
    }

    private async Task RunAsync(CancellationToken stop)
    {
        try
        {
            while (true)
            {
                using DirectoryWatch? watch = DirectoryWatch.TryStart(path);

                // What changed before the watch.
                await reload(null, stop).ConfigureAwait(false);
                if (watch is not null)
                    await FollowAsync(watch, stop).ConfigureAwait(false);
                if (watch is null or { HasFailed: true })
                    await PollAsync(stop).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException)
        {
        }
    }

    private async Task FollowAsync(DirectoryWatch watch, CancellationToken stop)
    {
        _watch = watch;
        try
        {
            long lastPoll = clock.GetTimestamp();
            TimeSpan pollPause = PollInterval;
            while (watch.IsAlive)
            {
                IReadOnlySet<string> others = linked();
                IReadOnlySet<string>? runs = await watch.NextAsync(others.Count > 0 ? pollPause : LookInterval, stop)
                    .ConfigureAwait(false);
                bool isPoll = others.Count > 0 && clock.GetElapsedTime(lastPoll) >= pollPause;
                if (isPoll && runs is not null)
                    runs = runs.Union(others).ToHashSet(StringComparer.Ordinal);
                if (runs is { Count: 0 })
                    continue;
                long start = clock.GetTimestamp();
                await reload(runs, stop).ConfigureAwait(false);
                if (isPoll)
                    (lastPoll, pollPause) = (clock.GetTimestamp(), PauseAfter(clock.GetElapsedTime(start)));
                await Task.Delay(Pause, clock, stop).ConfigureAwait(false);
            }
        }
        finally
        {
            // Another one may have begun.
            Interlocked.CompareExchange(ref _watch, null, watch);
        }
    }

    private async Task PollAsync(CancellationToken stop)
    {
        bool isThere = Directory.Exists(path);
        long start = clock.GetTimestamp();
        while (Directory.Exists(path) == isThere && clock.GetElapsedTime(start) < RetryInterval)
        {
            long before = clock.GetTimestamp();
            await reload(null, stop).ConfigureAwait(false);
            await Task.Delay(PauseAfter(clock.GetElapsedTime(before)), clock, stop).ConfigureAwait(false);
        }
    }

    private static TimeSpan PauseAfter(TimeSpan poll) =>
        poll * ShareOfPolls is var pause && pause > PollInterval ? pause : PollInterval;

    private sealed class Looker(LiveReload? live) : IDisposable
    {
        private int _isDisposed;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _isDisposed, 1) == 0)
                live?.Leave();
        }
    }
}
