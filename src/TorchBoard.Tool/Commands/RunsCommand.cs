using System.CommandLine;
using TorchBoard.Tool.Output;
using TorchBoard.Tool.Ranking;
using TorchBoard.Tool.Runs;

namespace TorchBoard.Tool.Commands;

/// <summary>Shows which run was best, with which hyperparameters.</summary>
internal sealed class RunsCommand : ToolCommand
{
    private const string Table = "table";
    private const string Csv = "csv";
    private const string JsonDocument = "json";
    private const string Markdown = "markdown";
    private const string Min = "min";
    private const string Max = "max";

    private readonly Argument<string[]> _directories = DirectoriesArgument();
    private readonly Option<string[]> _where = new("--where", "-w")
    {
        Description = "Only runs that meet a condition: \"lr > 0.01\", \"best accuracy > 0.9\", \"optimizer = adam\". "
            + "Can be repeated; all must be met.",
        HelpName = "CONDITION",
        DefaultValueFactory = _ => [],
    };

    private readonly Option<string?> _sort = new("--sort", "-s")
    {
        Description = "Sort by a hyperparameter, a metric, or run, status, step, group, start or seconds; by default, by name. "
            + "A metric may have last, min, max or best before.",
        HelpName = "NAME",
    };

    private readonly Option<bool> _descending = new("--descending", "-d") { Description = "Sort the greatest to the top." };
    private readonly Option<int?> _top = new("--top", "-n") { Description = "Only the first N runs.", HelpName = "N" };

    private readonly Option<string[]> _columns = new("--columns", "-c")
    {
        Description = "The columns, separated by commas; names as for --sort, or patterns with *. By default, those that "
            + "fit the terminal.",
        HelpName = "NAMES",
        DefaultValueFactory = _ => [],
    };

    private readonly Option<string?> _best = new("--best")
    {
        Description = "The value of a metric that counts: its min or max. By default, the last.",
        HelpName = "min|max",
    };

    private readonly Option<long?> _step = new("--step")
    {
        Description = "The value of a metric that counts: that at a step, or the last before. A metric that ends earlier has none.",
        HelpName = "STEP",
    };

    private readonly Option<string> _format = new("--format", "-f")
    {
        Description = "table, csv, json or markdown.",
        HelpName = "FORMAT",
        DefaultValueFactory = _ => Table,
    };

    private readonly Selection _selection;

    public RunsCommand(Terminal terminal)
        : base(
            terminal, "runs", "Shows which run was best, with which hyperparameters: a row per run.",
            ("runs runs --sort \"max accuracy\" --descending --top 10", "The ten runs that reached the highest accuracy."),
            ("runs runs --where \"lr > 0.01\" --where \"optimizer = adam\" --sort \"min loss\"",
                "The matching runs, that of the lowest loss first."),
            ("runs 'runs/lr-*' --step 1000 --columns 'lr,batch,val/*'", "Chosen columns, at a step that all have reached."),
            ("runs runs --format csv > runs.csv", "Every run with all hyperparameters and metrics."))
    {
        _format.AcceptOnlyFromAmong(Table, Csv, JsonDocument, Markdown);
        _best.AcceptOnlyFromAmong(Min, Max);
        _selection = new Selection(_directories);
        Arguments.Add(_directories);
        Options.Add(_where);
        Options.Add(_sort);
        Options.Add(_descending);
        Options.Add(_top);
        Options.Add(_columns);
        Options.Add(_best);
        Options.Add(_step);
        _selection.AddTo(this);
        Options.Add(_format);
        Options.Add(Json);
    }

    protected override Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        List<Condition> conditions = [.. arguments.GetRequiredValue(_where).Select(Condition.Parse)];
        MetricChoice usual = ChoiceOf(arguments);
        List<RunResult> runs = Read(arguments, conditions, usual, cancellationToken);
        List<RunResult> results = Trials.Join(runs);
        if (results.Count == 0)
            throw new UsageException("No run has hyperparameters or scalars.");
        var columns = new Columns(results, [.. runs.SelectMany(run => run.DeclaredMetrics)], usual);
        RankedRuns ranked = Rank(arguments, results, conditions, columns);
        if (ranked.Runs.Count == 0)
        {
            Terminal.Fail($"None of {Shown.Count(results.Count, "run")} meets {string.Join(" and ", conditions)}.");
            return Task.FromResult(ExitCode.No);
        }

