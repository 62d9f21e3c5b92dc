using System.Diagnostics;
using System.Globalization;
using TorchBoard.Stores.Tests.Servers;

namespace TorchBoard.Stores.Tests;

/// <summary>The command on paths of real servers, with their addresses in the environment as users have them.</summary>
[NonParallelizable]
[TestFixture("s3")]
[TestFixture("az")]
internal sealed class ToolTests(string scheme)
{
    // The tool keeps the store of a scheme for the life of its process.
    private static readonly Dictionary<string, StoreServer> Servers = [];

    private StoreServer _server = null!;
    private string _root = "";

    [OneTimeSetUp]
    public async Task WriteRuns()
    {
        _server = StoreServer.Start(scheme);
        Servers.Add(scheme, _server);
        foreach ((string name, string value) in _server.EnvironmentAt(_server.Port))
            Environment.SetEnvironmentVariable(name, value);
        _root = $"{scheme}://{await _server.NewContainerAsync()}";
        using var spool = new TestDirectory();
        foreach (string name in new[] { "runs/a", "runs/b", "others/c" })
        {
            await using var writer = new SummaryWriter(
                $"{_root}/{name}", new() { Storage = _server.StorageAt(_server.Port), SpoolDirectory = spool });
            for (int step = 0; step < 100; step++)
                writer.AddScalar("loss", 1.0 / (step + 1), step);
            writer.AddHyperparameters([("lr", name.Length)]);
        }
    }

    [OneTimeTearDown]
    public void StopServer() => _server?.Dispose();

    [TestCase("list", "{0}/runs")]
    [TestCase("list", "{0}/runs/a")]
    [TestCase("show", "{0}/runs")]
    [TestCase("show", "{0}/runs", "loss")]
    [TestCase("runs", "{0}/runs", "--sort", "min loss")]
    [TestCase("check", "{0}/runs")]
    [TestCase("watch", "{0}/runs", "--once")]
    [TestCase("assert", "{0}/runs", "loss: decreases, ends < 0.1")]
    [TestCase("export", "{0}/runs")]
    [TestCase("compare", "{0}/runs/a", "{0}/runs/b", "--tolerance", "0.1%")]
    [TestCase("list", "{0}/runs/a", "{0}/others")]
    public async Task A_command_reads_the_store(params string[] args)
    {
        ToolOnStore run = await ToolOnStore.RunAsync([.. args.Select(arg => arg.Replace("{0}", _root, StringComparison.Ordinal))]);
        Assert.That(run.ExitCode, Is.Zero, run.Output + run.Error);
        Assert.That(run.Output, Does.Contain(args[0] is "check" ? "no problems" : args[0] is "assert" ? "decreases" : "loss"));
        Assert.That(run.Error, Is.Empty);
    }

    [Test]
    public async Task Runs_of_several_paths_are_named_below_what_they_have_in_common()
    {
        ToolOnStore run = await ToolOnStore.RunAsync("export", $"{_root}/runs/a", $"{_root}/others");
        Assert.That(run.Output, Does.Contain("runs/a").And.Contain("others/c").And.Not.Contain("runs/b"));
    }

    [Test]
    public async Task What_is_not_there_is_said_with_the_path()
    {
        ToolOnStore run = await ToolOnStore.RunAsync("list", $"{_root}/nothing");
        Assert.That(run.ExitCode, Is.EqualTo(2));
        Assert.That(run.Error, Does.Contain($"{_root}/nothing"));
    }

    [Test]
    public async Task A_missing_container_is_said_to_be_missing()
    {
        ToolOnStore run = await ToolOnStore.RunAsync("list", $"{scheme}://no-such-container/runs");
        Assert.That(run.ExitCode, Is.EqualTo(2));
        Assert.That(run.Error, Does.Contain("'no-such-container'. Check the name"));
    }

    [Test]
    public async Task Sync_copies_a_directory_to_the_store_and_back()
    {
        using var here = new TestDirectory();
        using var back = new TestDirectory("back");
        string runs = Path.Combine(here, "runs");
        using (var writer = new SummaryWriter(Path.Combine(runs, "one")))
            writer.AddScalar("loss", 1, 0);
        using (var writer = new SummaryWriter(Path.Combine(runs, "deep", "two")))
            writer.AddScalar("loss", 2, 0);
        string there = $"{_root}/synced";
        string[] spool = ["--spool", Path.Combine(here, "spool")];

        ToolOnStore first = await ToolOnStore.RunAsync(["sync", runs, there, .. spool]);
        Assert.That(first.Output, Does.Contain("2 files copied"), first.Error);
        ToolOnStore again = await ToolOnStore.RunAsync(["sync", runs, there, .. spool]);
        Assert.That(again.Output, Does.StartWith("0 files copied").And.Contain("2 unchanged, 0 failed"), again.Error);
        using (var writer = new SummaryWriter(Path.Combine(runs, "one")))
            writer.AddScalar("loss", 3, 1);
        ToolOnStore more = await ToolOnStore.RunAsync(["sync", runs, there, "--json", .. spool]);
        Assert.That(more.Output, Does.Contain("\"copied\":1,\"unchanged\":2,\"failed\":0"), more.Error);

        ToolOnStore fetched = await ToolOnStore.RunAsync("sync", there, back);
        Assert.That(fetched.Output, Does.Contain("3 files copied"), fetched.Error);
        Assert.That(FilesOf(back), Is.EquivalentTo(FilesOf(runs)));
        Assert.That(RunLog.Open(Path.Combine(back, "one")).Scalars["loss"].Values.ToArray(), Is.EqualTo([1.0, 3.0]));
    }

    [Test]
    public void Sync_that_follows_copies_what_is_new_when_it_is_ended()
    {
        if (OperatingSystem.IsWindows())
            Assert.Ignore("There is no SIGTERM on Windows.");
        using var runs = new TestDirectory();
        using var writer = new SummaryWriter(Path.Combine(runs, "one"));
        writer.AddScalar("loss", 1, 0);
        writer.Flush();
        string tool = Path.Combine(AppContext.BaseDirectory, "TorchBoard.Tool.dll");
        string[] arguments = [tool, "sync", runs, $"{_root}/followed", "--follow", "--interval", "600", "--spool", runs];
        using Process process = Process.Start(new ProcessStartInfo("dotnet", arguments) { RedirectStandardOutput = true })!;
        Assert.That(process.StandardOutput.ReadLine(), Does.StartWith($"{_root}/followed/one/events.out.tfevents."));

        writer.AddScalar("loss", 2, 1);
        writer.Flush();
        Shell.Try("kill", "-TERM", process.Id.ToString(CultureInfo.InvariantCulture));
        Assert.That(process.StandardOutput.ReadToEnd(), Does.Contain("1 file copied").And.Contain("0 failed"));
        process.WaitForExit();
        Assert.That(process.ExitCode, Is.Zero);
        RunLog copied = RunLog.Open($"{_root}/followed/one", new() { Storage = _server.StorageAt(_server.Port) });
        Assert.That(copied.Scalars["loss"].Steps.ToArray(), Is.EqualTo([0L, 1]));
    }

    private static IEnumerable<(string Name, string Content)> FilesOf(string directory) =>
        Directory.EnumerateFiles(directory, "*", SearchOption.AllDirectories)
            .Select(file => (Path.GetRelativePath(directory, file), Convert.ToHexString(File.ReadAllBytes(file))));
}
