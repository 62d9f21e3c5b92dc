using TorchBoard.Stores.Tests.Servers;

namespace TorchBoard.Stores.Tests;

/// <summary>A real server for all tests of a fixture; for each, a new container and a proxy that can fail.</summary>
internal abstract class StoreTest(string scheme)
{
    private StoreServer? _server;
    private FaultyProxy? _proxy;
    private TestDirectory? _spool;

    protected string Scheme => scheme;

    protected StoreServer Server => _server!;

    protected FaultyProxy Proxy => _proxy!;

    /// <summary>The name of the bucket or container.</summary>
    protected string Container { get; private set; } = "";

    /// <summary>The address of the container.</summary>
    protected string Root => $"{scheme}://{Container}";

    /// <summary>A directory for the spools of writers.</summary>
    protected string Spool => _spool!;

    [OneTimeSetUp]
    public void StartServer() => _server = StoreServer.Start(scheme);

    [OneTimeTearDown]
    public void StopServer() => _server?.Dispose();

    [SetUp]
    public async Task CreateContainer()
    {
        Container = await Server.NewContainerAsync();
        _proxy = new FaultyProxy(Server.Port);
        _spool = new TestDirectory();
    }

    [TearDown]
    public void CloseProxy()
    {
        _proxy?.Dispose();
        _spool?.Dispose();
    }
}