        Write(arguments, ranked);
        return Task.FromResult(ExitCode.Fine);
    }

    private MetricChoice ChoiceOf(ParseResult arguments)
    {
        if (arguments.GetValue(_descending) && arguments.GetValue(_sort) is null)
            throw new UsageException("--descending requires --sort.");
        if (arguments.GetValue(_top) is < 1)
            throw new UsageException($"--top must be at least 1; was {arguments.GetValue(_top)}.");
        return (arguments.GetValue(_best), arguments.GetValue(_step)) switch
        {
            (not null, not null) => throw new UsageException("Specify either --best or --step."),
            (Min, _) => MetricChoice.Min,
            (Max, _) => MetricChoice.Max,
            (_, not null) => MetricChoice.AtStep,
            _ => MetricChoice.Last,
        };
    }

    private List<RunResult> Read(
        ParseResult arguments, List<Condition> conditions, MetricChoice usual, CancellationToken cancellationToken)
    {
        bool isLastOnly = usual == MetricChoice.Last && !conditions.Exists(condition => condition.NeedsAllValues)
            && !arguments.GetRequiredValue(_columns).SelectMany(names => names.Split(','))
                .Append(arguments.GetValue(_sort) ?? "").Any(name => Columns.NeedsAllValues(name.Trim()));
        RunLogOptions options = RunResult.Options(arguments.GetRequiredValue(_selection.Tags), isLastOnly);
        var names = new Dictionary<string, string>(StringComparer.Ordinal);

        // One by one, because curves may be long; what they came to is short.
        return [.. _selection.Open(arguments, Terminal).Each(options, cancellationToken)
            .Select(run => RunResult.Of(run, arguments.GetValue(_step), names))];
    }

    private RankedRuns Rank(ParseResult arguments, List<RunResult> results, List<Condition> conditions, Columns columns)
    {
        List<Column> chosen = [.. arguments.GetRequiredValue(_columns).SelectMany(columns.Matching)];
        List<(Column Column, Predicate<RunResult> IsMet)> filters = [.. conditions.Select(one => one.Resolve(columns))];
        List<RunResult> ranked = results.FindAll(run => filters.TrueForAll(filter => filter.IsMet(run)));
        int matching = ranked.Count;
        List<Column> used = [.. filters.Select(filter => filter.Column)];
        if (arguments.GetValue(_sort) is { } name)
        {
            bool isDescending = arguments.GetValue(_descending);
            Column by = columns.Get(name, isDescending ? MetricChoice.Max : MetricChoice.Min);
            ranked = [.. ranked.OrderBy(by.ValueOf, new ValueOrder(isDescending))];
            used.Add(by);
        }

        foreach (Column column in used.Concat(chosen).Distinct())
        {
            if (column.Types(results) is ( > 0 and var numbers, > 0 and var texts))
            {
                Terminal.Warn($"'{column.Name}' is a number in {Shown.Count(numbers, "run")} and text in {Shown.Count(texts, "run")}; "
                    + "numbers are sorted before text, and text is neither more nor less than a number");
            }
        }

        if (arguments.GetValue(_top) is int top)
            ranked = [.. ranked.Take(top)];
        List<Column> columnsOfNames = [.. chosen.Prepend(Columns.Run).Distinct()];
        return new RankedRuns(
            ranked, results.Count, matching, chosen.Count > 0 ? columnsOfNames : null, [.. used.Distinct()], columns);
    }

    private void Write(ParseResult arguments, RankedRuns ranked)
    {
        // Without --format, --json selects the format.
        bool isJson = arguments.GetValue(Json) && arguments.GetResult(_format) is not { Implicit: false };
        switch (isJson ? JsonDocument : arguments.GetRequiredValue(_format))
        {
            case Csv:
                RunExport.WriteCsv(Terminal.Output, ranked);
                break;
            case Markdown:
                RunExport.WriteMarkdown(Terminal.Output, ranked, Terminal.PipeWidth);
                break;
            case JsonDocument:
                Terminal.WriteJson(new JsonFields { ["total"] = ranked.Total, ["matching"] = ranked.Matching, ["runs"] = RunExport.ToJson(ranked) });
                break;
            default:
                new RunTable(Terminal, ranked).Write();
                break;
        }
    }
}
