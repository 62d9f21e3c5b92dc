using System.CommandLine;
using System.Diagnostics;
using System.Text;
using Quickstart;
using TorchBoard;
using TorchSharp;
using TorchSharpDigits;

const int wrongUsage = 2;
const double heldOutShare = 0.2;
const int seed = 1;

Console.OutputEncoding = Encoding.UTF8;
var arguments = new Arguments();
arguments.Command.SetAction(Run);
return arguments.Command.Parse(args).Invoke();

int Run(ParseResult result)
{
    (string logDirectory, string name, int epochs) =
        (arguments.LogDirectory(result), arguments.Device(result), arguments.Epochs(result));
    try
    {
        LibTorch.EnsureLoaded();
    }
    catch (DllNotFoundException e)
    {
        Console.Error.WriteLine(e.Message);
        return wrongUsage;
    }

    if (name == "cuda" && !torch.cuda.is_available())
    {
        Console.Error.WriteLine(
            "No CUDA device, or built without CUDA; build with -p:LibTorchPackage=TorchSharp-cuda-linux.");
        return wrongUsage;
    }

    var clock = Stopwatch.StartNew();
    torch.Device device = torch.device(name);
    (Digits train, Digits heldOut) = Digits.Load().Split(heldOutShare, new Random(seed));
    using var trainTensors = new DigitTensors(train, device);
    using var heldOutTensors = new DigitTensors(heldOut, device);
    try
    {
        IReadOnlyList<TrialResult> results = Report.Train(epochs, (trial, onEpoch) =>
        {
            using var run = new TrialRun(logDirectory, trial, epochs, trainTensors, heldOutTensors);
            return run.Train(onEpoch);
        });
        Report.End(logDirectory, name, results, clock.Elapsed);
        return 0;
    }
    catch (Exception e) when (e is IOException or UnauthorizedAccessException)
    {
        Console.Error.WriteLine(e.Message);
        return wrongUsage;
    }
}
