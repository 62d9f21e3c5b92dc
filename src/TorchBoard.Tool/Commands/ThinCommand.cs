using System.CommandLine;
using TorchBoard.Tool.Output;
using TorchBoard.Tool.Rewriting;
using TorchBoard.Tool.Runs;

namespace TorchBoard.Tool.Commands;

/// <summary>Copies runs with fewer points.</summary>
internal sealed class ThinCommand : RewriteCommand
{
    private readonly Argument<string[]> _directories = NewDirectoriesArgument(PathParser.Several);

    private readonly Option<long?> _every = new("--every")
    {
        Description = "Keep every N-th point of a tag and the last.",
        HelpName = "N",
    };

    private readonly Option<long?> _points = new("--points")
    {
        Description = "Keep at most N evenly spaced points of a tag, including the first and the last.",
        HelpName = "N",
    };

    private readonly Selection _selection;

    public ThinCommand(Terminal terminal)
        : base(
            terminal, "thin", "Copies runs to a new directory with fewer points.",
            ("thin runs --every 10 --output thinned", "Every tenth point of each tag and the last."),
            ("thin runs --points 1000 --tag 'loss*' --output thinned",
                "At most 1000 points of the matching tags, all points of the others."))
    {
        _selection = new Selection(_directories);
        Arguments.Add(_directories);
        Options.Add(_every);
        Options.Add(_points);
        Options.Add(_selection.Tags);
        Options.Add(Output);
        Options.Add(Json);
    }

    protected override Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        var source = new LogDirectories(arguments.GetRequiredValue(_directories));
        string[] tags = arguments.GetRequiredValue(_selection.Tags);
        Thinning thinning = (arguments.GetValue(_every), arguments.GetValue(_points)) switch
        {
            ( >= 1 and long every, null) => Thinning.Every(every),
            (null, >= 1 and long points) => Thinning.AtMost(points),
            (null, null) or (not null, not null) => throw new UsageException("Specify either --every N or --points N."),
            _ => throw new UsageException("--every and --points must be at least 1."),
        };
        OpenedRuns.ThrowIfMissing(source, tags);
        return Task.FromResult(Copy(arguments, source, Decide, cancellationToken));

        Func<string, long, string?> Decide(LoggedRun run, TagDictionary<TagInfo> infos) => (tag, before) =>
        {
            bool isMeant = Selection.Matches(tags, tag) && infos.TryGetValue(tag, out TagInfo? info)
                && info.Kind != TagKind.Hyperparameters;
            return !isMeant || thinning.Keeps(before, infos[tag].Count) ? tag : null;
        };
    }
}
