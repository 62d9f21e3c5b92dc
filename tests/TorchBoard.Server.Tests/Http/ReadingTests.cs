using System.IO.Compression;
using System.Text.Json.Nodes;
using TorchBoard.Hyperparameters;

namespace TorchBoard.Server.Tests.Http;

/// <summary>What a page reads: its files, the list of runs, points and trials.</summary>
internal sealed class ReadingTests
{
    [Test]
    public async Task A_file_has_a_type_is_compressed_and_is_sent_again_only_if_it_has_changed()
    {
        await using ServedRuns served = await ServedRuns.StartAsync(_ => { });
        RawAnswer page = await RawAnswer.GetAsync(served.Server, "/");
        Assert.That(page.Header("Content-Type"), Is.EqualTo("text/html; charset=utf-8"));
        Assert.That(page.Text, Does.StartWith("<!doctype html>"));
        string tag = page.Header("ETag")!;

        RawAnswer brotli = await RawAnswer.GetAsync(served.Server, "/index.html", "Accept-Encoding: gzip, deflate, br");
        Assert.That(brotli.Header("Content-Encoding"), Is.EqualTo("br"));
        Assert.That(Read(new BrotliStream(new MemoryStream(brotli.Body), CompressionMode.Decompress)), Is.EqualTo(page.Body));
        RawAnswer gzip = await RawAnswer.GetAsync(served.Server, "/index.html", "Accept-Encoding: gzip;q=0.5, br;q=0");
        Assert.That(gzip.Header("Content-Encoding"), Is.EqualTo("gzip"));
        Assert.That(Read(new GZipStream(new MemoryStream(gzip.Body), CompressionMode.Decompress)), Is.EqualTo(page.Body));

        RawAnswer same = await RawAnswer.GetAsync(served.Server, "/", $"If-None-Match: {tag}");
        Assert.That((same.Status, same.Body.Length), Is.EqualTo((304, 0)));
        Assert.That((await RawAnswer.GetAsync(served.Server, "/", "If-None-Match: \"other\"")).Status, Is.EqualTo(200));
        RawAnswer head = await RawAnswer.SendAsync(served.Server, "HEAD / HTTP/1.1");
        Assert.That((head.Status, head.Body.Length), Is.EqualTo((200, 0)));
        Assert.That(head.Header("Content-Length"), Is.EqualTo($"{page.Body.Length}"));
    }

    [Test]
    public async Task The_list_has_each_run_with_a_number_and_each_tag_with_its_runs()
    {
        await using ServedRuns served = await ServedRuns.StartAsync(directory =>
        {
            foreach (string name in (string[])["version_10", "version_2"])
            {
                using var writer = new SummaryWriter(Path.Combine(directory, name));
                writer.AddScalar("loss", 1, 0);
                writer.AddHistogram("weights", [1f, 2f], 0);
                if (name == "version_2")
                    writer.AddText("<script>alert(1)</script>\u202e__proto__", "text", 0);
            }
        });
        JsonNode list = (await RawAnswer.GetAsync(served.Server, "/api/runs")).Json;

        Assert.That(list["runs"]!.AsArray().Select(run => $"{run!["id"]} {run["name"]}"), Is.EqualTo(["1 version_2", "2 version_10"]));
        Assert.That((double)list["runs"]![0]!["start"]!, Is.GreaterThan(1.7e9));
        Assert.That(
            list["tags"]!.AsArray().Select(tag => $"{tag!["tag"]} {tag["kind"]} {tag["plugin"]} {tag["runs"]!.ToJsonString()}"),
            Is.EquivalentTo(
            [
                "loss scalar scalars [1,2]", "weights histogram histograms [1,2]",
                "<script>alert(1)</script>\u202e__proto__ text text [1]",
            ]));
        Assert.That((bool)list["loading"]!, Is.False);
        Assert.That((string)list["location"]!, Is.EqualTo(served.Server.Runs.Path));
        Assert.That(
            (string)list["command"]!, Is.EqualTo($"tensorboard --grpc_data_provider localhost:{served.Server.GrpcEndPoint.Port}"));
    }

    [Test]
    public async Task A_directory_without_runs_has_an_empty_list()
    {
        await using ServedRuns served = await ServedRuns.StartAsync(_ => { });
        JsonNode list = (await RawAnswer.GetAsync(served.Server, "/api/runs")).Json;

        Assert.That(list["runs"]!.AsArray(), Is.Empty);
        Assert.That(list["tags"]!.AsArray(), Is.Empty);
    }

