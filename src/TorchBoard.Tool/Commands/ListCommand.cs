using System.CommandLine;
using Spectre.Console;
using TorchBoard.Tool.Output;
using TorchBoard.Tool.Runs;

namespace TorchBoard.Tool.Commands;

/// <summary>Lists runs and tags with counts, steps and sizes.</summary>
internal sealed class ListCommand : ToolCommand
{
    private const int SparklineWidth = 12;

    // Tables with more rows do not wrap cells, which takes time and memory.
    private const int WrappedRows = 1000;

    // A curve of any length as it is shown.
    private static readonly RunLogOptions Listed = new()
    {
        Kinds = [TagKind.Scalar],
        MaxPoints = 8 * SparklineWidth,
    };

    private readonly Argument<string[]> _directories = DirectoriesArgument();
    private readonly Option<bool> _runsOnly = new("--runs") { Description = "One line per run, without its tags." };
    private readonly Selection _selection;

    public ListCommand(Terminal terminal)
        : base(
            terminal, "list", "Lists runs and their tags with kinds, counts, steps and sizes.",
            ("list runs", "Every run in and below the directory, with its tags."),
            ("list runs --runs", "One line per run."),
            ("list runs --run 'lr-*' --tag 'loss*'", "Only the matching runs and tags."),
            ("list runs --json", "The same as JSON."))
    {
        _selection = new Selection(_directories);
        Arguments.Add(_directories);
        _selection.AddTo(this);
        Options.Add(_runsOnly);
        Options.Add(Json);
    }

    protected override Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        // One by one, because graphs may be large.
        IEnumerable<RunLog> runs = _selection.Open(arguments, Terminal).Each(Listed, cancellationToken);
        string[] tags = arguments.GetRequiredValue(_selection.Tags);
        if (arguments.GetValue(Json))
            Terminal.WriteJson(new JsonFields { ["runs"] = runs.Select(run => Describe(run, tags)).ToArray() });
        else if (arguments.GetValue(_runsOnly))
            WriteRuns(runs);
        else
            WriteTags(runs, tags);
        return Task.FromResult(ExitCode.Fine);
    }

    private static IEnumerable<TagInfo> TagsOf(RunLog run, string[] tags) =>
        run.Tags.Values.Where(info => Selection.Matches(tags, info.Tag));

    private static JsonFields Describe(RunLog run, string[] tags) => new()
    {
        ["name"] = run.Name,
        ["path"] = run.Path,
        ["files"] = run.Files.Select(file => new JsonFields
        {
            ["path"] = file.Path,
            ["bytes"] = file.Length,
            ["events"] = file.EventCount,
            ["hasTruncatedTail"] = file.HasTruncatedTail,
        }).ToArray(),
        ["tags"] = TagsOf(run, tags).Select(info => new JsonFields
        {
            ["tag"] = info.Tag,
            ["kind"] = info.Kind,
            ["plugin"] = info.PluginName,
            ["displayName"] = info.DisplayName,
            ["description"] = info.Description,
            ["points"] = info.Count,
            ["firstStep"] = info.FirstStep,
            ["lastStep"] = info.LastStep,
            ["bytes"] = info.Bytes,
            ["firstValue"] = SeriesOf(run, info)?.Values[0],
            ["lastValue"] = SeriesOf(run, info)?.Values[^1],
        }).ToArray(),
        ["graphs"] = run.Graphs.Count,
        ["errors"] = run.Errors.ToArray(),
    };

    private static ScalarSeries? SeriesOf(RunLog run, TagInfo info) =>
        info.Kind == TagKind.Scalar && run.Scalars[info.Tag] is { Count: > 0 } series ? series : null;

    private void WriteRuns(IEnumerable<RunLog> runs)
    {
        var rows = new List<string[]>();
        foreach (RunLog run in runs)
        {
            rows.Add(
            [
                run.Name,
                Shown.Count(run.Tags.Count),
                Shown.Count(run.Tags.Values.Sum(info => (long)info.Count)),
                Shown.Step(run.Tags.Values.Select(info => info.LastStep).DefaultIfEmpty().Max()),
                Shown.Time(run.Tags.Values.Max(info => info.LastWallTime)),
                Shown.Count(run.Files.Count),
                Shown.Bytes(run.Files.Sum(file => file.Length)),
            ]);
        }

        Write(["Run", ">Tags", ">Points", ">Last step", "Last written (UTC)", ">Files", ">Size"], rows);
    }

    private void WriteTags(IEnumerable<RunLog> runs, string[] tags)
    {
        (long count, long bytes) = (0, 0);
        foreach (RunLog run in runs)
        {
            count++;
            bytes += run.Files.Sum(file => file.Length);
            List<TagInfo> infos = [.. TagsOf(run, tags)];
            if (infos.Count == 0 && tags.Length > 0)
                continue;

            string notes = string.Join(" · ", Notes(run));
            Terminal.WriteLine($"{Terminal.Bold(Printable.Line(run.Name))}  {Terminal.Dim(notes)}");
            var rows = new List<string[]>();
            foreach (TagInfo info in infos)
            {
                bool isCurve = info.Kind == TagKind.Scalar;
                rows.Add(
                [
                    info.Tag,
                    Shown.Kind(info.Kind),
                    Shown.Count(info.Count),
                    Shown.Steps(info.FirstStep, info.LastStep),
                    SeriesOf(run, info)?.Values[^1] is double last ? Shown.Value(last) : "",
                    isCurve ? Sparkline.Of(run.Scalars[info.Tag].Values, SparklineWidth) : "",
                    Shown.Bytes(info.Bytes),
                ]);
            }

            if (infos.Count > 0)
                Write(["Tag", "Kind", ">Points", ">Steps", ">Last", "Curve", ">Size"], rows);
            Terminal.WriteLine();
        }

        Terminal.WriteLine(Terminal.Dim($"{Shown.Count(count, "run")}, {Shown.Bytes(bytes)}"));
    }

    private void Write(string[] columns, List<string[]> rows)
    {
        if (rows.Count <= WrappedRows)
        {
            Table wrapping = Tables.New(columns);
            rows.ForEach(cells => wrapping.AddCells(cells));
            Terminal.Write(wrapping);
            return;
        }

        var table = new TextTable(columns);
        rows.ForEach(table.AddCells);
        table.Write(Terminal);
    }

    private static IEnumerable<string> Notes(RunLog run)
    {
        yield return Shown.Count(run.Files.Count, "file");
        yield return Shown.Bytes(run.Files.Sum(file => file.Length));
        yield return Shown.Count(run.Files.Sum(file => file.EventCount), "event");
        if (run.Graphs.Count > 0)
            yield return Shown.Count(run.Graphs.Count, "graph");
        if (run.HasTruncatedTail)
            yield return "ends within a record (still being written, or the writer was killed)";
        if (run.Errors.Count > 0)
            yield return Shown.Count(run.Errors.Count, "damaged record");
    }
}
