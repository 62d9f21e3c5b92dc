using System.CommandLine;
using TorchBoard.Tool.Checking;
using TorchBoard.Tool.Output;
using TorchBoard.Tool.Runs;

namespace TorchBoard.Tool.Commands;

/// <summary>Checks event files record by record.</summary>
internal sealed class CheckCommand : ToolCommand
{
    private readonly Argument<string[]> _directories = DirectoriesArgument();
    private readonly Option<bool> _strict = new("--strict") { Description = "Treat warnings as errors." };
    private readonly Annotations _annotations;

    public CheckCommand(Terminal terminal)
        : base(
            terminal, "check",
            "Checks every record's framing and checksums, and that TensorBoard can show its content.",
            ("check runs", "Every file of every run: exit code 0 if there are no errors, 1 otherwise."),
            ("check runs --strict", "Warnings count as errors."),
            ("check runs --json", "The findings as JSON."))
    {
        Arguments.Add(_directories);
        Options.Add(_strict);
        _annotations = new Annotations(terminal);
        _annotations.AddTo(this);
        Options.Add(Json);
    }

    protected override Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        FoundRuns found = new LogDirectories(arguments.GetRequiredValue(_directories)).Find();
        List<CheckedFile> files =
        [
            .. found.Unreadable.Select(below => CheckedFile.Unreadable(below.Path, below.Reason)),
        ];
        var experiments = new ExperimentCheck();
        foreach (LoggedRun run in found.Runs)
        {
            cancellationToken.ThrowIfCancellationRequested();
            try
            {
                files.AddRange(new ContractCheck(run, experiments).Check(cancellationToken));
            }
            catch (Exception e) when (e is InvalidDataException || Failure.IsOfFiles(e))
            {
                files.Add(CheckedFile.Unreadable(run.Path, e.Message));
            }
        }

        bool isStrict = arguments.GetValue(_strict);
        bool isFine = files.TrueForAll(file => !file.Findings.Any(finding => isStrict || finding.IsError));
        if (arguments.GetValue(Json))
            Terminal.WriteJson(new JsonFields { ["passed"] = isFine, ["files"] = files.ToArray() });
        else
            Write(files);
        _annotations.Write(arguments, files.SelectMany(file => Reasons(file, isStrict)));
        return Task.FromResult(isFine ? ExitCode.Fine : ExitCode.No);
    }

    private static IEnumerable<Annotation> Reasons(CheckedFile file, bool isStrict) => file.Findings
        .Where(finding => isStrict || finding.IsError)
        .Select(finding => new Annotation(
            file.Path, $"At offset {finding.Offset}: {(finding.Tag is { } tag ? tag + ": " : "")}{finding.Message}"));

    private void Write(List<CheckedFile> files)
    {
        foreach (CheckedFile file in files)
        {
            string sign = file.Findings.Any(finding => finding.IsError) ? Terminal.Red("✗")
                : file.Findings.Count > 0 ? Terminal.Yellow("!")
                : Terminal.Green("✓");
            string size = $"{Shown.Count(file.Events, "event")}, {Shown.Bytes(file.Bytes)}";
            Terminal.WriteLine($"{sign} {Printable.Line(file.Path)}  {Terminal.Dim(size)}");
            foreach (Finding finding in file.Findings)
            {
                string kind = finding.IsError ? Terminal.Red("error") : Terminal.Yellow("warning");
                string tag = finding.Tag is { } name ? $"{Printable.Line(name)}: " : "";
                string times = finding.Times > 1 ? $" ({Shown.Count(finding.Times)} times)" : "";
                Terminal.WriteLine(
                    $"    {kind} at offset {finding.Offset}: {tag}{Printable.Line(finding.Message)}{times}");
            }
        }

        int errors = files.Sum(file => file.Findings.Count(finding => finding.IsError));
        int warnings = files.Sum(file => file.Findings.Count(finding => !finding.IsError));
        Terminal.WriteLine();
        string result = errors + warnings == 0
            ? Terminal.Green("no problems")
            : $"{Shown.Count(errors, "error")}, {Shown.Count(warnings, "warning")}";
        Terminal.WriteLine(
            $"{Shown.Count(files.Count, "file")}, {Shown.Count(files.Sum(file => file.Events), "event")}: "
            + result);
    }
}