    [Test]
    public async Task A_run_keeps_its_number_after_others_come_and_go_and_no_other_gets_it()
    {
        string root = "";
        await using ServedRuns served = await ServedRuns.StartAsync(directory =>
        {
            root = directory;
            Write("b");
        });
        Assert.That(await NumbersAsync(), Is.EqualTo(["b 1"]));
        Write("a");
        Assert.That(await NumbersAsync(), Is.EqualTo(["a 2", "b 1"]));
        Directory.Delete(Path.Combine(root, "b"), recursive: true);
        Write("c");
        Assert.That(await NumbersAsync(), Is.EqualTo(["a 2", "c 3"]));
        Write("b");
        Assert.That(await NumbersAsync(), Is.EqualTo(["a 2", "b 1", "c 3"]));

        void Write(string name)
        {
            using var writer = new SummaryWriter(Path.Combine(root, name));
            writer.AddScalar("loss", 1, 0);
        }

        async Task<string[]> NumbersAsync()
        {
            await served.Server.Runs.ReloadAsync();
            JsonNode list = (await RawAnswer.GetAsync(served.Server, "/api/runs")).Json;
            return [.. list["runs"]!.AsArray().Select(run => $"{run!["name"]} {run["id"]}")];
        }
    }

    [Test]
    public async Task Points_are_exact_and_those_that_are_no_numbers_have_their_names()
    {
        double[] times = [1e9, 5e8, double.NaN, 1e300, -1];
        double[] values = [0.1f, double.NaN, double.PositiveInfinity, double.NegativeInfinity, -0.0];
        await using ServedRuns served = await ServedRuns.StartAsync(directory => RawEvents.Write(
            Path.Combine(directory, "run"),
            [.. values.Select((value, step) => RawEvents.Scalar(step, times[step], "loss", (float)value))]));
        JsonNode answer = (await RawAnswer.GetAsync(served.Server, "/api/scalars?tag=loss")).Json;
        JsonNode series = answer["series"]!.AsArray().Single()!;

        Assert.That(series["steps"]!.ToJsonString(), Is.EqualTo("[0,1,2,3,4]"));
        Assert.That(series["values"]!.ToJsonString(), Is.EqualTo("[0.10000000149011612,\"NaN\",\"Infinity\",\"-Infinity\",-0]"));
        Assert.That(series["times"]!.ToJsonString(), Is.EqualTo("[1000000000,500000000,\"NaN\",1E+300,-1]"));
        Assert.That((int)series["count"]!, Is.EqualTo(5));
        Assert.That((await RawAnswer.GetAsync(served.Server, "/api/runs")).Status, Is.EqualTo(200), "the clock that jumps");

        JsonNode metric = (await RawAnswer.GetAsync(served.Server, "/api/metrics?tag=loss")).Json["series"]!.AsArray().Single()!;
        Assert.That(metric["last"]!["step"]!.ToJsonString(), Is.EqualTo("4"));
        Assert.That(metric["min"]!["value"]!.ToJsonString(), Is.EqualTo("\"-Infinity\""));
        Assert.That(metric["max"]!["value"]!.ToJsonString(), Is.EqualTo("\"Infinity\""));
    }

    [Test]
    public async Task Of_more_points_than_asked_for_the_ends_and_the_peaks_are_kept()
    {
        await using ServedRuns served = await ServedRuns.StartAsync(directory =>
        {
            using var writer = new SummaryWriter(Path.Combine(directory, "run"));
            for (int step = 0; step < 900; step++)
                writer.AddScalar("loss", step == 444 ? 1000 : step == 555 ? -1000 : step % 7, step);
        });
        JsonNode series = (await RawAnswer.GetAsync(served.Server, "/api/scalars?tag=loss&points=40")).Json["series"]![0]!;
        double[] steps = [.. series["steps"]!.AsArray().Select(step => (double)step!)];

        Assert.That(steps, Has.Length.InRange(20, 40).And.Contain(0).And.Contain(444).And.Contain(555).And.Contain(899));
        Assert.That((int)series["count"]!, Is.EqualTo(900));
    }

    [TestCase("1", "1")]
    [TestCase("2-3", "2,3")]
    [TestCase("3,1", "1,3")]
    [TestCase("1-2147483647", "1,2,3")]
    [TestCase("7", "")]
    [TestCase("", "")]
    public async Task Runs_are_named_by_numbers_and_ranges(string runs, string expected)
    {
        await using ServedRuns served = await ServedRuns.StartAsync(ThreeRuns);
        JsonNode answer = (await RawAnswer.GetAsync(served.Server, $"/api/scalars?tag=loss&runs={runs}")).Json;

        Assert.That(string.Join(',', answer["series"]!.AsArray().Select(series => $"{series!["run"]}")), Is.EqualTo(expected));
    }

