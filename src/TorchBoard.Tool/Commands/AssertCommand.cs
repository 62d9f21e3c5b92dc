using System.CommandLine;
using System.Text;
using TorchBoard.Testing;
using TorchBoard.Tool.Asserting;
using TorchBoard.Tool.Comparing;
using TorchBoard.Tool.Files;
using TorchBoard.Tool.Output;
using TorchBoard.Tool.Runs;

namespace TorchBoard.Tool.Commands;

/// <summary>Checks curves against expectations.</summary>
internal sealed class AssertCommand : ToolCommand
{
    private readonly Argument<string[]> _directories = DirectoriesArgument(PathParser.BeforeExpectations);
    private readonly Argument<string[]> _expectations = new("EXPECTATION")
    {
        Description = "An expectation, such as \"loss/train: decreases, ends < 0.1, no-nan\".",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private readonly Option<string[]> _files = new("--file", "-f")
    {
        Description = "A file of expectations, one per line. Can be repeated.",
        HelpName = "FILE",
        DefaultValueFactory = _ => [],
    };

    private readonly Option<string?> _baseline = new("--baseline")
    {
        Description = "Runs to compare with.",
        HelpName = "DIR",
        CustomParser = PathParser.OneOrStored,
    };

    private readonly Option<string?> _tolerance = new("--tolerance")
    {
        Description = "The difference allowed from the baseline: 5% of it, or 0.01.",
        HelpName = "T",
    };

    private readonly AllowMissing _allowMissing = new();

    private readonly Option<string?> _markdown = new("--markdown")
    {
        Description = "Write a Markdown summary with the curves to a file; added to $GITHUB_STEP_SUMMARY.",
        HelpName = "FILE",
        CustomParser = PathParser.One,
    };

    private readonly Option<string?> _junit = new("--junit")
    {
        Description = "Write JUnit XML to a file.",
        HelpName = "FILE",
        CustomParser = PathParser.One,
    };

    private readonly Annotations _annotations;

    public AssertCommand(Terminal terminal)
        : base(
            terminal, "assert",
            "Checks curves against expectations: exit code 0 if all are met, 1 otherwise.",
            ("assert runs \"loss/train: decreases, ends < 0.1, no-nan\"", "Three expectations about one curve."),
            ("assert runs \"loss/*: no-nan, no-spikes\" \"[*/heldout] accuracy: reaches > 0.9 by 1000\"",
                "Patterns for tags and runs."),
            ("assert runs --file curves.txt --markdown \"$GITHUB_STEP_SUMMARY\" --junit curves.xml",
                "Expectations from a file, reports for CI."),
            ("assert runs --baseline good --tolerance 5%", "Every curve within 5% of the same curve of a good run."))
    {
        Arguments.Add(_directories);
        Arguments.Add(_expectations);
        Options.Add(_files);
        Options.Add(_baseline);
        Options.Add(_tolerance);
        _allowMissing.AddTo(this);
        Options.Add(_markdown);
        Options.Add(_junit);
        _annotations = new Annotations(terminal);
        _annotations.AddTo(this);
        Options.Add(Json);
    }

    protected override Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        var directories = new LogDirectories(arguments.GetRequiredValue(_directories));
        string[] texts = arguments.GetValue(_expectations)!;
        if (Array.Find(texts, text => !text.Contains(':', StringComparison.Ordinal)) is { } neither)
            throw new UsageException($"'{neither}' is neither a directory nor an expectation, such as 'loss: decreases'.");
        List<Expectations> lines = [.. texts.Select(Expectations.Parse)];
        foreach (string file in arguments.GetRequiredValue(_files))
            lines.AddRange(Expectations.Load(file));
        Tolerance? tolerance = ToleranceOf(arguments);
        if (lines.Count == 0 && tolerance is null)
        {
            throw new UsageException(
                "No expectations. Specify an expectation, --file FILE, or --baseline DIR --tolerance T.");
        }

        OpenedRuns runs = Open(directories);
        LogDirectories? good = arguments.GetValue(_baseline) is { } given ? new LogDirectories(given) : null;
        if (good is not null)
            DifferentDirectories.ThrowIfSame(directories, good, "The runs and the baseline");
        OpenedRuns? baseline = good is null ? null : Open(good);
        var check = new ExpectationCheck(
            runs.Read(Curves, cancellationToken), baseline?.Read(Curves, cancellationToken));
        List<CheckedExpectation> results = check.Check(lines);
        if (tolerance is { } allowed)
            results.AddRange(check.CompareWithBaseline(allowed, _allowMissing.Of(arguments)));

        if (arguments.GetValue(_markdown) is { Length: > 0 } markdown)
            WriteMarkdown(markdown, directories.ToString(), results);
        if (arguments.GetValue(_junit) is { Length: > 0 } junit)
            Report.Write(junit, JUnitReport.Of(results));

        // Curves that could not be read meet nothing.
        bool isWhole = runs.IsWhole && baseline?.IsWhole != false;
        bool passed = isWhole && results.TrueForAll(result => result.Result.Passed);
        if (arguments.GetValue(Json))
            WriteJson(results, passed);
        else
            Write(results, isWhole);
        _annotations.Write(arguments, Reasons(results, isWhole));
        return Task.FromResult(passed ? ExitCode.Fine : ExitCode.No);
    }

