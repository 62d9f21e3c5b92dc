using System.Diagnostics;
using System.Globalization;
using TorchBoard.Embeddings;

namespace TorchBoard.Server.Tests.Http;

/// <summary>
/// What a page is told where the system does not tell of changes. The interval of an hour never passes: only looking notices.
/// </summary>
internal sealed class UntoldTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    [TestCase("max_inotify_instances", 0, TestName = "Without_inotify_a_page_is_told_of_points_and_runs_twice_a_second")]
    [TestCase("max_inotify_watches", 0, TestName = "Without_a_watch_left_a_page_is_told_of_points_and_runs_twice_a_second")]
    [TestCase("max_inotify_watches", 1, TestName = "With_too_few_watches_a_page_is_told_of_points_and_runs_twice_a_second")]
    public async Task A_page_is_told_twice_a_second(string limit, int count)
    {
        // The kernel counts the watches of each user namespace: those of this process are untouched.
        if (!OperatingSystem.IsLinux() || !Shell.Try("unshare", "--user", "--map-root-user", "true"))
            Assert.Ignore("Limits of inotify that others do not share need Linux and the right to create user namespaces.");
        using var directory = new TestDirectory();
        using var writer = new SummaryWriter(Path.Combine(directory, "first"));
        writer.AddScalar("loss", 1, 0);
        writer.Flush();
        string tool = Path.Combine(AppContext.BaseDirectory, "TorchBoard.Tool.dll");
        string[] arguments =
        [
            "--user", "--map-root-user", "sh", "-c", $"echo {count} > /proc/sys/user/{limit} && exec \"$@\"", "sh",
            "dotnet", tool, "serve", directory.Path, "--port", "0", "--grpc-port", "0", "--reload", "3600",
        ];
        using Process process = Process.Start(
            new ProcessStartInfo("unshare", arguments) { RedirectStandardOutput = true, RedirectStandardInput = true })!;
        try
        {
            string line = await process.StandardOutput.ReadLineAsync().WaitAsync(Limit) ?? "";
            var page = new Uri(line[(line.LastIndexOf(' ') + 1)..]);
            using EventReader events = await EventReader.OpenAsync(page);
            using var http = new HttpClient { BaseAddress = page };
            await events.NextAsync(_ => StepsAsync("loss").Result == "0");

            // Each look comes half a second after the one before. Two that come at once would tell of a loop that never rests.
            long start = Stopwatch.GetTimestamp();
            const int Points = 4;
            for (int step = 1; step <= Points; step++)
            {
                writer.AddScalar("loss", step, step);
                writer.Flush();
                string expected = string.Join(',', Enumerable.Range(0, step + 1));
                await events.NextAsync(_ => StepsAsync("loss").Result == expected);
            }

            Assert.That(Stopwatch.GetElapsedTime(start), Is.GreaterThan(TimeSpan.FromSeconds(0.5) * (Points - 1)));
            Assert.That(WatchesOf(process), Is.LessThanOrEqualTo(count));

            using (var second = new SummaryWriter(Path.Combine(directory, "second")))
                second.AddScalar("accuracy", 1, 0);
            await events.NextAsync(change => (bool)change["list"]! && StepsAsync("accuracy").Result == "0");

            async Task<string> StepsAsync(string tag)
            {
                var series = System.Text.Json.Nodes.JsonNode.Parse(await http.GetStringAsync($"/api/scalars?tag={tag}"))!["series"]!;
                return series.AsArray() is [{ } only] ? string.Join(',', only["steps"]!.AsArray()) : "";
            }
        }
        finally
        {
            Signals.Send(process, "INT");
            await process.WaitForExitAsync().WaitAsync(Limit);
        }
    }

    [Test]
    public async Task A_page_is_told_of_linked_runs_and_files()
    {
        if (OperatingSystem.IsWindows())
            Assert.Ignore("Links need a privilege on Windows.");
        using var elsewhere = new TestDirectory("elsewhere");
        using var directory = new TestDirectory();
        string[] places = ["run", "project/deep/run", "file"];
        SummaryWriter[] writers = [.. places.Select(place => new SummaryWriter(Path.Combine(elsewhere, place)))];
        foreach (SummaryWriter writer in writers)
        {
            writer.AddScalar("loss", 0, 0);
            writer.Flush();
        }

        Directory.CreateSymbolicLink(Path.Combine(directory, "linked"), Path.Combine(elsewhere, "run"));
        Directory.CreateSymbolicLink(Path.Combine(directory, "project"), Path.Combine(elsewhere, "project"));
        Directory.CreateDirectory(Path.Combine(directory, "file"));
        string file = Directory.EnumerateFiles(Path.Combine(elsewhere, "file")).Single();
        File.CreateSymbolicLink(Path.Combine(directory, "file", Path.GetFileName(file)), file);
        await using RunServer server = RunServer.Start(directory, Hourly);
        await server.Runs.Loaded;
        using EventReader events = await EventReader.OpenAsync(server, $"?version={server.Runs.Version}");
        Assert.That(server.Runs.Runs.Select(run => run.Name), Is.EqualTo(["file", "linked", "project/deep/run"]));

        for (int step = 1; step <= 3; step++)
        {
            foreach ((SummaryWriter writer, string name) in writers.Zip(["linked", "project/deep/run", "file"]))
            {
                writer.AddScalar("loss", step, step);
                writer.Flush();
                await events.NextAsync(_ => server.Runs.TryFind(name, out var run) && run.Series.Single().Count == step + 1);
            }
        }

        foreach (SummaryWriter writer in writers)
            writer.Dispose();
    }

    [Test]
    public async Task A_page_is_told_of_embeddings_that_are_added_and_changed()
    {
        using var directory = new TestDirectory();
        using var writer = new SummaryWriter(Path.Combine(directory, "run"));
        writer.AddScalar("loss", 0, 0);
        writer.Flush();
        await using RunServer server = RunServer.Start(directory, Hourly);
        await server.Runs.Loaded;
        using EventReader events = await EventReader.OpenAsync(server, $"?version={server.Runs.Version}");

        for (int step = 1; step <= 3; step++)
        {
            writer.AddEmbedding<float>("e", [1, 2, 3, 4], step, 2, new EmbeddingOptions { Labels = ["a", "b"] });
            writer.Flush();
            string expected = string.Join(' ', Enumerable.Range(1, step).Select(at => $"e:0000{at}"));
            await events.NextAsync(change => (bool)change["list"]! && EmbeddingsAsync(server).Result == expected);
        }
    }

    private static RunServerOptions Hourly => new()
    {
        Port = 0,
        GrpcPort = 0,
        Index = new() { ReloadInterval = TimeSpan.FromHours(1) },
    };

    private static async Task<string> EmbeddingsAsync(RunServer server) => string.Join(
        ' ',
        (await RawAnswer.GetAsync(server, "/api/runs")).Json["tags"]!.AsArray().Where(tag => (string)tag!["kind"]! == "embedding")
            .Select(tag => (string)tag!["tag"]!));

    // Of the system: it knows which directories a process watches.
    private static int WatchesOf(Process process) => Directory
        .EnumerateFiles(string.Create(CultureInfo.InvariantCulture, $"/proc/{process.Id}/fdinfo"))
        .Sum(file => File.ReadLines(file).Count(line => line.StartsWith("inotify wd:", StringComparison.Ordinal)));
}
