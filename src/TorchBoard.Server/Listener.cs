using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;

namespace TorchBoard.Server;

/// <summary>A web server that listens on a port.</summary>
internal sealed class Listener : IAsyncDisposable
{
    /// <summary>The number of ports after the requested one that are tried before any free one.</summary>
    private const int NextPorts = 20;

    private readonly WebApplication _application;

    private Listener(WebApplication application, IPAddress host)
    {
        _application = application;
        string address = application.Services.GetRequiredService<IServer>().Features
            .Get<IServerAddressesFeature>()!.Addresses.Single();
        EndPoint = new IPEndPoint(host, new Uri(address).Port);
    }

    public IPEndPoint EndPoint { get; }

    /// <summary>Starts a server.</summary>
    /// <param name="build">Builds a server of a port.</param>
    /// <param name="host">The address.</param>
    /// <param name="port">The port; 0 for any free one.</param>
    /// <param name="orNext">Whether another port will do if this one is in use.</param>
    /// <exception cref="IOException">The address or the port is not available.</exception>
    public static Listener Start(Func<int, WebApplication> build, IPAddress host, int port, bool orNext)
    {
        for (int tried = port; ; tried = tried < Math.Min(port + NextPorts, IPEndPoint.MaxPort) ? tried + 1 : 0)
        {
            WebApplication application = build(tried);
            try
            {
                application.StartAsync().GetAwaiter().GetResult();
                return new Listener(application, host);
            }
            catch (Exception e)
            {
                application.DisposeAsync().AsTask().GetAwaiter().GetResult();
                if (orNext && tried != 0 && e is IOException { InnerException: AddressInUseException })
                    continue;
                if (e is SocketException)
                    throw new IOException($"Cannot listen on {new IPEndPoint(host, tried)}: {e.Message}", e);
                throw;
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        // Does not wait for answers that are being sent, because a client may read for hours.
        using var now = new CancellationTokenSource();
        await now.CancelAsync().ConfigureAwait(false);
        await _application.StopAsync(now.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _application.DisposeAsync().ConfigureAwait(false);
    }
}
