using TorchBoard.Indexing;

namespace TorchBoard.Server.Tests;

/// <summary>A directory of its own, and a server of it on a free port, which reloads when the test wants.</summary>
internal sealed class ServedRuns : IAsyncDisposable
{
    private readonly TestDirectory _directory;

    private ServedRuns(TestDirectory directory, RunServer server)
    {
        _directory = directory;
        Server = server;
        Client = new Client(server);
    }

    public RunServer Server { get; }

    public Client Client { get; }

    public static async Task<ServedRuns> StartAsync(Action<string> write, RunIndexOptions? options = null)
    {
        var directory = new TestDirectory();
        write(directory);
        RunServer server = RunServer.Start(
            directory,
            new RunServerOptions
            {
                Port = 0,
                GrpcPort = 0,
                Index = (options ?? new()) with { ReloadInterval = Timeout.InfiniteTimeSpan },
            });
        await server.Runs.Loaded;
        return new ServedRuns(directory, server);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await Server.DisposeAsync();
        _directory.Dispose();
    }
}
