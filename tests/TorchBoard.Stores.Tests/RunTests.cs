using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using TorchBoard.Stores.Tests.Servers;

namespace TorchBoard.Stores.Tests;

/// <summary>Runs that are written to real servers and read from them.</summary>
[TestFixture("s3")]
[TestFixture("az")]
internal sealed class RunTests(string scheme) : StoreTest(scheme)
{
    private const int Times = 10;

    [Test]
    public async Task A_run_is_read_as_it_was_written_with_few_requests()
    {
        const int points = 10_000;
        ObjectStorage storage = Server.StorageAt(Proxy.Port);
        await using (SummaryWriter writer = Open("runs/one", storage))
        {
            for (long step = 0; step < points; step++)
                writer.AddScalar("loss", step, step);
            writer.AddText("note", "中文 + space", 0);
        }

        int written = Proxy.Requests.Count;
        Proxy.Forget();
        RunLog run = RunLog.Open($"{Root}/runs/one", new() { Storage = storage });
        using (Assert.EnterMultipleScope())
        {
            Assert.That(run.Scalars["loss"].Steps.ToArray(), Is.EqualTo(Enumerable.Range(0, points).Select(step => (long)step)));
            Assert.That(written, Is.LessThanOrEqualTo(8), "requests to write it");
            Assert.That(Proxy.Requests, Has.Count.EqualTo(2), "one listing and one read");
        }

        Assert.That(Directory.EnumerateFiles(Spool, "*.spooled", SearchOption.AllDirectories), Is.Empty);
    }

    [Test]
    public async Task The_runs_of_a_directory_are_listed_at_once()
    {
        ObjectStorage storage = Server.StorageAt(Proxy.Port);
        foreach (string name in new[] { "a", "b/deep er", "c+d" })
        {
            await using SummaryWriter writer = Open($"runs/{name}", storage);
            writer.AddScalar("loss", 1, 0);
        }

        Proxy.Forget();
        LogDirectory directory = LogDirectory.Open($"{Root}/runs", storage);
        Assert.That(directory.Runs.Keys, Is.EqualTo(["a", "b/deep er", "c+d"]));
        Assert.That(Proxy.Requests, Has.Count.EqualTo(1));
        Assert.That(directory.Runs.Values.Select(run => run.Open().Scalars["loss"].Count), Is.EqualTo([1, 1, 1]));
        Assert.That(Proxy.Requests, Has.Count.EqualTo(4), "one read for each run");
    }

    [Test]
    public async Task A_run_is_followed_by_its_new_bytes()
    {
        ObjectStorage storage = Server.StorageAt(Proxy.Port);
        await using SummaryWriter writer = Open("runs/followed", Server.StorageAt(Server.Port));
        using var end = new CancellationTokenSource();
        var steps = new List<long>();
        writer.AddScalar("loss", 0, 0);
        await writer.FlushToStorageAsync();
        var options = new FollowOptions { Storage = storage, PollInterval = TimeSpan.FromMilliseconds(50) };
        await foreach (LoggedEvent logged in RunLog.FollowAsync($"{Root}/runs/followed", options, end.Token))
        {
            if (logged.Values.Count == 0)
                continue;
            steps.Add(logged.Step);
            if (logged.Step == 4)
                break;
            writer.AddScalar("loss", 1, logged.Step + 1);
            await writer.FlushToStorageAsync();
        }

        Assert.That(steps, Is.EqualTo([0L, 1, 2, 3, 4]));
        Assert.That(Proxy.Requests.Count(request => !request.IsList), Is.EqualTo(5), "a read for each change");
    }

    [Test]
    public async Task A_program_that_is_killed_ten_times_loses_no_point_that_was_flushed()
    {
        string path = $"{Root}/runs/killed";
        long next = 0;
        for (int time = 0; time < Times; time++)
            next = KillAfter(path, next, lines: 5 + (30 * time)) + 1;

        // The next writer sends what the others left.
        ObjectStorage storage = Server.StorageAt(Server.Port);
        await using (SummaryWriter last = Open("runs/killed", storage))
        {
            last.AddScalar("loss", 0, next);
            await last.FlushToStorageAsync();
        }

        RunLog run = RunLog.Open(path, new() { Storage = storage });
        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                Range(next + 1).Except(run.Scalars["loss"].Steps.ToArray()), Is.Empty, "steps that are lost");
            Assert.That(run.Errors, Is.Empty);
        }
    }

    [Test]
    public async Task A_store_that_goes_away_ten_times_costs_no_point_and_is_told()
    {
        const int perTime = 2_000;
        var told = new ConcurrentQueue<string>();
        long step = 0;
        ObjectStorage storage = Server.StorageAt(Proxy.Port, TimeSpan.FromSeconds(2));
        var writer = new SummaryWriter($"{Root}/runs/away", Options(storage));
        writer.WriteFailed += (_, e) => told.Enqueue(e.Exception.Message);
        Fault[] faults = [Fault.Refused, Fault.ServerError, Fault.Busy, Fault.HalfAnswer, Fault.LostAnswer];
        for (int time = 0; time < Times; time++)
        {
            Proxy.Forget();
            Fault fault = faults[time % faults.Length];
            int toldBefore = told.Count;
            bool isStopped = time >= Times - 2;
            if (isStopped)
                Server.Stop();
            Proxy.FaultOf = _ => fault;
            for (int i = 0; i < perTime; i++, step++)
                writer.AddScalar("loss", step, step);
            writer.Flush();
            SpinWait.SpinUntil(() => isStopped || time < 2 ? told.Count > toldBefore : Proxy.Requests.Count > 0);
            if (isStopped)
                Server.Restart();
            Proxy.FaultOf = _ => Fault.None;
            await writer.FlushToStorageAsync();
        }

        await writer.DisposeAsync();
        RunLog run = RunLog.Open($"{Root}/runs/away", new() { Storage = storage });
        using (Assert.EnterMultipleScope())
        {
            Assert.That(run.Scalars["loss"].Steps.ToArray(), Is.EqualTo(Range(step)));
            Assert.That(run.Errors, Is.Empty);
            Assert.That(told, Is.Not.Empty);
            Assert.That(writer.DroppedEvents, Is.Zero);
        }
    }

    private static IEnumerable<long> Range(long count) => Enumerable.Range(0, (int)count).Select(step => (long)step);

    private SummaryWriter Open(string name, ObjectStorage storage) => new($"{Root}/{name}", Options(storage));

    private SummaryWriterOptions Options(ObjectStorage storage) => new()
    {
        Storage = storage,
        SpoolDirectory = Spool,
        UploadInterval = TimeSpan.FromMilliseconds(100),
        FlushTimeout = TimeSpan.FromSeconds(60),
    };

    // Returns the last step that the program said to be flushed.
    private long KillAfter(string path, long first, int lines)
    {
        string[] arguments =
            [typeof(RunTests).Assembly.Location, path, Spool, first.ToString(CultureInfo.InvariantCulture)];
        var start = new ProcessStartInfo("dotnet", arguments)
        {
            RedirectStandardOutput = true,
        };
        foreach ((string name, string value) in Server.EnvironmentAt(Server.Port))
            start.Environment[name] = value;
        using Process program = Process.Start(start)!;
        long last = -1;
        for (int line = 0; line < lines; line++)
        {
            last = long.Parse(
                program.StandardOutput.ReadLine() ?? throw new InvalidOperationException("The program ended on its own."),
                CultureInfo.InvariantCulture);
        }

        program.Kill();
        program.WaitForExit();
        return last;
    }
}
