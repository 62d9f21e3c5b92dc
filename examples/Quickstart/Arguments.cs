using System.CommandLine;

namespace Quickstart;

/// <summary>The command line.</summary>
internal sealed class Arguments
{
    private readonly Option<string> _logDirectory = new("--logdir")
    {
        Description = "The directory for the two runs.",
        HelpName = "DIR",
        DefaultValueFactory = _ => "runs/quickstart",
    };

    private readonly Option<int> _epochs = new("--epochs")
    {
        Description = "Number of epochs; at least 1.",
        HelpName = "N",
        DefaultValueFactory = _ => new TrainerOptions().Epochs,
    };

    private readonly Option<int> _seed = new("--seed")
    {
        Description = "Seed of the split, the initial weights and the order; any integer.",
        HelpName = "S",
        DefaultValueFactory = _ => new TrainerOptions().Seed,
    };

    public Arguments()
    {
        Command = new RootCommand(
            "Trains a small network to recognize handwritten digits and logs the training for TensorBoard.")
        {
            _logDirectory, _epochs, _seed,
        };
        _logDirectory.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: "" }])
                result.AddError("--logdir must name a directory, such as runs/quickstart.");
        });
        foreach (Option<int> option in new[] { _epochs, _seed })
        {
            option.Validators.Add(result =>
            {
                int least = option == _epochs ? 1 : int.MinValue;
                if (result.Tokens is [var token] && !(int.TryParse(token.Value, out int value) && value >= least))
                    result.AddError($"{option.Name} must be an integer{Range(least)}; was '{token.Value}'.");
            });
        }
    }

    public RootCommand Command { get; }

    public string LogDirectory(ParseResult result) => result.GetValue(_logDirectory)!;

    public TrainerOptions Training(ParseResult result) =>
        new() { Epochs = result.GetValue(_epochs), Seed = result.GetValue(_seed) };

    private static string Range(int least) => least == 1 ? " of at least 1" : "";
}
