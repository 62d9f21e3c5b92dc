using System.CommandLine;

namespace SeeingModels;

/// <summary>The command line.</summary>
internal sealed class Arguments
{
    private readonly Option<string> _logDirectory = new("--logdir")
    {
        Description = "Where the event file goes.",
        HelpName = "DIR",
        DefaultValueFactory = _ => "runs/seeing-models",
    };

    private readonly Option<string[]> _only = new("--only")
    {
        Description = "The techniques to show, by the first part of their tags; all by default.",
        HelpName = "NAME",
        AllowMultipleArgumentsPerToken = true,
    };

    public Arguments(IReadOnlyList<string> techniques)
    {
        Command = new RootCommand(
            "Trains small models on handwritten digits and shows, technique by technique, how to look into them.")
        {
            _logDirectory, _only,
        };
        _only.AcceptOnlyFromAmong([.. techniques]);
    }

    public RootCommand Command { get; }

    public string LogDirectory(ParseResult result) => result.GetValue(_logDirectory)!;

    public IReadOnlyList<string> Only(ParseResult result) => result.GetValue(_only) ?? [];
}
