using System.CommandLine;
using System.CommandLine.Completions;
using System.IO.Enumeration;
using TorchBoard.Tool.Output;

namespace TorchBoard.Tool.Runs;

/// <summary>The options that select runs and tags, and their selection.</summary>
internal sealed class Selection
{
    private readonly Func<ParseResult, IEnumerable<string>> _directories;

    public Selection(Argument<string[]> directories)
        : this(arguments => arguments.GetValue(directories) ?? [])
    {
    }

    public Selection(Argument<string> directory)
        : this(arguments => arguments.GetValue(directory) is { } path ? [path] : [])
    {
    }

    private Selection(Func<ParseResult, IEnumerable<string>> directories)
    {
        _directories = directories;
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
        new LogDirectories(_directories(arguments)), arguments.GetRequiredValue(Runs), arguments.GetRequiredValue(Tags),
        terminal);

    /// <summary>Returns the tags for shell completion.</summary>
    public IEnumerable<CompletionItem> TagsOf(CompletionContext context)
    {
        try
        {
            string[] paths = [.. _directories(context.ParseResult)];
            return paths.Length == 0
                ? []
                : [.. OpenedRuns.TagsOf(new LogDirectories(paths)).Where(tag => !Printable.HasCommand(tag)).Distinct()
                    .Order(StringComparer.Ordinal).Select(tag => new CompletionItem(tag))];
        }
        catch (Exception e) when (Failure.IsExpected(e) || e is ArgumentException)
        {
            return [];
        }
    }
}
