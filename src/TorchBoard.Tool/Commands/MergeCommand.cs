using System.CommandLine;
using TorchBoard.Reading;
using TorchBoard.Tool.Files;
using TorchBoard.Tool.Output;
using TorchBoard.Tool.Rewriting;
using TorchBoard.Tool.Runs;

namespace TorchBoard.Tool.Commands;

/// <summary>Joins runs of the same name, and the files of each run, into one file per run.</summary>
internal sealed class MergeCommand : ToolCommand
{
    private readonly Argument<string[]> _directories = RewriteCommand.NewDirectoriesArgument(PathParser.Several);

    private readonly Option<string> _output = RewriteCommand.NewOutputOption();

    public MergeCommand(Terminal terminal)
        : base(
            terminal, "merge", "Joins runs of the same name, and each run's files, into one file in a new directory.",
            ("merge runs/digits --output merged", "The many files of a run that was resumed often, as one."),
            ("merge 'part*' --output merged", "All parts of a run."),
            ("merge part1 part2 --output merged", "Two parts of a run, copied from two machines, as one run."))
    {
        Arguments.Add(_directories);
        Options.Add(_output);
        Options.Add(Json);
    }

    protected override Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        string[] sources = [.. arguments.GetRequiredValue(_directories).SelectMany(Matching)];
        string output = arguments.GetRequiredValue(_output);
        OutputDirectory.ThrowUnlessNew(output, sources);
        var source = new SourceRuns(Terminal);
        var runs = sources
            .SelectMany(path => Open(source, output, path))
            .GroupBy(entry => entry.Target, entry => entry.Run, StringComparer.Ordinal)
            .ToList();

        using var files = new NewFiles(output);
        var merged = new List<(string Target, int Files, long Events)>();
        foreach (var run in runs)
            merged.Add(Merge(source, files, [.. run], run.Key, cancellationToken));
        files.Complete();
        int exitCode = merged.Exists(run => run.Events > 0) ? ExitCode.Fine : ExitCode.No;

        if (arguments.GetValue(Json))
        {
            Terminal.WriteJson(new JsonFields
            {
                ["runs"] = merged.Select(run => new JsonFields
                {
                    ["path"] = Path.GetFullPath(run.Target),
                    ["files"] = run.Files,
                    ["events"] = run.Events,
                }).ToArray(),
                ["lost"] = source.Lost.ToArray(),
            });
            return Task.FromResult(exitCode);
        }

        source.WriteLost();
        foreach ((string target, int count, long events) in merged)
        {
            Terminal.WriteLine(
                $"{Printable.Line(target)}  {Shown.Count(events, "event")} from {Shown.Count(count, "file")}");
        }

        return Task.FromResult(exitCode);
    }

    // The names of runs are relative to each directory, so that runs of several directories have the same.
    private static string[] Matching(string path)
    {
        var given = new LogPath(path);
        if (!given.IsPattern)
            return [path];
        string[] found = [.. given.Paths((_, _) => { }).Order(NaturalOrder.Instance)];
        return found.Length > 0
            ? found
            : throw new UsageException($"No directory matches '{path}'.");
    }

    private static IEnumerable<(LoggedRun Run, string Target)> Open(SourceRuns source, string output, string path)
    {
        var directory = new LogDirectories(path);
        return source.Open(directory).Select(run => (run, OutputDirectory.Of(output, directory, run)));
    }

    private static (string Target, int Files, long Events) Merge(
        SourceRuns source, NewFiles files, List<LoggedRun> runs, string target, CancellationToken cancellationToken)
    {
        EventFileWriter? writer = null;
        var read = new HashSet<string>(StringComparer.Ordinal);
        long count = 0;
        try
        {
            // The part written first comes first, regardless of the directories' names.
            foreach (LoggedEvent logged in runs.OrderBy(FirstTime).SelectMany(source.EventsOf))
            {
                cancellationToken.ThrowIfCancellationRequested();
                read.Add(logged.File);
                if (writer is null)
                {
                    writer = new EventFileWriter(files.Add(Path.Combine(target, Path.GetFileName(logged.File))));
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

        return (target, read.Count, count);
    }

    // What cannot be read is reported when the run is copied.
    private static DateTimeOffset FirstTime(LoggedRun run)
    {
        try
        {
            var options = new RunLogOptions { OnCorruptRecord = _ => { } };
            return run.ReadEvents(options).FirstOrDefault()?.WallTime ?? DateTimeOffset.MaxValue;
        }
        catch (Exception e) when (e is InvalidDataException || Failure.IsOfFiles(e))
        {
            return DateTimeOffset.MaxValue;
        }
    }
}
