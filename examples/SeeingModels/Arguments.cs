using System.CommandLine;

namespace SeeingModels;

/// <summary>The command line.</summary>
internal sealed class Arguments
{
    private readonly Option<string> _logDirectory = new("--logdir")
    {
        Description = "The directory for the run.",
        HelpName = "DIR",
        DefaultValueFactory = _ => "runs/seeing-models",
    };

    private readonly Option<string[]> _only = new("--only")
    {
        Description = "The techniques to run, by the first part of their tags; all by default.",
        HelpName = "NAME",
        AllowMultipleArgumentsPerToken = true,
    };

    public Arguments(IReadOnlyList<string> techniques)
    {
        Command = new RootCommand(
            "Trains small models on handwritten digits and demonstrates techniques to interpret them.")
        {
            _logDirectory, _only,
        };
        _only.AcceptOnlyFromAmong([.. techniques]);
    }

    public RootCommand Command { get; }

    public string LogDirectory(ParseResult result) => result.GetValue(_logDirectory)!;

    public IReadOnlyList<string> Only(ParseResult result) => result.GetValue(_only) ?? [];
}
