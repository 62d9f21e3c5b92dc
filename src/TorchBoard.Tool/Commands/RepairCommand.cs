using System.CommandLine;
using TorchBoard.Tool.Output;
using TorchBoard.Tool.Rewriting;

namespace TorchBoard.Tool.Commands;

/// <summary>Recovers damaged files.</summary>
internal sealed class RepairCommand : ToolCommand
{
    private readonly Argument<string> _source = DirectoryArgument();
    private readonly Option<string> _output = RewriteCommand.NewOutputOption();

    public RepairCommand(Terminal terminal)
        : base(
            terminal, "repair", "Recovers damaged event files into new files and reports what was lost.",
            ("repair runs --output repaired", "Every file of every run."),
            ("repair runs/digits/events.out.tfevents.1700000000.host --output repaired", "One file, to a directory."))
    {
        Arguments.Add(_source);
        Options.Add(_output);
        Options.Add(Json);
    }

    protected override Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        string source = arguments.GetRequiredValue(_source);
        string output = arguments.GetRequiredValue(_output);
        LogDirectory directory = LogDirectory.Open(source);
        OutputDirectory.ThrowUnlessNew(output, source);

        List<RepairedFile> files = [];
        foreach (LoggedRun run in directory.Runs.Values)
        {
            string target = OutputDirectory.Of(output, source, run);
            foreach (EventFileInfo file in run.Open(new RunLogOptions { Tags = _ => false }).Files)
            {
                cancellationToken.ThrowIfCancellationRequested();
                files.Add(RepairedFile.Salvage(file.Path, Path.Combine(target, Path.GetFileName(file.Path))));
            }
        }

        if (arguments.GetValue(Json))
            Terminal.WriteJson(new { Files = files });
        else
            Write(files);
        return Task.FromResult(files.Any(file => file.Output is not null) ? ExitCode.Fine : ExitCode.No);
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