    // What a step wrote to its summary before is kept.
    private void WriteMarkdown(string file, string path, List<CheckedExpectation> results)
    {
        string before = file == Terminal.StepSummary && File.Exists(file) ? File.ReadAllText(file) : "";
        before += before.Length > 0 && !before.EndsWith('\n') ? "\n" : "";
        int room = MarkdownReport.LongestSummary - Encoding.UTF8.GetByteCount(before);
        Report.Write(file, before + MarkdownReport.Of(path, results, room));
    }

    private static IEnumerable<Annotation> Reasons(List<CheckedExpectation> results, bool isWhole)
    {
        foreach (CheckedExpectation result in results.Where(result => !result.Result.Passed))
            yield return new Annotation($"{result.Tag}: {result.Expectation}", result.Result.Summary());
        if (!isWhole)
            yield return new Annotation("torchboard assert", NotWhole);
    }

    private OpenedRuns Open(LogDirectories directories) => new(directories, [], [], Terminal);

    private Tolerance? ToleranceOf(ParseResult arguments)
    {
        string? text = arguments.GetValue(_tolerance);
        if (text is null)
            return null;
        if (arguments.GetValue(_baseline) is null)
            throw new UsageException("--tolerance requires a baseline. Specify one with --baseline DIR.");
        return Tolerance.TryParse(text, out Tolerance tolerance)
            ? tolerance
            : throw new UsageException(
                $"--tolerance must be a share such as 5% or an amount such as 0.01; was '{text}'.");
    }

    private void WriteJson(List<CheckedExpectation> results, bool passed) => Terminal.WriteJson(new JsonFields
    {
        ["passed"] = passed,
        ["results"] = results.Select(result => new JsonFields
        {
            ["run"] = result.Run,
            ["tag"] = result.Tag,
            ["expectation"] = result.Expectation.ToString(),
            ["passed"] = result.Result.Passed,
            ["expected"] = result.Result.Expected,
            ["seen"] = result.Result.Seen,
            ["step"] = result.Result.Step,
            ["value"] = result.Result.Value,
        }).ToArray(),
    });

    private void Write(List<CheckedExpectation> results, bool isWhole)
    {
        foreach (var run in results.GroupBy(result => result.Run, StringComparer.Ordinal))
        {
            Terminal.WriteLine(Terminal.Bold(Printable.Line(run.Key)));
            foreach (CheckedExpectation result in run)
            {
                string sign = result.Result.Passed ? Terminal.Green("✓") : Terminal.Red("✗");
                string at = result.Result.Step is long step ? $" (step {step})" : "";
                Terminal.WriteLine(
                    $"  {sign} {Printable.Line(result.Tag)}: {Printable.Line(result.Expectation.ToString())}");
                Terminal.WriteLine(Terminal.Dim($"      {Printable.Line(result.Result.Seen)}{at}"));
            }
        }

        foreach (CheckedExpectation result in results.Where(result => !result.Result.Passed))
        {
            Terminal.WriteLine();
            Terminal.WriteLine(Printable.Lines(result.Result.ToString()));
        }

        Terminal.WriteLine();
        int failed = results.Count(result => !result.Result.Passed);
        string all = Shown.Count(results.Count, "expectation");
        Terminal.WriteLine(failed == 0
            ? Terminal.Green($"All {all} are met.")
            : Terminal.Red($"{Shown.Count(failed)} of {all} {(failed == 1 ? "is" : "are")} not met."));
        if (!isWhole)
            Terminal.WriteLine(Terminal.Red(NotWhole));
    }
}
