using System.Diagnostics;

namespace TorchBoard.Server.Tests;

/// <summary>The torchboard command as TensorBoard starts it, in a process of its own.</summary>
internal sealed class DataServerProcessTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    [Test]
    public async Task It_writes_its_port_answers_and_ends_when_standard_input_is_closed()
    {
        using var directory = new TestDirectory();
        WriteRun(directory);
        string portFile = Path.Combine(directory, "port");
        using Process process = Start(
            $"--logdir={directory.Path}", "--reload=1", "--samples-per-plugin=", "--port=0", $"--port-file={portFile}",
            "--die-after-stdin", $"--error-file={Path.Combine(directory, "error")}", "--verbose", "--verbose");
        using var client = new Client(Port(process, portFile));

        Assert.That(() => client.Runs().ToArray(), Is.EqualTo(["."]).After((int)Limit.TotalMilliseconds, 20));
        Assert.That(client.Scalars(".", "loss").Value, Is.EqualTo([0.5f]));
        Assert.That(File.Exists(Path.Combine(directory, "error")), Is.False);

        process.StandardInput.Close();
        Assert.That(await EndAsync(process), Is.Zero);
    }

    [Test]
    public async Task Samples_are_taken_from_the_command_line_as_TensorBoard_writes_them()
    {
        using var directory = new TestDirectory();
        using (var writer = new SummaryWriter(directory))
        {
            for (int step = 0; step < 2500; step++)
                writer.AddScalar("loss", step, step);
        }

        string portFile = Path.Combine(directory, "port");
        using Process process = Start(
            $"--logdir={directory.Path}", "--reload=once", "--samples-per-plugin=scalars=all,images=3", "--port=0",
            $"--port-file={portFile}", "--die-after-stdin");
        using var client = new Client(Port(process, portFile));

        Assert.That(
            () => client.Runs().Any() && client.Scalars(".", "loss", 10_000).Step.Count == 2500,
            Is.True.After((int)Limit.TotalMilliseconds, 20));
        process.StandardInput.Close();
        Assert.That(await EndAsync(process), Is.Zero);
    }

    [Test]
    public async Task A_log_directory_that_is_none_ends_it_with_8_and_says_why()
    {
        using var directory = new TestDirectory();
        string error = Path.Combine(directory, "error");
        string file = Path.Combine(directory, "notes.txt");
        await File.WriteAllTextAsync(file, "no events");

        foreach (string logdir in (string[])["nothing://bucket/runs", file])
        {
            using Process process = Start($"--logdir={logdir}", "--port=0", $"--error-file={error}");
            Assert.That(await EndAsync(process), Is.EqualTo(8), logdir);
            Assert.That(await File.ReadAllTextAsync(error), Does.Contain(logdir.Split('/')[0]).And.EndsWith("\n"));
        }
    }

    [Test]
    public async Task A_port_in_use_ends_it_with_9_and_is_named()
    {
        using var directory = new TestDirectory();
        await using RunServer server = RunServer.Start(directory, new RunServerOptions { Port = 0, GrpcPort = 0 });
        string error = Path.Combine(directory, "error");
        using Process process = Start($"--logdir={directory.Path}", $"--port={server.GrpcEndPoint.Port}", $"--error-file={error}");

        Assert.That(await EndAsync(process), Is.EqualTo(9));
        Assert.That(await File.ReadAllTextAsync(error), Does.Contain($"127.0.0.1:{server.GrpcEndPoint.Port}"));
    }

    [Test]
    public async Task Serve_says_what_to_start_and_ends_at_Ctrl_C()
    {
        if (OperatingSystem.IsWindows())
            Assert.Ignore("Signals of a process are those of Unix.");
        using var directory = new TestDirectory();
        WriteRun(directory);
        using Process process = Start("serve", directory.Path, "--port", "0", "--grpc-port", "0");
        string? first = await process.StandardOutput.ReadLineAsync().WaitAsync(Limit);
        string? second = await process.StandardOutput.ReadLineAsync().WaitAsync(Limit);
        Assert.That(first, Does.Contain(directory.Path).And.Contain("127.0.0.1:"));
        Assert.That(second, Does.Match(@"^In TensorBoard: tensorboard --grpc_data_provider localhost:\d+$"));

        using (var client = new Client(int.Parse(second!.Split(':')[^1], System.Globalization.CultureInfo.InvariantCulture)))
            Assert.That(() => client.Runs().ToArray(), Is.EqualTo(["."]).After((int)Limit.TotalMilliseconds, 20));
        Signals.Send(process, "INT");
        Assert.That(await EndAsync(process), Is.Zero);
    }

    [TestCase("serve", "runs", "--grpc-port", "70000", "--grpc-port")]
    [TestCase("serve", "runs", "--host", "gpu-node", "--host")]
    [TestCase("serve", "runs", "--samples-per-plugin", "scalars", "scalars")]
    [TestCase("serve", "runs", "--reload", "often", "often")]
    public async Task Wrong_usage_of_serve_ends_it_with_2(params string[] line)
    {
        using Process process = Start(line[..^1]);
        string error = await process.StandardError.ReadToEndAsync().WaitAsync(Limit);
        Assert.That(await EndAsync(process), Is.EqualTo(2), error);
        Assert.That(error, Does.Contain(line[^1]));
    }

    private static Process Start(params string[] arguments)
    {
        string tool = Path.Combine(AppContext.BaseDirectory, "TorchBoard.Tool.dll");
        ProcessStartInfo start = Signals.StartWithDefaults(["dotnet", tool, .. arguments]);
        start.RedirectStandardInput = start.RedirectStandardOutput = start.RedirectStandardError = true;
        return Process.Start(start)!;
    }

    // As TensorBoard waits for it.
    private static int Port(Process process, string file)
    {
        string text = "";
        Assert.That(
            () => process.HasExited || (File.Exists(file) && (text = File.ReadAllText(file)).EndsWith('\n')),
            Is.True.After((int)Limit.TotalMilliseconds, 10));
        Assert.That(process.HasExited, Is.False, "it ended");
        return int.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
    }

    private static async Task<int> EndAsync(Process process)
    {
        using var limit = new CancellationTokenSource(Limit);
        await process.WaitForExitAsync(limit.Token);
        return process.ExitCode;
    }

    private static void WriteRun(string directory)
    {
        using var writer = new SummaryWriter(directory);
        writer.AddScalar("loss", 0.5f, 0);
    }
}
