using System.CommandLine;
using TorchBoard.Tool.Output;
using TorchBoard.Tool.Runs;

namespace TorchBoard.Tool.Commands;

/// <summary>Copies runs without some tags.</summary>
internal sealed class RemoveCommand : RewriteCommand
{
    private readonly Argument<string[]> _directories = NewDirectoriesArgument(PathParser.BeforeTags);
    private readonly Argument<string[]> _tags = new("TAG")
    {
        Description = "The tags; * matches any characters.",
        Arity = ArgumentArity.OneOrMore,
    };

    public RemoveCommand(Terminal terminal)
        : base(
            terminal, "remove", "Copies runs to a new directory without the given tags.",
            ("remove runs 'debug/*' --output smaller", "Removes the tags of a group."),
            ("remove runs/a runs/b 'debug/*' --output smaller", "Of two runs."),
            ("remove runs weights samples --output smaller", "Removes two tags."))
    {
        _tags.CompletionSources.Add(new Selection(_directories).TagsOf);
        Arguments.Add(_directories);
        Arguments.Add(_tags);
        Options.Add(Output);
        Options.Add(Json);
    }

    protected override Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        var source = new LogDirectories(arguments.GetRequiredValue(_directories));
        string[] tags = arguments.GetRequiredValue(_tags);
        OpenedRuns.ThrowIfMissing(source, tags);
        return Task.FromResult(Copy(
            arguments, source, (_, _) => (tag, _) => Selection.Matches(tags, tag) ? null : tag, cancellationToken));
    }
}