    [TestCase("/api/scalars", "'tag' is missing")]
    [TestCase("/api/scalars?tag=loss&points=0", "from 1 to 10000")]
    [TestCase("/api/scalars?tag=loss&points=10001", "from 1 to 10000")]
    [TestCase("/api/scalars?tag=loss&points=many", "from 1 to 10000")]
    [TestCase("/api/scalars?tag=loss&runs=1,x", "1,3-9")]
    [TestCase("/api/scalars?tag=loss&runs=-1", "1,3-9")]
    [TestCase("/api/scalars?tag=loss&runs=99999999999", "1,3-9")]
    public async Task What_cannot_be_understood_is_refused_with_a_sentence(string path, string message)
    {
        await using ServedRuns served = await ServedRuns.StartAsync(ThreeRuns);
        RawAnswer answer = await RawAnswer.GetAsync(served.Server, path);

        Assert.That(answer.Status, Is.EqualTo(400));
        Assert.That(answer.Error, Does.Contain(message));
    }

    [Test]
    public async Task Trials_have_their_hyperparameters_in_one_order_and_their_metrics()
    {
        await using ServedRuns served = await ServedRuns.StartAsync(directory =>
        {
            using (var writer = new SummaryWriter(Path.Combine(directory, "a")))
            {
                writer.AddHyperparameters([("lr", 0.1), ("optimizer", "adam")]);
                writer.AddScalar("accuracy", 0.25, 0);
                writer.AddScalar("accuracy", 0.75, 1);
                writer.AddScalar("accuracy", 0.5, 2);
                writer.EndHyperparameters(RunStatus.Success);
            }

            using (var writer = new SummaryWriter(Path.Combine(directory, "b")))
                writer.AddHyperparameters([("amsgrad", true), ("lr", 1e-3)]);
            using (var writer = new SummaryWriter(Path.Combine(directory, "c")))
                writer.AddScalar("accuracy", 1, 0);
        });
        JsonNode trials = (await RawAnswer.GetAsync(served.Server, "/api/hyperparameters")).Json;

        Assert.That(trials["names"]!.ToJsonString(), Is.EqualTo("""["amsgrad","lr","optimizer"]"""));
        Assert.That(
            trials["rows"]!.AsArray().Select(row => $"{row!["run"]} {row["status"]} {row["values"]!.ToJsonString()}"),
            Is.EqualTo(["1 success [null,0.1,\"adam\"]", "2 unknown [true,0.001,null]"]));
        Assert.That((double)trials["rows"]![0]!["end"]!, Is.GreaterThanOrEqualTo((double)trials["rows"]![0]!["start"]!));

        JsonNode metric = (await RawAnswer.GetAsync(served.Server, "/api/metrics?tag=accuracy&runs=1-2")).Json["series"]!.AsArray().Single()!;
        Assert.That(Point("last"), Is.EqualTo("2: 0.5"));
        Assert.That(Point("min"), Is.EqualTo("0: 0.25"));
        Assert.That(Point("max"), Is.EqualTo("1: 0.75"));

        string Point(string name) => FormattableString.Invariant($"{metric[name]!["step"]}: {(double)metric[name]!["value"]!}");
    }

    [Test]
    public async Task The_metrics_of_an_experiment_are_told()
    {
        await using ServedRuns served = await ServedRuns.StartAsync(directory =>
        {
            using var writer = new SummaryWriter(directory);
            writer.AddExperiment(new Experiment
            {
                Hyperparameters = [HyperparameterDomain.Between("lr", 0, 1)],
                Metrics = ["loss", new ExperimentMetric("accuracy", "validation", "Accuracy")],
            });
        });
        JsonNode trials = (await RawAnswer.GetAsync(served.Server, "/api/hyperparameters")).Json;

        Assert.That(
            trials["metrics"]!.AsArray().Select(metric => $"{metric!["tag"]}|{metric["subRun"]}|{metric["name"]}"),
            Is.EqualTo(["loss||", "accuracy|validation|Accuracy"]));
        Assert.That(trials["rows"]!.AsArray(), Is.Empty, "an experiment alone is no trial");
    }

    private static void ThreeRuns(string directory)
    {
        foreach (string name in (string[])["a", "b", "c"])
        {
            using var writer = new SummaryWriter(Path.Combine(directory, name));
            writer.AddScalar("loss", 1, 0);
        }
    }

    private static byte[] Read(Stream stream)
    {
        using var read = new MemoryStream();
        stream.CopyTo(read);
        stream.Dispose();
        return read.ToArray();
    }
}
