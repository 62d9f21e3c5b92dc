using System.CommandLine;
using Dashboards;
using TorchBoard;

const int wrongUsage = 2;

var logDirectory = new Option<string>("--logdir")
{
    Description = "The directory for the run.",
    HelpName = "DIR",
    DefaultValueFactory = _ => "runs/dashboards",
};
logDirectory.Validators.Add(result =>
{
    if (result.Tokens is [{ Value: "" }])
        result.AddError("--logdir must name a directory, such as runs/dashboards.");
});
var command = new RootCommand("Writes real data for every dashboard of TensorBoard.") { logDirectory };
command.SetAction(result => Write(result.GetValue(logDirectory)!));

ParseResult parsed = command.Parse(args);
if (parsed.Errors is [var error, ..])
{
    Console.Error.WriteLine(error.Message);
    return wrongUsage;
}

return parsed.Invoke();

static int Write(string logDirectory)
{
    string run = Path.Combine(logDirectory, "showcase");
    SummaryWriter writer;
    try
    {
        writer = new SummaryWriter(run);
    }
    catch (Exception e) when (e is IOException or UnauthorizedAccessException)
    {
        Console.Error.WriteLine(e.Message);
        return wrongUsage;
    }

    using (writer)
    {
        var digits = Digits.Load();
        ClassifierDashboards.Write(writer);
        ImageDashboard.Write(writer, digits);
        AudioDashboard.Write(writer);
        VideoDashboard.Write(writer);
        MeshDashboard.Write(writer);
        GraphDashboard.Write(writer);
        ProjectorDashboard.Write(writer, digits);

        // A run shows one graph, so a second one needs a run of its own.
        using SummaryWriter onnx = writer.OpenSubRun("onnx");
        GraphDashboard.WriteOnnx(onnx);
    }

    HyperparametersDashboard.Write(Path.Combine(logDirectory, "hyperparameters"));

    Console.WriteLine($"Written to {run}. To view it: tensorboard --logdir {logDirectory}");
    return 0;
}
