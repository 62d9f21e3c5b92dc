using System.CommandLine;
using Spectre.Console;
using TorchBoard.Figures;
using TorchBoard.Testing;
using TorchBoard.Tool.Comparing;
using TorchBoard.Tool.Output;
using TorchBoard.Tool.Runs;

namespace TorchBoard.Tool.Commands;

/// <summary>Compares the curves of two sides at the same steps.</summary>
internal sealed class CompareCommand : ToolCommand
{
    private const int ShownSteps = 10;

    private readonly Argument<string> _a = DirectoryArgument("A");
    private readonly Argument<string> _b = DirectoryArgument("B", "The directory or file to compare it with.");

    private readonly Option<bool> _seeds = new("--seeds")
    {
        Description = "Treat all runs of a side as repeats of one run: mean ± deviation.",
    };

    private readonly Option<string?> _tolerance = new("--tolerance")
    {
        Description = "Exit with 1 if B differs more from A: by 5% of it, or by 0.01.",
        HelpName = "T",
    };

    private readonly Selection _selection;

    public CompareCommand(Terminal terminal)
        : base(
            terminal, "compare", "Compares the curves of two or more runs at the same steps.",
            ("compare runs/before runs/after", "The same tags of two runs, or of all runs of the same name."),
            ("compare baseline new --seeds", "Each side's runs are seeds: mean ± standard deviation."),
            ("compare runs/before runs/after --tag loss/train", "One curve as a chart, with its values."),
            ("compare golden today --tolerance 1%", "Exit code 1 if any point differs by more."))
    {
        _selection = new Selection(_a);
        Arguments.Add(_a);
        Arguments.Add(_b);
        _selection.AddTo(this);
        Options.Add(_seeds);
        Options.Add(_tolerance);
        Options.Add(Json);
    }

    protected override Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        Tolerance? tolerance = null;
        if (arguments.GetValue(_tolerance) is { } text)
        {
            tolerance = Tolerance.TryParse(text, out Tolerance given)
                ? given
                : throw new UsageException(
                    $"--tolerance must be a share such as 5% or an amount such as 0.01; was '{text}'.");
        }

        string[] tags = arguments.GetRequiredValue(_selection.Tags);
        OpenedRuns a = _selection.Open(arguments, Terminal);
        var b = new OpenedRuns(
            arguments.GetRequiredValue(_b), arguments.GetRequiredValue(_selection.Runs), tags, Terminal);
        List<RunLog> ofA = a.Read(Curves, cancellationToken);
        List<RunLog> ofB = b.Read(Curves, cancellationToken);
        List<CurveComparison> curves = [.. Pairs(ofA, ofB, arguments.GetValue(_seeds))
            .SelectMany(pair => Compare(pair.Run, pair.A, pair.B, tags))];
        if (curves.Count == 0)
            throw new UsageException("Nothing to compare: A and B have no tag with a step in common.");

