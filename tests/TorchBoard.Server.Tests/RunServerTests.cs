using System.Net;
using System.Net.Sockets;
using TorchBoard.Indexing;

namespace TorchBoard.Server.Tests;

/// <summary>Where a server listens, what it follows and how it ends.</summary>
internal sealed class RunServerTests
{
    [Test]
    public async Task It_listens_on_this_machine_only_unless_asked_for_and_then_it_warns()
    {
        using var directory = new TestDirectory();
        var warnings = new List<string>();
        var options = new RunServerOptions { Port = 0, GrpcPort = 0, OnWarning = warnings.Add };
        await using (RunServer server = RunServer.Start(directory, options))
        {
            Assert.That(server.GrpcEndPoint.Address, Is.EqualTo(IPAddress.Loopback));
            Assert.That(warnings, Is.Empty);
            Assert.That(CanConnect(IPAddress.Loopback, server.GrpcEndPoint.Port), Is.True);
            if (AnotherAddress() is { } other)
                Assert.That(CanConnect(other, server.GrpcEndPoint.Port), Is.False, other.ToString());
        }

        await using RunServer open = RunServer.Start(directory, options with { GrpcHost = IPAddress.Any });
        Assert.That(warnings.Single(), Does.Contain("0.0.0.0").And.Contain("anyone"));
        if (AnotherAddress() is { } address)
            Assert.That(CanConnect(address, open.GrpcEndPoint.Port), Is.True);
    }

    [Test]
    public async Task A_run_that_grows_while_it_is_served_is_shown_to_its_end()
    {
        using var directory = new TestDirectory();
        var loaded = new SemaphoreSlim(0);
        var options = new RunServerOptions
        {
            Port = 0,
            GrpcPort = 0,
            Index = new RunIndexOptions
            {
                ReloadInterval = TimeSpan.FromMilliseconds(5),
                OnReloaded = _ => loaded.Release(),
            },
        };
        await using RunServer server = RunServer.Start(directory, options);
        using var client = new Client(server);
        using (var writer = new SummaryWriter(Path.Combine(directory, "run")))
        {
            for (int step = 0; step < 300; step++)
            {
                writer.AddScalar("loss", step, step);
                if (step % 100 == 99)
                {
                    writer.Flush();
                    Assert.That(() => loaded.Wait(0) && Last(client) == step, Is.True.After(20_000, 1), $"step {step}");
                }
            }
        }

        static long Last(Client client) => client.Runs().Any() ? client.Scalars("run", "loss", 1).Step.LastOrDefault(-1) : -1;
    }

    [Test]
    public async Task A_port_in_use_is_an_error_that_names_it()
    {
        using var directory = new TestDirectory();
        await using RunServer first = RunServer.Start(directory, new RunServerOptions { Port = 0, GrpcPort = 0 });
        int port = first.GrpcEndPoint.Port;

        Assert.That(
            () => RunServer.Start(directory, new RunServerOptions { Port = 0, GrpcPort = port }),
            Throws.InstanceOf<IOException>().With.Message.Contains($"127.0.0.1:{port}"));
    }

    [Test]
    public async Task A_port_of_the_page_in_use_is_told_and_the_next_free_one_is_taken()
    {
        using var directory = new TestDirectory();
        var warnings = new List<string>();
        await using RunServer first = RunServer.Start(directory, new RunServerOptions { Port = 0, GrpcPort = 0 });
        int port = first.PageUrl!.Port;
        await using RunServer second = RunServer.Start(
            directory, new RunServerOptions { Port = port, GrpcPort = 0, OnWarning = warnings.Add });

        Assert.That(second.PageUrl!.Port, Is.Not.EqualTo(port));
        Assert.That(
            warnings.Single(),
            Is.EqualTo(FormattableString.Invariant($"Port {port} is in use; the page is on port {second.PageUrl.Port}.")));
        Assert.That(CanConnect(IPAddress.Loopback, second.PageUrl.Port), Is.True);
    }

    [Test]
    public async Task The_usual_port_of_TensorBoard_in_use_is_told_and_the_next_free_one_is_taken()
    {
        using var directory = new TestDirectory();
        using var taken = new TcpListener(IPAddress.Loopback, 6806);
        try
        {
            taken.Start();
        }
        catch (SocketException)
        {
            // By another program.
        }

        var warnings = new List<string>();
        await using RunServer server = RunServer.Start(directory, new RunServerOptions { Port = 0, OnWarning = warnings.Add });

        Assert.That(server.GrpcEndPoint.Port, Is.Not.EqualTo(6806));
        Assert.That(warnings.Single(), Does.StartWith("Port 6806 is in use").And.Contain($"port {server.GrpcEndPoint.Port}."));
    }

    [Test]
    public async Task Without_a_page_only_TensorBoard_is_served()
    {
        using var directory = new TestDirectory();
        await using RunServer server = RunServer.Start(directory, new RunServerOptions { ServePage = false, GrpcPort = 0 });

        Assert.That(server.PageUrl, Is.Null);
        using var client = new HttpClient { BaseAddress = new Uri($"http://{server.GrpcEndPoint}") };
        using HttpResponseMessage answer = await client.GetAsync("/");
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest), "no HTTP of browsers");
    }

    [Test]
    public async Task After_it_is_disposed_the_port_is_free_and_nothing_is_served()
    {
        using var directory = new TestDirectory();
        RunServer server = RunServer.Start(directory, new RunServerOptions { Port = 0, GrpcPort = 0 });
        int port = server.GrpcEndPoint.Port;
        await server.DisposeAsync();

        Assert.That(CanConnect(IPAddress.Loopback, port), Is.False);
        await using RunServer again = RunServer.Start(directory, new RunServerOptions { Port = 0, GrpcPort = port });
        Assert.That(again.GrpcEndPoint.Port, Is.EqualTo(port));
    }

    [Test]
    public void Wrong_arguments_are_refused() => Assert.Multiple(() =>
    {
        Assert.That(() => RunServer.Start(""), Throws.ArgumentException);
        Assert.That(() => RunServer.Start("nothing://bucket"), Throws.ArgumentException.With.Message.Contains("nothing://"));
        Assert.That(() => new RunServerOptions { Port = 65536 }, Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(() => new RunServerOptions { Token = "" }, Throws.ArgumentException);
        Assert.That(() => new RunServerOptions { GrpcHost = null! }, Throws.ArgumentNullException);
        Assert.That(() => new RunServerOptions { AllowedHosts = null! }, Throws.ArgumentNullException);
        Assert.That(() => new RunServerOptions { GrpcPort = 65536 }, Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(() => new RunServerOptions { Host = null! }, Throws.ArgumentNullException);
    });

    private static bool CanConnect(IPAddress address, int port)
    {
        using var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Connect(address, port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static IPAddress? AnotherAddress() => Dns.GetHostAddresses(Dns.GetHostName(), AddressFamily.InterNetwork)
        .FirstOrDefault(address => !IPAddress.IsLoopback(address));
}
