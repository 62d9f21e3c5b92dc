using System.CommandLine;
using System.Net;
using TorchBoard.Indexing;
using TorchBoard.Server;
using TorchBoard.Tool.Commands;
using TorchBoard.Tool.Output;
using TorchBoard.Tool.Runs;

namespace TorchBoard.Tool.Serving;

/// <summary>Serves runs to a stock TensorBoard, on this machine or another.</summary>
internal sealed class ServeCommand : ToolCommand
{
    private const int DefaultPort = 6806;

    private readonly Argument<string> _directory = DirectoryArgument(
        description: "A log directory, a run's directory or an event file; s3://BUCKET/PATH or az://CONTAINER/PATH for runs in an "
            + "object store.",
        parser: PathParser.OneOrStored);
    private readonly Option<int> _grpcPort = new("--grpc-port")
    {
        Description = $"The port; 0 for any free one. {DefaultPort} by default.",
        HelpName = "PORT",
        DefaultValueFactory = _ => DefaultPort,
    };

    private readonly Option<string> _host = new("--host")
    {
        Description =
            "The address to listen on. By default 127.0.0.1, which only programs on this machine reach; with 0.0.0.0, anyone "
            + "who can reach this machine can read the runs.",
        HelpName = "ADDRESS",
        DefaultValueFactory = _ => "127.0.0.1",
    };

    private readonly Option<TimeSpan?> _reload = new("--reload")
    {
        Description = ReloadInterval.Description,
        HelpName = "SECONDS",
        CustomParser = result => ReloadInterval.Parse(result),
    };

    private readonly Option<IReadOnlyDictionary<string, int>> _samples = new("--samples-per-plugin")
    {
        Description = SampleCounts.Description,
        HelpName = "COUNTS",
        CustomParser = SampleCounts.Parse,
    };

    public ServeCommand(Terminal terminal)
        : base(
            terminal, "serve",
            "Serves runs to stock TensorBoard, on this machine or another, until Ctrl-C. It reads them faster than TensorBoard "
                + "does, and shows all of them live.",
            ("serve runs", "Then: tensorboard --grpc_data_provider localhost:6806"),
            ("serve runs --grpc-port 7000", "On a training machine; on the laptop, ssh -L 7000:localhost:7000 gpu-node."),
            ("serve s3://bucket/runs", "Runs in an object store, of which only new bytes are read."),
            ("serve runs --samples-per-plugin scalars=0,images=100", "All points of all curves, and 100 images of each tag."),
            ("--logdir=runs --port-file=…", "As TensorBoard starts it: TENSORBOARD_DATA_SERVER_BINARY=torchboard."))
    {
        Arguments.Add(_directory);
        Options.Add(_grpcPort);
        Options.Add(_host);
        Options.Add(_reload);
        Options.Add(_samples);
    }

    protected override async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        string host = arguments.GetRequiredValue(_host);
        if (!IPAddress.TryParse(host == "localhost" ? "127.0.0.1" : host, out IPAddress? address))
            throw new UsageException($"--host must be an address of this machine, such as 127.0.0.1; was '{host}'.");
        int port = arguments.GetValue(_grpcPort);
        if (port is < IPEndPoint.MinPort or > IPEndPoint.MaxPort)
            throw new UsageException($"--grpc-port must be between 0 and 65535; was {Shown.Count(port)}.");
        string directory = arguments.GetRequiredValue(_directory);
        var index = new RunIndexOptions
        {
            Storage = ObjectStores.Of(directory),
            Samples = arguments.GetValue(_samples) ?? new Dictionary<string, int>(),
            OnCorruptRecord = error => Terminal.Warn($"{error.File} at byte {error.Offset}: {error.Reason}"),
        };
        if (arguments.GetValue(_reload) is { } reload)
            index = index with { ReloadInterval = reload };
        var options = new RunServerOptions
        {
            GrpcPort = port,
            Host = address,
            OnWarning = Terminal.Warn,
            Index = index,
        };
        if (index.Storage is null && !Path.Exists(directory))
            Terminal.Warn($"'{directory}' does not exist yet; waiting for it");

        await using RunServer server = RunServer.Start(directory, options);
        string shown = IPAddress.IsLoopback(address) ? "localhost" : "HOST";
        Terminal.Output.WriteLine($"Serving {server.Runs.Path} on {server.EndPoint}. Show it with:");
        Terminal.Output.WriteLine($"  tensorboard --grpc_data_provider {shown}:{server.EndPoint.Port}");
        await Terminal.Output.FlushAsync(cancellationToken).ConfigureAwait(false);
        await Task.Delay(Timeout.Infinite, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return ExitCode.Fine;
    }
}
