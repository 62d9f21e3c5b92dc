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
    private const int ShownMissing = 20;

    private readonly Argument<string> _a = DirectoryArgument("A", "A log directory, a run's directory or an event file, or a quoted pattern such as 'runs/a-*'.", PathParser.OneOrStored);
    private readonly Argument<string> _b = DirectoryArgument("B", "The directory, file or pattern to compare it with.", PathParser.OneOrStored);

    private readonly Option<bool> _seeds = new("--seeds")
    {
        Description = "Treat all runs of a side as repeats of one run: mean ± deviation.",
    };

    private readonly Option<string?> _tolerance = new("--tolerance")
    {
        Description = "Exit with 1 if B differs more from A: by 5% of it, or by 0.01.",
        HelpName = "T",
    };

    private readonly AllowMissing _allowMissing = new();
    private readonly Option<string> _x = HorizontalAxis.Option();
    private readonly Annotations _annotations;
    private readonly Selection _selection;

    public CompareCommand(Terminal terminal)
        : base(
            terminal, "compare", "Compares the curves of two or more runs at the same steps.",
            ("compare runs/before runs/after", "The same tags of two runs, or of all runs of the same name."),
            ("compare baseline new --seeds", "Each side's runs are seeds: mean ± standard deviation."),
            ("compare runs/before runs/after --tag loss/train", "One curve as a chart, with its values."),
            ("compare golden today --tolerance 1%", "Exit code 1 if any point differs by more or is missing."))
    {
        _selection = new Selection(_a);
        Arguments.Add(_a);
        Arguments.Add(_b);
        _selection.AddTo(this);
        Options.Add(_seeds);
        Options.Add(_tolerance);
        _allowMissing.AddTo(this);
        _annotations = new Annotations(terminal);
        _annotations.AddTo(this);
        Options.Add(_x);
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
        var directoriesOfA = new LogDirectories(arguments.GetRequiredValue(_a));
        var directoriesOfB = new LogDirectories(arguments.GetRequiredValue(_b));
        if (tolerance is not null)
            DifferentDirectories.ThrowIfSame(directoriesOfA, directoriesOfB, "A and B");
        string[] runs = arguments.GetRequiredValue(_selection.Runs);
        var a = new OpenedRuns(directoriesOfA, runs, tags, Terminal);
        var b = new OpenedRuns(directoriesOfB, runs, tags, Terminal);
        List<RunLog> ofA = a.Read(Curves, cancellationToken);
        List<RunLog> ofB = b.Read(Curves, cancellationToken);
        bool areSeeds = arguments.GetValue(_seeds) || (ofA.Count == 1 && ofB.Count == 1);
        List<(string Run, List<RunLog> A, List<RunLog> B)> pairs = Pairs(ofA, ofB, areSeeds);
        List<CurveComparison> curves = [.. pairs.SelectMany(pair => Compare(pair.Run, pair.A, pair.B, tags))];
        if (curves.Count == 0)
            throw new UsageException("Nothing to compare: A and B have no tag with a step in common.");

        List<MissingData> missing = [.. areSeeds ? [] : MissingData.OfRuns(ofA, ofB)];
        missing.AddRange(pairs.SelectMany(pair => Missing(pair.Run, pair.A, pair.B, tags)));
        MissingKinds allowedKinds = _allowMissing.Of(arguments);
        bool isComplete = missing.TrueForAll(one => allowedKinds.HasFlag(one.Kind));

        // Curves that could not be read are within no tolerance.
        bool isFine = tolerance is not { } allowed || (a.IsWhole && b.IsWhole && isComplete
            && curves.TrueForAll(curve => curve.IsWithin(allowed.Amount, allowed.IsRelative)));
        if (arguments.GetValue(Json))
            WriteJson(curves, missing, isFine);
        else
            Write(curves, missing, tolerance, isComplete, isWhole: a.IsWhole && b.IsWhole, HorizontalAxis.Named(arguments.GetValue(_x)));
        if (tolerance is { } exceeded && !isFine)
        {
            List<MissingData> notAllowed = missing.FindAll(one => !allowedKinds.HasFlag(one.Kind));
            _annotations.Write(arguments, Reasons(curves, exceeded, notAllowed, isWhole: a.IsWhole && b.IsWhole));
        }

        return Task.FromResult(isFine ? ExitCode.Fine : ExitCode.No);
    }

    private static IEnumerable<Annotation> Reasons(
        List<CurveComparison> curves, Tolerance tolerance, List<MissingData> missing, bool isWhole)
    {
        foreach (CurveComparison curve in curves.Where(curve => !curve.IsWithin(tolerance.Amount, tolerance.IsRelative)))
        {
            int at = curve.LargestAt;
            string run = curve.Run.Length > 0 ? $"run {curve.Run}, " : "";
            yield return new Annotation(
                $"{curve.Tag}: not within {tolerance} of A",
                $"{run}step {Shown.Step(curve.Steps[at])}: {Text(curve.A[at])} in A, {Text(curve.B[at])} in B");
        }

        foreach (MissingData one in missing)
            yield return new Annotation("torchboard compare", one.Text);
        if (!isWhole)
            yield return new Annotation("torchboard compare", NotWhole);
    }

    private static List<(string Run, List<RunLog> A, List<RunLog> B)> Pairs(
        List<RunLog> a, List<RunLog> b, bool areSeeds)
    {
        if (areSeeds)
            return [("", a, b)];
        List<(string, List<RunLog>, List<RunLog>)> pairs = [.. a.Join(
            b, run => run.Name, run =>
                run.Name, (of, with) => (of.Name, new List<RunLog> { of }, new List<RunLog> { with }))];
        return pairs.Count > 0
            ? pairs
            : throw new UsageException(
                "A and B have no run of the same name. If the runs are repeats of one run, use --seeds.");
    }

    private static IEnumerable<MissingData> Missing(string run, List<RunLog> a, List<RunLog> b, string[] tags)
    {
        foreach (MissingData tag in MissingData.OfTags(run, a, b, tags))
            yield return tag;
        foreach (string tag in Tags(a, tags).Intersect(Tags(b, tags)))
        {
            foreach (MissingData steps in MissingData.OfSteps(run, tag, Series(a, tag), Series(b, tag)))
                yield return steps;
        }
    }

    private static IEnumerable<string> Tags(List<RunLog> side, string[] tags) =>
        side.SelectMany(run => run.Scalars.Keys).Distinct().Where(tag => Selection.Matches(tags, tag));

    private static List<ScalarSeries> Series(List<RunLog> side, string tag) =>
        [.. side.Where(run => run.Scalars.ContainsKey(tag)).Select(run => run.Scalars[tag])];

    private static IEnumerable<CurveComparison> Compare(string run, List<RunLog> a, List<RunLog> b, string[] tags)
    {
        foreach (string tag in Tags(a, tags))
        {
            if (CurveComparison.Of(run, tag, Series(a, tag), Series(b, tag)) is { } curve)
                yield return curve;
        }
    }

    private static string Text(Side side) => side.Deviation is double deviation
        ? $"{Shown.Value(side.Mean)} ± {Rounded(deviation)}"
        : Shown.Value(side.Mean);

    private static string Rounded(double value) =>
        value.ToString("G2", System.Globalization.CultureInfo.InvariantCulture);

    // The end is a side's own, whose step the other side need not have.
    private static string Text((long Step, Side Side) end, bool isAlike) =>
        isAlike ? Text(end.Side) : $"{Text(end.Side)} (step {Shown.Step(end.Step)})";

    /// <summary>The position of each step, as the mean of the runs that have it.</summary>
    private static double[] Positions(HorizontalAxis x, IReadOnlyList<ScalarSeries> runs, IReadOnlyList<long> steps)
    {
        var ofStep = new Dictionary<long, (double Sum, int Count)>();
        foreach (ScalarSeries run in runs)
        {
            double[] positions = x.Of(run);
            for (int i = 0; i < run.Count; i++)
            {
                (double sum, int count) = ofStep.GetValueOrDefault(run.Steps[i]);
                ofStep[run.Steps[i]] = (sum + positions[i], count + 1);
            }
        }

        return [.. steps.Select(step => ofStep[step].Sum / ofStep[step].Count)];
    }

    private static string RunsOf(IReadOnlyList<Side> side)
    {
        int least = side.Min(point => point.Runs);
        int most = side.Max(point => point.Runs);
        return least == most ? Shown.Count(most) : $"{Shown.Count(least)}–{Shown.Count(most)}";
    }

    private void WriteJson(List<CurveComparison> curves, List<MissingData> missing, bool isFine) => Terminal.WriteJson(new JsonFields
    {
        ["isWithinTolerance"] = isFine,
        ["missing"] = missing.ToArray(),
        ["curves"] = curves.Select(curve => new JsonFields
        {
            ["run"] = curve.Run,
            ["tag"] = curve.Tag,
            ["steps"] = curve.Steps.ToArray(),
            ["a"] = curve.A.ToArray(),
            ["b"] = curve.B.ToArray(),
            ["lastStepOfA"] = curve.EndOfA.Step,
            ["endOfA"] = curve.EndOfA.Side,
            ["lastStepOfB"] = curve.EndOfB.Step,
            ["endOfB"] = curve.EndOfB.Side,
            ["largestDifference"] = curve.Gap(curve.LargestAt),
            ["largestDifferenceStep"] = curve.Steps[curve.LargestAt],
        }).ToArray(),
    });

    private void Write(
        List<CurveComparison> curves, List<MissingData> missing, Tolerance? tolerance, bool isComplete, bool isWhole, HorizontalAxis x)
    {
        bool hasRuns = curves.Exists(curve => curve.Run.Length > 0);
        bool hasSeeds = curves.Exists(curve => curve.A.Concat(curve.B).Any(side => side.Runs > 1));
        string[] columns = ["Tag", ">Steps", ">A at end", ">B at end", ">B − A", ">Change", ">Largest gap", ">at step"];
        Table table = Tables.New([.. hasRuns ? ["Run"] : (string[])[], .. columns, .. hasSeeds ? [">Runs of A", ">of B"] : (string[])[]]);
        foreach (CurveComparison curve in curves)
        {
            (double a, double b) = (curve.EndOfA.Side.Mean, curve.EndOfB.Side.Mean);
            bool endAlike = curve.EndOfA.Step == curve.EndOfB.Step;
            table.AddCells(
            [
                .. hasRuns ? [curve.Run] : (string[])[],
                curve.Tag, Shown.Steps(curve.Steps[0], curve.Steps[^1]), Text(curve.EndOfA, endAlike), Text(curve.EndOfB, endAlike),
                endAlike ? Shown.Change(b - a) : "–", endAlike ? Shown.Percent((b - a) / Math.Abs(a)) : "–",
                Shown.Value(curve.Gap(curve.LargestAt)), Shown.Step(curve.Steps[curve.LargestAt]),
                .. hasSeeds ? [RunsOf(curve.A), RunsOf(curve.B)] : (string[])[],
            ]);
        }

        Terminal.Write(table);
        if (curves is [var only])
            WriteCurve(only, x);
        if (missing.Count > 0)
            Terminal.WriteLine();
        foreach (MissingData one in missing.Take(ShownMissing))
            Terminal.WriteLine(Terminal.Yellow(Printable.Line(one.Text)));
        if (missing.Count > ShownMissing)
            Terminal.WriteLine(Terminal.Yellow($"{Shown.Count(missing.Count - ShownMissing)} more; --json lists all."));
        if (tolerance is not { } allowed)
            return;
        int apart = curves.Count(curve => !curve.IsWithin(allowed.Amount, allowed.IsRelative));
        Terminal.WriteLine();
        if (apart > 0)
            Terminal.WriteLine(Terminal.Red($"{Shown.Count(apart)} of {Shown.Count(curves.Count, "curve")} not within {allowed} of A."));
        else
            Terminal.WriteLine(isComplete ? Terminal.Green($"B is within {allowed} of A.") : $"B is within {allowed} of A at common steps.");
        if (!isComplete)
            Terminal.WriteLine(Terminal.Red("Only one side has some of the data; --allow-missing accepts that."));
        if (!isWhole)
            Terminal.WriteLine(Terminal.Red(NotWhole));
    }

    private void WriteCurve(CurveComparison curve, HorizontalAxis x)
    {
        double[] ofA = Positions(x, curve.RunsOfA, curve.Steps);
        double[] ofB = Positions(x, curve.RunsOfB, curve.Steps);
        (double left, double right) = (Math.Min(ofA.Min(), ofB.Min()), Math.Max(ofA.Max(), ofB.Max()));
        var chart = new TextChart
        {
            Title = Printable.Line(x.Title(curve.Tag, left)),
            Width = Terminal.ChartWidth,
            HorizontalLabel = x.Labels(left, right),
        };
        chart.Add("A", ofA, [.. curve.A.Select(side => side.Mean)]);
        chart.Add("B", ofB, [.. curve.B.Select(side => side.Mean)]);
        Terminal.WriteLine();
        Terminal.WriteChart(chart);
        Terminal.WriteLine();

        bool hasSeeds = curve.A.Concat(curve.B).Any(side => side.Runs > 1);
        Table table = Tables.New([">Step", ">A", ">B", ">B − A", .. hasSeeds ? [">Runs of A", ">of B"] : (string[])[]]);
        int rows = Math.Min(ShownSteps, curve.Steps.Count);
        for (int row = 0; row < rows; row++)
        {
            int i = rows == 1 ? 0 : (int)((long)row * (curve.Steps.Count - 1) / (rows - 1));
            table.AddCells(
            [
                Shown.Step(curve.Steps[i]), Text(curve.A[i]), Text(curve.B[i]),
                Shown.Change(curve.B[i].Mean - curve.A[i].Mean),
                .. hasSeeds ? [Shown.Count(curve.A[i].Runs), Shown.Count(curve.B[i].Runs)] : (string[])[],
            ]);
        }

        Terminal.Write(table);
    }
}
