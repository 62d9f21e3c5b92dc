using System.CommandLine;
using TorchBoard.Tool.Output;
using TorchBoard.Tool.Rewriting;
using TorchBoard.Tool.Runs;

namespace TorchBoard.Tool.Commands;

/// <summary>Copies runs, renaming tags.</summary>
internal sealed class RenameCommand : RewriteCommand
{
    private readonly Argument<string[]> _directories = NewDirectoriesArgument(PathParser.BeforeTwo);
    private readonly Argument<string> _old = new("OLD") { Description = "The tag, or a pattern with one *." };

    private readonly Argument<string> _new = new("NEW")
    {
        Description = "The new name; its * is replaced by what the * of OLD matches.",
    };

    public RenameCommand(Terminal terminal)
        : base(
            terminal, "rename", "Copies runs to a new directory, renaming tags.",
            ("rename runs Loss loss/train --output renamed", "One tag."),
            ("rename runs 'train_*' 'train/*' --output renamed", "All tags with a prefix."))
    {
        _old.CompletionSources.Add(new Selection(_directories).TagsOf);
        Arguments.Add(_directories);
        Arguments.Add(_old);
        Arguments.Add(_new);
        Options.Add(Output);
        Options.Add(Json);
    }

    protected override Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        var source = new LogDirectories(arguments.GetRequiredValue(_directories));
        var pattern = new TagRename(arguments.GetRequiredValue(_old), arguments.GetRequiredValue(_new));
        OpenedRuns.ThrowIfMissing(source, [arguments.GetRequiredValue(_old)]);
        return Task.FromResult(Copy(arguments, source, Decide, cancellationToken));

        Func<string, long, string?> Decide(LoggedRun run, TagDictionary<TagInfo> tags)
        {
            Dictionary<string, string> map = MapOf(run, tags, pattern);
            return (tag, _) => map.GetValueOrDefault(tag, tag);
        }
    }

    private static Dictionary<string, string> MapOf(LoggedRun run, TagDictionary<TagInfo> tags, TagRename pattern)
    {
        var map = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (string tag in tags.Keys)
        {
            if (pattern.Apply(tag) is { } renamed && renamed != tag)
                map.Add(tag, renamed);
        }

        var names = new HashSet<string>(tags.Keys.Where(tag => !map.ContainsKey(tag)), StringComparer.Ordinal);
        foreach ((string tag, string renamed) in map)
        {
            if (!names.Add(renamed))
            {
                throw new UsageException(
                    $"'{tag}' cannot become '{renamed}': run '{run.Name}' would have two tags of that name.");
            }
        }

        return map;
    }
}
