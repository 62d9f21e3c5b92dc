using System.CommandLine;

namespace TorchSharpDigits;

/// <summary>The command line.</summary>
internal sealed class Arguments
{
    private readonly Option<string> _logDirectory = new("--logdir")
    {
        Description = "The directory for the runs, one for each trial.",
        HelpName = "DIR",
        DefaultValueFactory = _ => "runs/torchsharp-digits",
    };

    private readonly Option<string> _device = new("--device")
    {
        Description = "The device to train on.",
        DefaultValueFactory = _ => "cpu",
    };

    private readonly Option<int> _epochs = new("--epochs")
    {
        Description = "Number of epochs per trial; at least 1.",
        HelpName = "N",
        DefaultValueFactory = _ => 12,
    };

    public Arguments()
    {
        Command = new RootCommand(
            "Trains a convolutional network to recognize handwritten digits several times with different settings, and "
            + "logs the training for TensorBoard.")
        {
            _logDirectory, _device, _epochs,
        };
        _device.AcceptOnlyFromAmong("cpu", "cuda");
        _epochs.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && !(int.TryParse(token.Value, out int epochs) && epochs >= 1))
                result.AddError($"--epochs must be an integer of at least 1; was '{token.Value}'.");
        });
    }

    public RootCommand Command { get; }

    public string LogDirectory(ParseResult result) => result.GetValue(_logDirectory)!;

    public string Device(ParseResult result) => result.GetValue(_device)!;

    public int Epochs(ParseResult result) => result.GetValue(_epochs);
}
