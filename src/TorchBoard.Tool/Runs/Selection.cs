using System.CommandLine;
using System.CommandLine.Completions;
using System.IO.Enumeration;
using TorchBoard.Tool.Output;

namespace TorchBoard.Tool.Runs;

/// <summary>The options that select runs and tags, and their selection.</summary>
internal sealed class Selection
{
    private readonly Argument<string> _directory;

    public Selection(Argument<string> directory)
    {
        _directory = directory;
        Tags.CompletionSources.Add(TagsOf);
    }

    public Option<string[]> Runs { get; } = new("--run", "-r")
    {
        Description = "Only these runs; * matches any characters. Can be repeated.",
        HelpName = "RUN",
        DefaultValueFactory = _ => [],
    };

    public Option<string[]> Tags { get; } = new("--tag", "-t")
    {
        Description = "Only these tags; * matches any characters. Can be repeated.",
        HelpName = "TAG",
        DefaultValueFactory = _ => [],
    };

    public void AddTo(Command command)
    {
        command.Options.Add(Runs);
        command.Options.Add(Tags);
    }

    public static bool Matches(IReadOnlyCollection<string> patterns, string name) =>
        patterns.Count == 0 || patterns.Any(pattern => Matches(pattern, name));

    public static bool Matches(string pattern, string name) =>
        pattern == name || FileSystemName.MatchesSimpleExpression(pattern, name, ignoreCase: false);

    /// <summary>The selected runs.</summary>
    public OpenedRuns Open(ParseResult arguments, Terminal terminal) => new(
        arguments.GetRequiredValue(_directory), arguments.GetRequiredValue(Runs), arguments.GetRequiredValue(Tags),
        terminal);

    /// <summary>Returns the tags for shell completion.</summary>
    public IEnumerable<CompletionItem> TagsOf(CompletionContext context)
    {
        try
        {
            string? path = context.ParseResult.GetValue(_directory);
            return path is null
                ? []
                : [.. OpenedRuns.TagsOf(path).Where(tag => !Printable.HasCommand(tag)).Distinct()
                    .Order(StringComparer.Ordinal).Select(tag => new CompletionItem(tag))];
        }
        catch (Exception e) when (e is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
