using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace TorchBoard.Tool.Runs;

/// <summary>Follows the runs of several directories, and of those that match a pattern only later.</summary>
internal sealed class FollowedRuns(LogDirectories directories, FollowOptions options)
{
    private const int Waiting = 1000;
    private const int ChecksPerSecond = 1000;

    // Each look at a store costs requests.
    private static readonly TimeSpan StoreInterval = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan SearchInterval = TimeSpan.FromSeconds(1);

    private readonly Channel<(string Run, LoggedEvent Event)> _events =
        Channel.CreateBounded<(string, LoggedEvent)>(Waiting);

    /// <summary>Yields events with the names of their runs until it is canceled.</summary>
    public async IAsyncEnumerable<(string Run, LoggedEvent Event)> FollowAsync(
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task following = FollowAllAsync(end.Token);
        try
        {
            await foreach ((string, LoggedEvent) next in _events.Reader.ReadAllAsync(cancellationToken).ConfigureAwait(false))
                yield return next;
        }
        finally
        {
            await end.CancelAsync().ConfigureAwait(false);
            await following.ConfigureAwait(false);
        }
    }

    private async Task FollowAllAsync(CancellationToken cancellationToken)
    {
        var followed = new Dictionary<string, Task>(StringComparer.Ordinal);
        do
        {
            List<string> paths = [.. directories.Paths().Where(path => !followed.ContainsKey(path))];

            // Thousands of directories are checked less often.
            TimeSpan shared = TimeSpan.FromSeconds((double)(followed.Count + paths.Count) / ChecksPerSecond);
            FollowOptions paced = shared > options.PollInterval ? options with { PollInterval = shared } : options;
            foreach (string path in paths)
                followed.Add(path, Task.Run(() => FollowAsync(path, paced, cancellationToken), CancellationToken.None));
            await Task.Delay(SearchInterval, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        while (directories.HasPatterns && !cancellationToken.IsCancellationRequested);
        await Task.WhenAll(followed.Values).ConfigureAwait(false);
    }

    private string NameOf(LoggedEvent logged) =>
        directories.IsSinglePath ? logged.Run : directories.NameOf(RunPath.ParentOf(logged.File)!);

    // An error of one ends all, as it does for a single directory.
    private async Task FollowAsync(string path, FollowOptions paced, CancellationToken cancellationToken)
    {
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        if (ObjectStores.Of(path) is { } storage)
            paced = paced with { Storage = storage, PollInterval = StoreInterval };
        try
        {
            await foreach (LoggedEvent logged in RunLog.FollowAsync(path, paced, cancellationToken).ConfigureAwait(false))
            {
                if (!names.TryGetValue(logged.Run, out string? name))
                    names.Add(logged.Run, name = NameOf(logged));
                await _events.Writer.WriteAsync((name, logged), cancellationToken).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException)
        {
        }
        catch (Exception e)
        {
            _events.Writer.TryComplete(e);
        }
    }
}
