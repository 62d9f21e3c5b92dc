using System.Net;
using TorchBoard.Indexing;
using TorchBoard.Server.Grpc;
using TorchBoard.Server.Http;

namespace TorchBoard.Server;

/// <summary>
/// Serves the runs of a log directory: as a page for the browser, and to stock TensorBoard, which shows them with
/// <c>tensorboard --grpc_data_provider HOST:PORT</c>. Runs until it is disposed. Thread-safe.
/// </summary>
public sealed class RunServer : IAsyncDisposable
{
    private readonly Listener _grpc;
    private readonly Listener? _page;

    private RunServer(RunIndex runs, Listener grpc, Listener? page, Uri? pageUrl)
    {
        Runs = runs;
        _grpc = grpc;
        _page = page;
        PageUrl = pageUrl;
    }

    /// <summary>The served runs.</summary>
    public RunIndex Runs { get; }

    /// <summary>
    /// The address of the page, with the token if it needs one; null without a page (<see cref="RunServerOptions.ServePage"/>).
    /// </summary>
    public Uri? PageUrl { get; }

    /// <summary>The address and the port on which stock TensorBoard is served by gRPC.</summary>
    public IPEndPoint GrpcEndPoint => _grpc.EndPoint;

    /// <summary>Begins to load and to serve the runs in and below a directory, which may be created later.</summary>
    /// <param name="logDirectory">A log directory, a run's directory or one event file.</param>
    /// <param name="options">
    /// Options; by default, serves the page at <c>http://127.0.0.1:6006/</c> and TensorBoard at 127.0.0.1:6806, or on the next
    /// free ports.
    /// </param>
    /// <exception cref="ArgumentException">
    /// The path is null or empty, or not one of the storage: a URI such as <c>s3://…</c> needs a
    /// <see cref="RunIndexOptions.Storage"/> in <see cref="RunServerOptions.Index"/>.
    /// </exception>
    /// <exception cref="IOException">
    /// The address is not available, or <see cref="RunServerOptions.GrpcPort"/> is set and in use.
    /// </exception>
    public static RunServer Start(string logDirectory, RunServerOptions? options = null)
    {
        options ??= RunServerOptions.Default;
        RunIndex runs = RunIndex.Open(logDirectory, options.Index);
        Listener? grpc = null;
        try
        {
            grpc = Listener.Start(
                port => GrpcServer.Build(runs, options.GrpcHost, port), options.GrpcHost,
                options.GrpcPort ?? RunServerOptions.DefaultGrpcPort, orNext: options.GrpcPort is null);
            Warn(grpc.EndPoint, options);
            return options.ServePage ? WithPage(runs, grpc, options) : new RunServer(runs, grpc, page: null, pageUrl: null);
        }
        catch
        {
            grpc?.DisposeAsync().AsTask().GetAwaiter().GetResult();
            runs.DisposeAsync().AsTask().GetAwaiter().GetResult();
            throw;
        }
    }

    /// <summary>Stops serving and loading.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_page is not null)
            await _page.DisposeAsync().ConfigureAwait(false);
        await _grpc.DisposeAsync().ConfigureAwait(false);
        await Runs.DisposeAsync().ConfigureAwait(false);
    }

    private static RunServer WithPage(RunIndex runs, Listener grpc, RunServerOptions options)
    {
        TimeSpan? reload = options.Index.Storage is null ? null : options.Index.ReloadInterval;
        var server = new PageServer(new ServedRuns(runs, grpc.EndPoint, reload), options);
        Listener page = Listener.Start(port => server.Build(options, port), options.Host, options.Port, orNext: true);
        int port = page.EndPoint.Port;
        if (options.Port != 0 && port != options.Port)
            options.Warn(FormattableString.Invariant($"Port {options.Port} is in use; the page is on port {port}."));
        return new RunServer(runs, grpc, page, server.UrlAt(page.EndPoint));
    }

    private static void Warn(IPEndPoint grpc, RunServerOptions options)
    {
        if (options.GrpcPort is null && grpc.Port != RunServerOptions.DefaultGrpcPort)
        {
            options.Warn(FormattableString.Invariant(
                $"Port {RunServerOptions.DefaultGrpcPort} is in use; TensorBoard is served on port {grpc.Port}."));
        }

        if (!IPAddress.IsLoopback(options.GrpcHost))
        {
            options.Warn(
                $"TensorBoard is served on {options.GrpcHost} without a password: anyone who can reach this address can read "
                + "the runs. An SSH tunnel to 127.0.0.1 is safer.");
        }
    }
}
