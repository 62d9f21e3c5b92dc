using System.Collections.Concurrent;
using System.CommandLine;
using TorchBoard.Tool.Output;
using TorchBoard.Tool.Runs;

namespace TorchBoard.Tool.Commands;

/// <summary>Shows live curves.</summary>
internal sealed class WatchCommand : ToolCommand
{
    private const int ShownErrors = 10;

    private readonly Argument<string[]> _directories = DirectoriesArgument();
    private readonly Option<bool> _once = new("--once") { Description = "Show the current state and exit." };

    private readonly Option<double?> _for = new("--for")
    {
        Description = "Exit after this many seconds. By default, at Ctrl-C.",
        HelpName = "SECONDS",
    };

    private readonly Option<double> _interval = new("--interval")
    {
        Description = "Seconds between refreshes; at least 0.05.",
        HelpName = "SECONDS",
        DefaultValueFactory = _ => 0.5,
    };

    private readonly CurveStyleOptions _style = new();
    private readonly Selection _selection;

    public WatchCommand(Terminal terminal)
        : base(
            terminal, "watch", "Follows curves while the runs grow; the runs are overlaid. Keys n and p turn pages, Ctrl-C exits.",
            ("watch runs", "Every curve of every run, including runs that start later."),
            ("watch runs --tag loss --log", "One curve on a logarithmic axis."),
            ("watch runs --for 600 > progress.txt", "One line per curve and refresh, for ten minutes."),
            ("watch runs --json | jq .value", "The new points as JSON Lines."))
    {
        _selection = new Selection(_directories);
        Arguments.Add(_directories);
        _selection.AddTo(this);
        Options.Add(_once);
        Options.Add(_for);
        Options.Add(_interval);
        _style.AddTo(this);
        Options.Add(Json);
    }

    protected override async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        double interval = arguments.GetValue(_interval);
        if (interval is not (>= 0.05 and <= 3600))
            throw new UsageException($"--interval must be between 0.05 and 3600 seconds; was {Shown.Value(interval)}.");
        CurveStyle style = _style.Of(arguments);
        double? seconds = arguments.GetValue(_for);
        if (seconds is not (null or (>= 0 and <= 1e6)))
            throw new UsageException($"--for must be between 0 and 1000000 seconds; was {Shown.Value(seconds.Value)}.");

        string[] runs = arguments.GetRequiredValue(_selection.Runs);
        string[] tags = arguments.GetRequiredValue(_selection.Tags);
        var curves = new WatchedCurves(run => Selection.Matches(runs, run));
        IWatchScreen screen = arguments.GetValue(Json) ? new JsonLinesScreen(Terminal)
            : Terminal.IsInteractive && !arguments.GetValue(_once) ? new ChartScreen(Terminal, style)
            : new LinesScreen(Terminal);

        if (arguments.GetValue(_once))
        {
            foreach (RunLog run in _selection.Open(arguments, Terminal).Each(Curves, cancellationToken))
            {
                foreach (ScalarSeries series in run.Scalars.Values.Where(series => Selection.Matches(tags, series.Tag)))
                    curves.Add(series);
            }

            screen.Refresh(curves);
            return ExitCode.Fine;
        }

        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        if (seconds is double limit)
            end.CancelAfter(TimeSpan.FromSeconds(limit));
        var errors = new ConcurrentQueue<CorruptRecord>();
        var options = new FollowOptions
        {
            IncludeSubdirectories = true,
            Kinds = [TagKind.Scalar],
            Tags = tag => Selection.Matches(tags, tag),
            PollInterval = TimeSpan.FromSeconds(Math.Min(interval, 0.2)),
            OnCorruptRecord = errors.Enqueue,
        };
        var directories = new LogDirectories(arguments.GetRequiredValue(_directories));
        foreach (string missing in directories.Missing)
            Terminal.Warn($"'{missing}' does not exist yet; waiting for it");
        await FollowAsync(curves, screen, new FollowedRuns(directories, options).FollowAsync(end.Token), interval, end)
            .ConfigureAwait(false);

        // Not earlier, because the screen shows the curves until the end.
        foreach (CorruptRecord error in errors.Take(ShownErrors))
            Terminal.Warn(Shown.Damage(error));
        if (errors.Count > ShownErrors)
            Terminal.Warn($"{Shown.Count(errors.Count - ShownErrors)} more errors; 'torchboard check' lists all");
        return ExitCode.Fine;
    }

    private static async Task FollowAsync(
        WatchedCurves curves, IWatchScreen screen, IAsyncEnumerable<(string Run, LoggedEvent Event)> events,
        double interval, CancellationTokenSource end)
    {
        // Read on another thread, because the existing data may be large.
        Task reading = Task.Run(async () =>
        {
            await foreach ((string run, LoggedEvent logged) in events.ConfigureAwait(false))
                curves.Add(run, logged);
        });
        screen.Begin();
        try
        {
            using var timer = new PeriodicTimer(TimeSpan.FromSeconds(interval));
            do
            {
                screen.Refresh(curves);
            }
            while (!reading.IsCompleted && await timer.WaitForNextTickAsync(end.Token).ConfigureAwait(false));
            await reading.ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
        }
        finally
        {
            screen.End(curves);
            await end.CancelAsync().ConfigureAwait(false);
        }
    }
}
