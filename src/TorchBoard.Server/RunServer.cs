using System.Net;
using System.Runtime.ExceptionServices;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using TorchBoard.Indexing;

namespace TorchBoard.Server;

/// <summary>
/// Serves the runs of a log directory to stock TensorBoard, which shows them with
/// <c>tensorboard --grpc_data_provider HOST:PORT</c>. Runs as long as it is not disposed. Thread-safe.
/// </summary>
public sealed class RunServer : IAsyncDisposable
{
    private readonly WebApplication _application;

    private RunServer(RunIndex runs, WebApplication application, IPEndPoint endPoint)
    {
        Runs = runs;
        _application = application;
        EndPoint = endPoint;
    }

    /// <summary>The served runs.</summary>
    public RunIndex Runs { get; }

    /// <summary>The address and the port on which gRPC is served.</summary>
    public IPEndPoint EndPoint { get; }

    /// <summary>Begins to load and to serve the runs in and below a directory, which may be created later.</summary>
    /// <param name="logDirectory">A log directory, a run's directory or one event file.</param>
    /// <param name="options">Options; by default, serves at 127.0.0.1:6806.</param>
    /// <exception cref="ArgumentException">
    /// The path is null or empty, or not one of the storage: a URI such as <c>s3://…</c> needs a
    /// <see cref="RunIndexOptions.Storage"/> in <see cref="RunServerOptions.Index"/>.
    /// </exception>
    /// <exception cref="IOException">The address or the port is not available, for example because it is in use.</exception>
    public static RunServer Start(string logDirectory, RunServerOptions? options = null)
    {
        options ??= RunServerOptions.Default;
        RunIndex runs = RunIndex.Open(logDirectory, options.Index);
        WebApplication application = Build(runs, options);
        try
        {
            application.StartAsync().GetAwaiter().GetResult();
        }
        catch (Exception e)
        {
            application.DisposeAsync().AsTask().GetAwaiter().GetResult();
            runs.DisposeAsync().AsTask().GetAwaiter().GetResult();
            if (e is System.Net.Sockets.SocketException)
                throw new IOException($"Cannot listen on {Text(options.Host, options.GrpcPort)}: {e.Message}", e);
            ExceptionDispatchInfo.Throw(e);
        }

        if (!IPAddress.IsLoopback(options.Host))
        {
            (options.OnWarning ?? Console.Error.WriteLine)(
                $"The runs are served on {options.Host} without a password: anyone who can reach this address can read them. "
                + "An SSH tunnel to 127.0.0.1 is safer.");
        }

        string address = application.Services.GetRequiredService<IServer>().Features
            .Get<IServerAddressesFeature>()!.Addresses.Single();
        return new RunServer(runs, application, new IPEndPoint(options.Host, new Uri(address).Port));
    }

    /// <summary>Stops serving and loading.</summary>
    public async ValueTask DisposeAsync()
    {
        // Answers that are being sent are not waited for: a client may read for hours.
        using var now = new CancellationTokenSource();
        await now.CancelAsync().ConfigureAwait(false);
        await _application.StopAsync(now.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _application.DisposeAsync().ConfigureAwait(false);
        await Runs.DisposeAsync().ConfigureAwait(false);
    }

    // An empty builder: neither environment variables nor settings files of the program around may change what is served
    // where.
    private static WebApplication Build(RunIndex runs, RunServerOptions options)
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Listen(options.Host, options.GrpcPort, listener => listener.Protocols = HttpProtocols.Http2);
        });
        builder.Services.AddGrpc(grpc =>
        {
            grpc.MaxReceiveMessageSize = MessageLimit.Request;
            grpc.MaxSendMessageSize = MessageLimit.Response;
        });
        builder.Services.AddSingleton(runs);
        builder.Services.AddSingleton<DataProvider>();
        WebApplication application = builder.Build();
        application.MapGrpcService<DataProvider>();
        return application;
    }

    private static string Text(IPAddress host, int port) => new IPEndPoint(host, port).ToString();
}
