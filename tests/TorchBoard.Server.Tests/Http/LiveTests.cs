using System.Text.Json.Nodes;
using TorchBoard.Indexing;

namespace TorchBoard.Server.Tests.Http;

/// <summary>What a page is told while runs are written. The interval of an hour never passes: only the watch notices.</summary>
internal sealed class LiveTests
{
    private static readonly RunServerOptions Options = new()
    {
        Port = 0,
        GrpcPort = 0,
        Index = new RunIndexOptions { ReloadInterval = TimeSpan.FromHours(1) },
    };

    [Test]
    public async Task A_point_is_told_and_read_after_each_flush()
    {
        using var directory = new TestDirectory();
        using var writer = new SummaryWriter(Path.Combine(directory, "run"));
        writer.AddScalar("loss", 0.5, 0);
        writer.Flush();
        await using RunServer server = RunServer.Start(directory, Options);
        await server.Runs.Loaded;
        JsonNode list = (await RawAnswer.GetAsync(server, "/api/runs")).Json;
        using EventReader events = await EventReader.OpenAsync(server, $"?epoch={list["epoch"]}&version={list["version"]}");
        Assert.That(events.ContentType, Is.EqualTo("text/event-stream"));

        for (int step = 1; step <= 20; step++)
        {
            writer.AddScalar("loss", step, step);
            writer.Flush();
            JsonNode change = await events.NextAsync();
            Assert.That(Ids(change), Is.EqualTo([1]));
            Assert.That((bool)change["list"]!, Is.False);
            JsonNode points = (await RawAnswer.GetAsync(server, "/api/scalars?tag=loss")).Json["series"]![0]!;
            Assert.That((long)points["steps"]!.AsArray()[^1]!, Is.EqualTo(step));
            Assert.That((long)points["version"]!, Is.LessThanOrEqualTo((long)change["version"]!));
        }
    }

    [Test]
    public async Task Runs_and_tags_that_appear_and_runs_that_disappear_are_told()
    {
        using var directory = new TestDirectory();
        await using RunServer server = RunServer.Start(directory, Options);
        await server.Runs.Loaded;
        using EventReader events = await EventReader.OpenAsync(server, $"?version={server.Runs.Version}");

        using (var writer = new SummaryWriter(Path.Combine(directory, "deep", "below")))
        {
            writer.AddScalar("loss", 1, 0);
            writer.Flush();
            await events.NextAsync(_ => Tags(server).SequenceEqual(["loss"]));
            writer.AddScalar("accuracy", 1, 0);
            writer.Flush();
            await events.NextAsync(change => (bool)change["list"]! && Tags(server).SequenceEqual(["accuracy", "loss"]));
        }

        Directory.Delete(Path.Combine(directory, "deep"), recursive: true);
        await events.NextAsync(change => (bool)change["list"]! && server.Runs.Runs.Count == 0);
    }

    [Test]
    public async Task A_directory_may_appear_vanish_and_appear_again()
    {
        using var directory = new TestDirectory();
        string runs = Path.Combine(directory, "runs");
        await using RunServer server = RunServer.Start(runs, Options);
        using EventReader events = await EventReader.OpenAsync(server);

        for (int i = 0; i < 2; i++)
        {
            using (var writer = new SummaryWriter(Path.Combine(runs, $"run{i}")))
                writer.AddScalar("loss", 1, 0);
            await events.NextAsync(_ => Tags(server).SequenceEqual(["loss"]));
            Directory.Delete(runs, recursive: true);
            await events.NextAsync(_ => server.Runs.Runs.Count == 0);
        }
    }

    [Test]
    public async Task A_run_whose_file_is_replaced_is_told_and_has_another_version()
    {
        using var directory = new TestDirectory();
        Write(1);
        await using RunServer server = RunServer.Start(directory, Options);
        await server.Runs.Loaded;
        long before = Version();
        using EventReader events = await EventReader.OpenAsync(server, $"?version={server.Runs.Version}");

        File.Delete(directory.EventFiles().Single());
        Write(2);

        await events.NextAsync(_ => Series() is { Count: 2 });
        Assert.That(Version(), Is.GreaterThan(before));

        void Write(int points)
        {
            using var writer = new SummaryWriter(directory);
            for (int step = 0; step < points; step++)
                writer.AddScalar("loss", points, step);
        }

        long Version() => Series()!.Version;

        IndexedSeries? Series() =>
            server.Runs.TryFind(".", out IndexedRun? run) && run.TryFind("loss", out IndexedSeries? series) ? series : null;
    }

    [Test]
    public async Task A_page_that_was_away_is_told_what_it_has_missed_and_no_more()
    {
        using var directory = new TestDirectory();
        using var first = new SummaryWriter(Path.Combine(directory, "first"));
        using var second = new SummaryWriter(Path.Combine(directory, "second"));
        first.AddScalar("loss", 1, 0);
        second.AddScalar("loss", 1, 0);
        first.Flush();
        second.Flush();
        await using RunServer server = RunServer.Start(directory, Options);
        await server.Runs.Loaded;
        long version = server.Runs.Version;
        second.AddScalar("loss", 2, 1);
        second.Flush();
        await server.Runs.ReloadAsync();

        using EventReader again = await EventReader.OpenAsync(server, lastEvent: version);
        JsonNode missed = await again.NextAsync();
        Assert.That(Ids(missed), Is.EqualTo([2]));
        Assert.That((bool)missed["list"]!, Is.False);

        using EventReader anew = await EventReader.OpenAsync(server);
        JsonNode all = await anew.NextAsync();
        Assert.That(Ids(all), Is.EqualTo([1, 2]));
        Assert.That((bool)all["list"]!, Is.True);
    }

    [Test]
    public async Task A_page_of_another_server_is_told_so()
    {
        using var directory = new TestDirectory();
        await using RunServer server = RunServer.Start(directory, Options);

        foreach (string path in (string[])["/api/events?epoch=other", "/api/scalars?epoch=other&tag=a", "/api/runs?epoch=other"])
            Assert.That((await RawAnswer.GetAsync(server, path)).Status, Is.EqualTo(409), path);
    }

    [Test]
    public async Task At_most_64_pages_are_told_and_one_that_leaves_makes_room()
    {
        using var directory = new TestDirectory();
        await using RunServer server = RunServer.Start(directory, Options);
        await server.Runs.Loaded;
        var pages = new List<EventReader>();
        for (int i = 0; i < 64; i++)
        {
            pages.Add(await EventReader.OpenAsync(server));
            await pages[i].NextAsync();
        }

        RawAnswer refused = await RawAnswer.GetAsync(server, "/api/events");
        Assert.That(refused.Status, Is.EqualTo(429));
        Assert.That(refused.Error, Does.Contain("64"));

        pages[0].Dispose();
        Assert.That(
            async () =>
            {
                using EventReader next = await EventReader.OpenAsync(server);
                return (int)next.Status;
            },
            Is.EqualTo(200).After(60_000, 20));
        pages.ForEach(page => page.Dispose());
    }

    private static int[] Ids(JsonNode change) => [.. change["runs"]!.AsArray().Select(id => (int)id!)];

    private static string[] Tags(RunServer server) =>
        [.. server.Runs.Runs.SelectMany(run => run.Series).Select(series => series.Tag).Distinct().Order(StringComparer.Ordinal)];
}
