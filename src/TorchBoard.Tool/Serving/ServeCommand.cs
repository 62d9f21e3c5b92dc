using System.CommandLine;
using System.Net;
using TorchBoard.Indexing;
using TorchBoard.Server;
using TorchBoard.Tool.Commands;
using TorchBoard.Tool.Output;
using TorchBoard.Tool.Runs;

namespace TorchBoard.Tool.Serving;

/// <summary>Serves runs as a page for the browser, and to a stock TensorBoard, on this machine or another.</summary>
internal sealed class ServeCommand : ToolCommand
{
    private const int DefaultPort = 6006;
    private const string DefaultDirectory = "runs";

    /// <summary>As many as a server in a program keeps: 96 MB.</summary>
    private const long ExtraPoints = 4_000_000;

    private readonly Argument<string> _directory = new("DIR")
    {
        Description = "A log directory, a run's directory or an event file; s3://BUCKET/PATH or az://CONTAINER/PATH for runs in an "
            + $"object store. By default {DefaultDirectory}, or the current directory if there is none.",
        Arity = ArgumentArity.ZeroOrOne,
        CustomParser = PathParser.OneOrStored,
    };

    private readonly Option<int> _port = new("--port")
    {
        Description = $"The port of the page; 0 for any free one. {DefaultPort} by default, or the next free one.",
        HelpName = "PORT",
        DefaultValueFactory = _ => DefaultPort,
    };

    private readonly Option<string> _host = new("--host")
    {
        Description =
            "The address to serve the page on. By default 127.0.0.1, which only programs on this machine reach. With another one, "
            + "such as 0.0.0.0 for all networks, the page demands the token in the address that is printed.",
        HelpName = "ADDRESS",
        DefaultValueFactory = _ => "127.0.0.1",
    };

    private readonly Option<string[]> _allowedHosts = new("--allow-host")
    {
        Description = "Another name by which browsers reach the page, such as that of a proxy.",
        HelpName = "NAME",
    };

    private readonly Option<string?> _token = new("--token")
    {
        Description = "What a browser must know to read the runs. By default none on 127.0.0.1, and a random one on other addresses.",
        HelpName = "TOKEN",
    };

    private readonly Option<bool> _open = new("--open") { Description = "Open the page in the browser." };

    private readonly Option<int?> _grpcPort = new("--grpc-port")
    {
        Description = "The port for TensorBoard; 0 for any free one. 6806 by default, or the next free one.",
        HelpName = "PORT",
    };

    private readonly Option<string> _grpcHost = new("--grpc-host")
    {
        Description =
            "The address to serve TensorBoard on. By default 127.0.0.1; with 0.0.0.0, anyone who can reach this machine can read "
            + "the runs.",
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
            "Shows runs live in a browser, without Python, and serves them to stock TensorBoard, on this machine or another, until "
                + "Ctrl-C.",
            ("serve runs", "A page at http://127.0.0.1:6006/; or tensorboard --grpc_data_provider localhost:6806."),
            ("serve --open", "The runs in the directory runs, or in this one, in the browser."),
            ("serve runs --port 7000", "On a training machine; on the laptop, ssh -L 7000:localhost:7000 gpu-node."),
            ("serve runs --host 0.0.0.0", "On all networks, for those who know the token."),
            ("serve s3://bucket/runs", "Runs in an object store, of which only new bytes are read."),
            ("serve runs --samples-per-plugin scalars=0,images=100", "All points of all curves, and 100 images of each tag."),
            ("--logdir=runs --port-file=…", "As TensorBoard starts it: TENSORBOARD_DATA_SERVER_BINARY=torchboard."))
    {
        Arguments.Add(_directory);
        Options.Add(_port);
        Options.Add(_host);
        Options.Add(_allowedHosts);
        Options.Add(_token);
        Options.Add(_open);
        Options.Add(_grpcPort);
        Options.Add(_grpcHost);
        Options.Add(_reload);
        Options.Add(_samples);
    }

    protected override async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        string directory = arguments.GetValue(_directory)
            ?? (Directory.Exists(DefaultDirectory) ? DefaultDirectory : ".");
        var index = new RunIndexOptions
        {
            Storage = ObjectStores.Of(directory),
            Samples = arguments.GetValue(_samples) ?? new Dictionary<string, int>(),
            ExtraPoints = ExtraPoints,
            OnCorruptRecord = error => Terminal.Warn(Shown.Damage(error)),
        };
        if (arguments.GetValue(_reload) is { } reload)
            index = index with { ReloadInterval = reload };
        if (arguments.GetValue(_token) is "")
            throw new UsageException("--token must not be empty.");
        var options = new RunServerOptions
        {
            Port = PortOf(arguments.GetValue(_port), "--port"),
            Host = AddressOf(arguments.GetRequiredValue(_host), "--host"),
            Token = arguments.GetValue(_token),
            AllowedHosts = arguments.GetValue(_allowedHosts) ?? [],
            GrpcPort = arguments.GetValue(_grpcPort) is { } port ? PortOf(port, "--grpc-port") : null,
            GrpcHost = AddressOf(arguments.GetRequiredValue(_grpcHost), "--grpc-host"),
            OnWarning = Terminal.Warn,
            Index = index,
        };
        if (index.Storage is null && !Path.Exists(directory))
            Terminal.Warn($"'{directory}' does not exist yet; waiting for it");

        await using RunServer server = RunServer.Start(directory, options);
        string shown = IPAddress.IsLoopback(options.GrpcHost) ? "localhost" : Environment.MachineName;
        Terminal.Output.WriteLine($"{server.Runs.Path} is shown at {server.PageUrl}");
        Terminal.Output.WriteLine($"In TensorBoard: tensorboard --grpc_data_provider {shown}:{server.GrpcEndPoint.Port}");
        await Terminal.Output.FlushAsync(cancellationToken).ConfigureAwait(false);
        if (arguments.GetValue(_open) && !Browser.TryOpen(server.PageUrl!))
            Terminal.Warn("No browser can be opened here; open the address yourself");
        await Task.Delay(Timeout.Infinite, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return ExitCode.Fine;
    }

    private static IPAddress AddressOf(string host, string option) =>
        IPAddress.TryParse(host == "localhost" ? "127.0.0.1" : host, out IPAddress? address)
            ? address
            : throw new UsageException($"{option} must be an address of this machine, such as 127.0.0.1; was '{host}'.");

    private static int PortOf(int port, string option) => port is >= IPEndPoint.MinPort and <= IPEndPoint.MaxPort
        ? port
        : throw new UsageException($"{option} must be between 0 and 65535; was {Shown.Count(port)}.");
}