        // Curves that could not be read are within no tolerance.
        bool isFine = tolerance is not { } allowed || (a.IsWhole && b.IsWhole
            && curves.TrueForAll(curve => curve.IsWithin(allowed.Amount, allowed.IsRelative)));
        if (arguments.GetValue(Json))
            WriteJson(curves, isFine);
        else
            Write(curves, tolerance, isWhole: a.IsWhole && b.IsWhole);
        return Task.FromResult(isFine ? ExitCode.Fine : ExitCode.No);
    }

    private static List<(string Run, List<RunLog> A, List<RunLog> B)> Pairs(
        List<RunLog> a, List<RunLog> b, bool areSeeds)
    {
        if (areSeeds || (a.Count == 1 && b.Count == 1))
            return [("", a, b)];
        List<(string, List<RunLog>, List<RunLog>)> pairs = [.. a.Join(
            b, run => run.Name, run =>
                run.Name, (of, with) => (of.Name, new List<RunLog> { of }, new List<RunLog> { with }))];
        return pairs.Count > 0
            ? pairs
            : throw new UsageException(
                "A and B have no run of the same name. If the runs are repeats of one run, use --seeds.");
    }

    private static IEnumerable<CurveComparison> Compare(string run, List<RunLog> a, List<RunLog> b, string[] tags)
    {
        foreach (string tag in a.SelectMany(side => side.Scalars.Keys).Distinct()
            .Where(tag => Selection.Matches(tags, tag)))
        {
            CurveComparison? curve = CurveComparison.Of(
                run, tag,
                a.Where(side => side.Scalars.ContainsKey(tag)).Select(side => side.Scalars[tag]),
                b.Where(side => side.Scalars.ContainsKey(tag)).Select(side => side.Scalars[tag]));
            if (curve is not null)
                yield return curve;
        }
    }

    private static string Text(Side side) => side.Deviation is double deviation
        ? $"{Shown.Value(side.Mean)} ± {Rounded(deviation)}"
        : Shown.Value(side.Mean);

    private static string Rounded(double value) =>
        value.ToString("G2", System.Globalization.CultureInfo.InvariantCulture);

    private void WriteJson(List<CurveComparison> curves, bool isFine) => Terminal.WriteJson(new
    {
        IsWithinTolerance = isFine,
        Curves = curves.Select(curve => new
        {
            curve.Run,
            curve.Tag,
            curve.Steps,
            curve.A,
            curve.B,
            LargestDifference = curve.Gap(curve.LargestAt),
            LargestDifferenceStep = curve.Steps[curve.LargestAt],
        }),
    });

    private void Write(List<CurveComparison> curves, Tolerance? tolerance, bool isWhole)
    {
        bool hasRuns = curves.Exists(curve => curve.Run.Length > 0);
        string[] columns = ["Tag", ">Steps", ">A at end", ">B at end", ">B − A", ">Change", ">Largest gap", ">at step"];
        Table table = Tables.New(hasRuns ? ["Run", .. columns] : columns);
        foreach (CurveComparison curve in curves)
        {
            (Side a, Side b) = (curve.A[^1], curve.B[^1]);
            string[] cells =
            [
                curve.Tag, Shown.Count(curve.Steps.Count), Text(a), Text(b), Shown.Change(b.Mean - a.Mean),
                Shown.Percent((b.Mean - a.Mean) / Math.Abs(a.Mean)),
                Shown.Value(curve.Gap(curve.LargestAt)), Shown.Step(curve.Steps[curve.LargestAt]),
            ];
            table.AddCells(hasRuns ? [curve.Run, .. cells] : cells);
        }

        Terminal.Write(table);
        if (curves is [var only])
            WriteCurve(only);
        if (tolerance is not { } allowed)
            return;
        int apart = curves.Count(curve => !curve.IsWithin(allowed.Amount, allowed.IsRelative));
        Terminal.WriteLine();
        Terminal.WriteLine(apart == 0
            ? Terminal.Green($"B is within {allowed} of A.")
            : Terminal.Red($"{Shown.Count(apart)} of {Shown.Count(curves.Count, "curve")} not within {allowed} of A."));
        if (!isWhole)
            Terminal.WriteLine(Terminal.Red(NotWhole));
    }

    private void WriteCurve(CurveComparison curve)
    {
        var chart = new TextChart { Title = Printable.Line(curve.Tag), Width = Terminal.ChartWidth };
        chart.Add("A", [.. curve.Steps], [.. curve.A.Select(side => side.Mean)]);
        chart.Add("B", [.. curve.Steps], [.. curve.B.Select(side => side.Mean)]);
        Terminal.WriteLine();
        Terminal.WriteChart(chart);
        Terminal.WriteLine();

        Table table = Tables.New(">Step", ">A", ">B", ">B − A");
        int rows = Math.Min(ShownSteps, curve.Steps.Count);
        for (int row = 0; row < rows; row++)
        {
            int i = rows == 1 ? 0 : (int)((long)row * (curve.Steps.Count - 1) / (rows - 1));
            table.AddCells(
                Shown.Step(curve.Steps[i]), Text(curve.A[i]), Text(curve.B[i]),
                Shown.Change(curve.B[i].Mean - curve.A[i].Mean));
        }

        Terminal.Write(table);
    }
}
