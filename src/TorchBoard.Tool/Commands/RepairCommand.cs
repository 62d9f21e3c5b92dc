using System.CommandLine;
using TorchBoard.Tool.Files;
using TorchBoard.Tool.Output;
using TorchBoard.Tool.Rewriting;
using TorchBoard.Tool.Runs;

namespace TorchBoard.Tool.Commands;

/// <summary>Recovers damaged files.</summary>
internal sealed class RepairCommand : ToolCommand
{
    private readonly Argument<string[]> _source = RewriteCommand.NewDirectoriesArgument(PathParser.Several);
    private readonly Option<string> _output = RewriteCommand.NewOutputOption();

    public RepairCommand(Terminal terminal)
        : base(
            terminal, "repair", "Recovers damaged event files into new files and reports what was lost.",
            ("repair runs --output repaired", "Every file of every run."),
            ("repair 'runs/lr*' --output repaired", "The runs of every directory that matches."),
            ("repair runs/digits/events.out.tfevents.1700000000.host --output repaired", "One file, to a directory."))
    {
        Arguments.Add(_source);
        Options.Add(_output);
        Options.Add(Json);
    }

    protected override Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        var source = new LogDirectories(arguments.GetRequiredValue(_source));
        string output = arguments.GetRequiredValue(_output);
        FoundRuns found = source.Find();
        OutputDirectory.ThrowUnlessNew(output, source.Paths());

        using var files = new NewFiles(output);
        List<RepairedFile> repaired =
            [.. found.Unreadable.Select(below => RepairedFile.WhollyLost(below.Path, below.Reason))];
        foreach (LoggedRun run in found.Runs)
            repaired.AddRange(Repair(run, OutputDirectory.Of(output, source, run), files, cancellationToken));
        files.Complete();

        if (arguments.GetValue(Json))
            Terminal.WriteJson(new JsonFields { ["files"] = repaired.ToArray() });
        else
            Write(repaired);
        return Task.FromResult(repaired.Exists(file => file.Output is not null) ? ExitCode.Fine : ExitCode.No);
    }

    private static List<RepairedFile> Repair(
        LoggedRun run, string target, NewFiles files, CancellationToken cancellationToken)
    {
        IReadOnlyList<string> sources;
        try
        {
            sources = run.ListEventFiles();
        }
        catch (Exception e) when (Failure.IsOfFiles(e))
        {
            return [RepairedFile.WhollyLost(run.Path, e.Message)];
        }

        return
        [
            .. sources.Select(file => RepairedFile.Salvage(
                file, Path.Combine(target, Path.GetFileName(file)), files, cancellationToken)),
        ];
    }

    private void Write(List<RepairedFile> files)
    {
        foreach (RepairedFile file in files)
        {
            string sign = file.Lost.Count == 0 ? Terminal.Green("✓") : Terminal.Yellow("!");
            Terminal.WriteLine($"{sign} {Printable.Line(file.Source)}");
            string kept = $"{Shown.Count(file.KeptEvents, "event")} kept";
            Terminal.WriteLine(file.Lost.Count == 0
                ? $"    {kept}, nothing lost"
                : $"    {kept}, {Shown.Bytes(file.LostBytes)} of {Shown.Bytes(file.SourceBytes)} lost:");
            foreach (CorruptRecord lost in file.Lost)
            {
                Terminal.WriteLine(
                    $"    at offset {lost.Offset}: {Printable.Line(lost.Reason)} ({Shown.Bytes(lost.SkippedBytes)})");
            }

            if (file.IsVersionAdded)
                Terminal.WriteLine("    the file's first event was lost and replaced");
            Terminal.WriteLine(
                $"    {(file.Output is { } path ? "→ " + Printable.Line(path) : "nothing could be recovered")}");
        }
    }
}
