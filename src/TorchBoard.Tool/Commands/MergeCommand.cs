using System.CommandLine;
using TorchBoard.Tool.Output;
using TorchBoard.Tool.Rewriting;

namespace TorchBoard.Tool.Commands;

/// <summary>Joins runs of the same name, and the files of each run, into one file per run.</summary>
internal sealed class MergeCommand : ToolCommand
{
    private readonly Argument<string[]> _directories = new("DIR")
    {
        Description = "Log directories, runs' directories or event files.",
        Arity = ArgumentArity.OneOrMore,
        CustomParser = PathParser.Several,
    };

    private readonly Option<string> _output = RewriteCommand.NewOutputOption();

    public MergeCommand(Terminal terminal)
        : base(
            terminal, "merge", "Joins runs of the same name, and each run's files, into one file in a new directory.",
            ("merge runs/digits --output merged", "The many files of a run that was resumed often, as one."),
            ("merge part1 part2 --output merged", "Two parts of a run, copied from two machines, as one run."))
    {
        Arguments.Add(_directories);
        Options.Add(_output);
        Options.Add(Json);
    }

    protected override Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        string[] sources = arguments.GetRequiredValue(_directories);
        string output = arguments.GetRequiredValue(_output);
        var runs = sources
            .SelectMany(source => LogDirectory.Open(source).Runs.Values
                .Select(run => (Run: run, Target: OutputDirectory.Of(output, source, run))))
            .GroupBy(entry => entry.Target, entry => entry.Run, StringComparer.Ordinal)
            .ToList();
        OutputDirectory.ThrowUnlessNew(output, sources);

        var merged = new List<(string Target, int Files, long Events)>();
        foreach (var run in runs)
            merged.Add(Merge([.. run], run.Key, cancellationToken));

        if (arguments.GetValue(Json))
        {
            Terminal.WriteJson(new
            {
                Runs = merged.Select(
                run => new { Path = Path.GetFullPath(run.Target), run.Files, run.Events })
            });
            return Task.FromResult(ExitCode.Fine);
        }

        foreach ((string target, int files, long events) in merged)
        {
            Terminal.WriteLine(
                $"{Printable.Line(target)}  {Shown.Count(events, "event")} from {Shown.Count(files, "file")}");
        }

        return Task.FromResult(ExitCode.Fine);
    }

    private (string Target, int Files, long Events) Merge(
        List<LoggedRun> runs, string target, CancellationToken cancellationToken)
    {
        // The part written first comes first, regardless of the directories' names.
        List<LoggedRun> ordered = [.. runs.OrderBy(run => Events(run).FirstOrDefault()?.WallTime ?? DateTimeOffset.MaxValue)];
        EventFileWriter? writer = null;
        var files = new HashSet<string>(StringComparer.Ordinal);
        long count = 0;
        try
        {
            foreach (LoggedEvent logged in ordered.SelectMany(run => Events(run, warn: true)))
            {
                cancellationToken.ThrowIfCancellationRequested();
                files.Add(logged.File);
                if (writer is null)
                {
                    writer = new EventFileWriter(Path.Combine(target, Path.GetFileName(logged.File)));
                    if (logged.Content != EventContent.FileVersion)
                        writer.Write(RawEvent.FileVersionAt(logged));
                }
                else if (logged.Content == EventContent.FileVersion)
                {
                    continue;
                }

                writer.Write(logged.Payload.Span);
                count++;
            }
        }
        finally
        {
            writer?.Dispose();
        }

        return (target, files.Count, count);
    }

    private IEnumerable<LoggedEvent> Events(LoggedRun run, bool warn = false) => RunLog.ReadEvents(
        run.Path, new RunLogOptions { OnCorruptRecord = warn ? error => Terminal.Warn($"{error}; skipped") : null });
}
