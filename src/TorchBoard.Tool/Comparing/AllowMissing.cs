using System.CommandLine;

namespace TorchBoard.Tool.Comparing;

/// <summary>The option that says what may be missing.</summary>
internal sealed class AllowMissing
{
    private readonly Option<string[]> _option = new("--allow-missing")
    {
        Description = "Allow runs, tags or steps that only one side has: runs, tags, steps, or all without a value.",
        HelpName = "KIND",
        Arity = ArgumentArity.ZeroOrMore,
        AllowMultipleArgumentsPerToken = false,
    };

    public void AddTo(Command command) => command.Options.Add(_option);

    /// <exception cref="UsageException">A value is not a kind.</exception>
    public MissingKinds Of(ParseResult arguments)
    {
        if (arguments.GetResult(_option) is null)
            return MissingKinds.None;
        string[] words = [.. (arguments.GetValue(_option) ?? []).SelectMany(value => value.Split(','))];
        return words.Length == 0
            ? MissingKinds.All
            : words.Aggregate(MissingKinds.None, (kinds, word) => kinds | Of(word));
    }

    private static MissingKinds Of(string word) => word switch
    {
        "runs" => MissingKinds.Runs,
        "tags" => MissingKinds.Tags,
        "steps" => MissingKinds.Steps,
        "all" => MissingKinds.All,
        _ => throw new UsageException(
            $"--allow-missing must be runs, tags, steps or all; was '{word}'. Without a value, put it last."),
    };
}
