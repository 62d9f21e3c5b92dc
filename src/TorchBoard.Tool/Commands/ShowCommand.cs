using System.CommandLine;
using TorchBoard.Tool.Output;
using TorchBoard.Tool.Output.Pictures;
using TorchBoard.Tool.Runs;

namespace TorchBoard.Tool.Commands;

/// <summary>Shows values: curves as charts, histograms as bars, text.</summary>
internal sealed class ShowCommand : ToolCommand
{
    private readonly Argument<string[]> _directories = DirectoriesArgument(PathParser.BeforeTag);
    private readonly Argument<string?> _tag = new("TAG")
    {
        Description = "The tag, or a pattern with *. By default, every curve. A tag that is also the name of a "
            + "directory is a tag if the runs have it.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Option<long?> _step = new("--step")
    {
        Description = "The step to show. By default, the last; of a curve, all.",
        HelpName = "STEP",
    };

    private readonly Option<int> _points = new("--points", "-n")
    {
        Description = "Number of last points to list for a curve.",
        HelpName = "N",
        DefaultValueFactory = _ => 5,
    };

    private readonly CurveStyleOptions _style = new();
    private readonly Option<string> _pictures = PictureProtocols.Option();
    private readonly Selection _selection;

    public ShowCommand(Terminal terminal)
        : base(
            terminal, "show", "Shows values: curves, histograms, text and more.",
            ("show runs", "Every curve, the runs overlaid."),
            ("show runs loss/train --log", "One curve on a logarithmic axis, its extremes and its last points."),
            ("show runs 'loss/*' --run 'lr-*' --smooth 0.6", "The matching curves of the matching runs, smoothed."),
            ("show runs loss/train --x relative", "One curve over the time that the runs took."),
            ("show runs loss/train --step 1000", "The value of each run at a step."),
            ("show runs fc1/weight --step 400", "The histogram of a step as bars, and its change over time."),
            ("show runs loss/train --json", "Every point as JSON."))
    {
        _selection = new Selection(_directories);
        _tag.CompletionSources.Add(_selection.TagsOf);
        Arguments.Add(_directories);
        Arguments.Add(_tag);
        Options.Add(_selection.Runs);
        Options.Add(_step);
        Options.Add(_points);
        _style.AddTo(this);
        Options.Add(_pictures);
        Options.Add(Json);
    }

    protected override Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        string? pattern = arguments.GetValue(_tag);
        CurveStyle style = _style.Of(arguments);
        if (arguments.GetValue(_points) < 0)
            throw new UsageException($"--points must be at least 0; was {arguments.GetValue(_points)}.");

        bool json = arguments.GetValue(Json);
        var opened = new OpenedRuns(
            new LogDirectories(arguments.GetRequiredValue(_directories)), arguments.GetRequiredValue(_selection.Runs),
            pattern is null ? [] : [pattern], Terminal);
        List<RunLog> runs = opened.Read(pattern is null && !json ? Curves : new RunLogOptions(), cancellationToken);
        var chosen = runs
            .SelectMany(run => run.Tags.Values.Select(info => (Run: run, Info: info)))
            .Where(tag => pattern is null || Selection.Matches(pattern, tag.Info.Tag))
            .ToList();

        if (json)
        {
            WriteJson(chosen);
            return Task.FromResult(ExitCode.Fine);
        }

        if (pattern is null)
            chosen.RemoveAll(tag => tag.Info.Kind != TagKind.Scalar);
        if (chosen.Count == 0)
        {
            throw new UsageException(
                "There are no curves. 'torchboard list' lists the tags; 'torchboard show DIR TAG' shows one.");
        }

        var curves = new CurveView(Terminal, style)
        {
            IsBrief = pattern is null,
            Points = arguments.GetValue(_points),
        };
        var others = new ValueView(
            Terminal, arguments.GetValue(_step),
            PictureProtocols.Of(arguments.GetValue(_pictures), Terminal, Environment.GetEnvironmentVariable));
        foreach (var tag in chosen.GroupBy(tag => tag.Info.Tag, StringComparer.Ordinal))
        {
            List<ScalarSeries> scalars =
                [.. tag.Where(t => t.Info.Kind == TagKind.Scalar).Select(t => t.Run.Scalars[tag.Key])];
            if (scalars.Count > 0 && arguments.GetValue(_step) is long step)
                curves.WriteAt(step, tag.Key, scalars);
            else if (scalars.Count > 0)
                curves.Write(tag.Key, scalars);
            foreach ((RunLog run, TagInfo info) in tag.Where(t => t.Info.Kind != TagKind.Scalar))
                others.Write(run, info);
        }

        return Task.FromResult(ExitCode.Fine);
    }

    private void WriteJson(List<(RunLog Run, TagInfo Info)> tags) => Terminal.WriteJson(new JsonFields
    {
        ["tags"] = tags.Select(tag => FieldsOf(tag.Run, tag.Info, LoggedSeries.Of(tag.Run, tag.Info))).ToArray(),
    });

    private static JsonFields FieldsOf(RunLog run, TagInfo info, LoggedSeries? series) => new()
    {
        ["run"] = run.Name,
        ["tag"] = info.Tag,
        ["kind"] = info.Kind,
        ["steps"] = series?.Steps ?? [],
        ["wallTimes"] = series?.WallTimes ?? [],
        ["values"] = series?.Values.Select(ValueJson.Of).ToArray() ?? [],
    };
}
