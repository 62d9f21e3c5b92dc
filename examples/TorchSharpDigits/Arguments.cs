using System.CommandLine;

namespace TorchSharpDigits;

/// <summary>The command line.</summary>
internal sealed class Arguments
{
    private readonly Option<string> _logDirectory = new("--logdir")
    {
        Description = "Where the event files go, a run for each trial below it.",
        HelpName = "DIR",
        DefaultValueFactory = _ => "runs/torchsharp-digits",
    };

    private readonly Option<string> _device = new("--device")
    {
        Description = "Where the network is trained.",
        DefaultValueFactory = _ => "cpu",
    };

    private readonly Option<int> _epochs = new("--epochs")
    {
        Description = "How often every training picture is seen in a trial; at least 1.",
        HelpName = "N",
        DefaultValueFactory = _ => 12,
    };

    public Arguments()
    {
        Command = new RootCommand(
            "Trains a convolutional network to recognize handwritten digits, several times with other settings, and "
            + "logs the training for TensorBoard.")
        {
            _logDirectory, _device, _epochs,
        };
        _device.AcceptOnlyFromAmong("cpu", "cuda");
        _epochs.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && !(int.TryParse(token.Value, out int epochs) && epochs >= 1))
                result.AddError($"--epochs is '{token.Value}'; wanted is a whole number, at least 1.");
        });
    }

    public RootCommand Command { get; }

    public string LogDirectory(ParseResult result) => result.GetValue(_logDirectory)!;

    public string Device(ParseResult result) => result.GetValue(_device)!;

    public int Epochs(ParseResult result) => result.GetValue(_epochs);
}
