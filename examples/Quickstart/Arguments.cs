using System.CommandLine;

namespace Quickstart;

/// <summary>The command line.</summary>
internal sealed class Arguments
{
    private readonly Option<string> _logDirectory = new("--logdir")
    {
        Description = "Where the event files go, as two runs below it.",
        HelpName = "DIR",
        DefaultValueFactory = _ => "runs/quickstart",
    };

    private readonly Option<int> _epochs = new("--epochs")
    {
        Description = "How often every training picture is seen; at least 1.",
        HelpName = "N",
        DefaultValueFactory = _ => new TrainerOptions().Epochs,
    };

    private readonly Option<int> _seed = new("--seed")
    {
        Description = "What split, first weights and order are drawn from; any whole number.",
        HelpName = "S",
        DefaultValueFactory = _ => new TrainerOptions().Seed,
    };

    public Arguments()
    {
        Command = new RootCommand(
            "Trains a small network to recognize handwritten digits, and logs the training for TensorBoard.")
        {
            _logDirectory, _epochs, _seed,
        };
        _logDirectory.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: "" }])
                result.AddError("--logdir names no directory; give one, such as runs/quickstart.");
        });
        foreach (Option<int> option in new[] { _epochs, _seed })
        {
            option.Validators.Add(result =>
            {
                int least = option == _epochs ? 1 : int.MinValue;
                if (result.Tokens is [var token] && !(int.TryParse(token.Value, out int value) && value >= least))
                    result.AddError($"{option.Name} is '{token.Value}'; wanted is a whole number{Range(least)}.");
            });
        }
    }

    public RootCommand Command { get; }

    public string LogDirectory(ParseResult result) => result.GetValue(_logDirectory)!;

    public TrainerOptions Training(ParseResult result) =>
        new() { Epochs = result.GetValue(_epochs), Seed = result.GetValue(_seed) };

    private static string Range(int least) => least == 1 ? ", at least 1" : "";
}
