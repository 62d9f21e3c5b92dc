using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace TorchBoard.Stores.Tests.Servers;

/// <summary>A real server of objects on this machine, which tests may kill and start again. It keeps its objects.</summary>
internal abstract class StoreServer : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("torchboard-store-");
    private readonly string _command;
    private Process _process;

    protected StoreServer(string variable)
    {
        _command = Environment.GetEnvironmentVariable(variable) ?? "";
        if (_command.Length == 0)
            Assert.Ignore($"There is no server: {variable} does not name a program. .ci/stores sets it.");
        Port = FreePort();
        _process = Launch();
    }

    public int Port { get; }

    public abstract string Scheme { get; }

    /// <summary>Returns a server of the scheme, or skips the test if this machine has none.</summary>
    public static StoreServer Start(string scheme) => scheme == "s3" ? new S3Server() : new AzureServer();

    /// <summary>A storage that sends its requests to a port, such as that of a proxy.</summary>
    /// <param name="port">The port.</param>
    /// <param name="patience">How long a request may take; null for the default.</param>
    public abstract ObjectStorage StorageAt(int port, TimeSpan? patience = null);

    /// <summary>A storage with credentials that the server does not know.</summary>
    public abstract ObjectStorage StrangerAt(int port);

    /// <summary>The environment variables by which a program finds the server at a port.</summary>
    public abstract IReadOnlyDictionary<string, string> EnvironmentAt(int port);

    public abstract Task CreateAsync(string container);

    public async Task<string> NewContainerAsync()
    {
        string name = $"test-{Guid.NewGuid():N}";
        await CreateAsync(name);
        return name;
    }

    /// <summary>Ends the server in the midst of its work.</summary>
    public void Stop()
    {
        End(_process);
        _process.WaitForExit();
        _process.Dispose();
    }

    public void Restart() => _process = Launch();

    public void Dispose()
    {
        Stop();
        _folder.Delete(recursive: true);
    }

    protected virtual void End(Process process) => process.Kill();

    private Process Launch()
    {
        var start = new ProcessStartInfo(_command) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add(Port.ToString(System.Globalization.CultureInfo.InvariantCulture));
        start.ArgumentList.Add(_folder.FullName);
        Process process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        long begin = Stopwatch.GetTimestamp();
        while (!IsListening())
        {
            if (process.HasExited || Stopwatch.GetElapsedTime(begin) > Patience)
                Assert.Fail($"{_command} does not listen on port {Port}.");
            Thread.Sleep(Pause);
        }

        return process;
    }

    private bool IsListening()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Connect(IPAddress.Loopback, Port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
