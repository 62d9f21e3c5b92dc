using System.CommandLine;
using Spectre.Console;
using TorchBoard.Tool.Averaging;
using TorchBoard.Tool.Comparing;
using TorchBoard.Tool.Files;
using TorchBoard.Tool.Output;
using TorchBoard.Tool.Rewriting;
using TorchBoard.Tool.Runs;

namespace TorchBoard.Tool.Commands;

/// <summary>Writes mean and deviation of several runs as a run.</summary>
internal sealed class AverageCommand : ToolCommand
{
    private const int ShownMissing = 20;

    private readonly Argument<string[]> _directories = DirectoriesArgument();
    private readonly Option<string> _output = RewriteCommand.NewOutputOption();
    private readonly Selection _selection;

    public AverageCommand(Terminal terminal)
        : base(
            terminal, "average", "Writes mean ± standard deviation of several runs, such as seeds, as a new run.",
            ("average 'runs/seed*' --output runs/mean", "Every curve's mean, deviation, band and number of runs."),
            ("average runs --run '*/train' --output mean", "Only the sub-runs 'train': curves of others are not mixed in."))
    {
        _selection = new Selection(_directories);
        Arguments.Add(_directories);
        Options.Add(_output);
        _selection.AddTo(this);
        Options.Add(Json);
    }

    protected override Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        string output = arguments.GetRequiredValue(_output);
        OutputDirectory.ThrowUnlessNew(output, new LogDirectories(arguments.GetRequiredValue(_directories)).Paths());
        string[] tags = arguments.GetRequiredValue(_selection.Tags);
        var curves = new OrderedDictionary<string, AveragedCurve>(StringComparer.Ordinal);
        var runs = new List<string>();
        foreach (RunLog run in _selection.Open(arguments, Terminal).Each(Curves, cancellationToken))
        {
            ScalarSeries[] selected = [.. run.Scalars.Values.Where(curve => Selection.Matches(tags, curve.Tag))];
            if (selected.Length > 0)
                runs.Add(run.Name);
            foreach (ScalarSeries curve in selected)
            {
                if (!curves.TryGetValue(curve.Tag, out AveragedCurve? average))
                    curves.Add(curve.Tag, average = new AveragedCurve(curve.Tag));
                average.Add(curve);
            }
        }

        if (runs.Count < 2)
        {
            throw new UsageException(runs.Count == 0
                ? "No run has a selected curve."
                : $"Only the run '{runs[0]}' has selected curves; a mean needs at least two.");
        }

        AveragedRun.ThrowIfAmbiguous(curves.Values);
        using var files = new NewFiles(output);
        string path = AveragedRun.Write(files, output, curves.Values, cancellationToken);
        files.Complete();
        MissingData[] missing = [.. curves.Values.SelectMany(curve => curve.Missing(runs))];
        if (arguments.GetValue(Json))
            WriteJson(path, runs, curves.Values, missing);
        else
            Write(output, runs, curves.Values, missing);
        return Task.FromResult(ExitCode.Fine);
    }

    private void WriteJson(string path, List<string> runs, IEnumerable<AveragedCurve> curves, MissingData[] missing) =>
        Terminal.WriteJson(new JsonFields
        {
            ["file"] = path,
            ["runs"] = runs.ToArray(),
            ["curves"] = curves.Select(curve => new JsonFields
            {
                ["tag"] = curve.Tag,
                ["steps"] = curve.Points.Select(at => at.Step).ToArray(),
                ["means"] = curve.Points.Select(at => at.Point.Mean).ToArray(),
                ["deviations"] = curve.Points.Select(at => (object?)at.Point.Deviation).ToArray(),
                ["runs"] = curve.Points.Select(at => at.Point.Runs).ToArray(),
            }).ToArray(),
            ["missing"] = missing,
        });

    private void Write(
        string output, List<string> runs, OrderedDictionary<string, AveragedCurve>.ValueCollection curves, MissingData[] missing)
    {
        Table table = Tables.New("Tag", ">Steps", ">Mean at end", ">Deviation", ">Runs", ">Runs per step");
        foreach (AveragedCurve curve in curves)
        {
            AveragedPoint[] points = [.. curve.Points.Select(at => at.Point)];
            (int least, int most) = (points.Min(point => point.Runs), points.Max(point => point.Runs));
            table.AddCells(
                curve.Tag, Shown.Count(points.Length), Shown.Value(points[^1].Mean),
                points[^1].Deviation is double deviation ? Shown.Value(deviation) : "–", Shown.Count(curve.Runs),
                least == most ? Shown.Count(least) : $"{Shown.Count(least)}–{Shown.Count(most)}");
        }

        Terminal.Write(table);
        foreach (MissingData one in missing.Take(ShownMissing))
            Terminal.WriteLine(Terminal.Yellow(Printable.Line(one.Text)));
        if (missing.Length > ShownMissing)
            Terminal.WriteLine(Terminal.Yellow($"{Shown.Count(missing.Length - ShownMissing)} more; --json lists all."));
        Terminal.WriteLine(
            $"Mean of {Shown.Count(runs.Count, "run")} ({Shown.Count(curves.Count, "curve")}) written to {Printable.Line(output)}");
    }
}
