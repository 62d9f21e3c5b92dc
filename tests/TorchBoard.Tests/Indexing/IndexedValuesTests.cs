using TorchBoard.Graphs;
using TorchBoard.Imaging;
using TorchBoard.Indexing;
using TorchBoard.Plugins;
using TorchBoard.Protos;
using TorchBoard.Tests.Reading;

namespace TorchBoard.Tests.Indexing;

/// <summary>The index returns values of the types, and with the numbers, that <see cref="RunLog"/> does.</summary>
internal sealed class IndexedValuesTests
{
    private static readonly float[] Vertices = [0, 0, 0, 1, 0, 0, 0, 1, 0];

    [Test]
    public async Task All_kinds_are_those_of_the_log()
    {
        using var directory = new TestDirectory();
        using (var writer = new SummaryWriter(directory))
        {
            for (int step = 0; step < 3; step++)
            {
                writer.AddHistogram("histogram", [0.25f, 0.5f, step], step);
                writer.AddImage<byte>("image", [1, 2, 3, 4], step, ImageLayout.Hw, [2, 2]);
                writer.AddText("text", $"*{step}*", step);
                writer.AddPrCurve<float>("pr", [true, false], [0.9f, 0.1f], step, 5);
                writer.AddTensor<int>("tensor", [1, 2, step], step, [3]);
                writer.AddMesh<float>("mesh", Vertices, step, faces: [0, 1, 2]);
                writer.AddAudioClips<float>("audio", [[0, 0.5f], [0.25f]], step, 8000);
            }

            writer.AddHyperparameters([("rate", 0.1)]);
        }

        (RunLog log, IndexedRun run) = await ReadAsync(directory);
        using (Assert.EnterMultipleScope())
        {
            // As floats, and the last bucket ends at the greatest value.
            Same(log.Histograms["histogram"], Of(run, "histogram").ReadHistograms(), h =>
                $"{string.Join(' ', h.Limits.ToArray().SkipLast(1).Select(limit => (float)limit))} "
                + $"{string.Join(' ', h.Counts.ToArray())}:{(float)h.Min}:{(float)h.Max}:{h.Count}");
            Same(log.Images["image"], Of(run, "image").ReadImages(), images => string.Join(' ', images.Select(
                i => $"{i.Width} {i.Height} {i.Format} {Convert.ToHexString(i.Encoded.Span)}")));
            Same(log.Text["text"], Of(run, "text").ReadText(), text => text.ToString());
            Same(log.PrCurves["pr"], Of(run, "pr").ReadPrCurves(), curve => string.Join(' ', curve.Precision.ToArray()));
            Same(log.Tensors["tensor"], Of(run, "tensor").ReadTensors(), t => $"{t}{string.Join(' ', t.ToDoubles())}");
            Same(log.MeshParts["mesh_FACE"], Of(run, "mesh_FACE").ReadMeshParts(), part =>
                $"{part.Mesh} {part.Kind} {part.Data} {string.Join(' ', part.Data.ToDoubles())}");
            Same(log.Audio["audio"], Of(run, "audio").ReadAudio(), clips => string.Join(' ', clips.Select(
                c => $"{c.SampleRate} {c.Channels} {c.ContentType} {Convert.ToHexString(c.Encoded.Span)}")));
            Assert.That(run.Hyperparameters!.Values, Is.EqualTo(log.Hyperparameters!.Values));
            Assert.That(run.Hyperparameters.Status, Is.EqualTo(log.Hyperparameters.Status));
            Assert.That(
                run.Series.Where(series => log.Tags.ContainsKey(series.Tag)).Select(series => (series.Tag, series.Kind)),
                Is.EquivalentTo(log.Tags.Values.Select(info => (info.Tag, info.Kind))));
        }
    }

    [Test]
    public async Task A_graph_has_its_nodes_and_their_times()
    {
        using var directory = new TestDirectory();
        using (var writer = new SummaryWriter(directory))
        {
            GraphBuilder graph = new GraphBuilder().Add("input", "Placeholder").Add("layer/dense", "Dense", "input");
            writer.AddGraph(graph.Build());
            writer.AddRunMetadata("step 1", [new("layer/dense", TimeSpan.FromMicroseconds(250), 4096)], 1);
        }

        (RunLog log, IndexedRun run) = await ReadAsync(directory);
        LoggedGraph read = run.Series.Single(series => series.PluginName == "graphs").ReadGraphs().Single();
        NodeStatistics statistics = Of(run, "step 1").ReadStatistics().Single();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(read.ReadNodes().Select(node => node.Name), Is.EqualTo(log.Graphs[0].ReadNodes().Select(node => node.Name)));
            Assert.That(
                (statistics.Node, statistics.ComputeTime, statistics.MemoryBytes),
                Is.EqualTo(("layer/dense", TimeSpan.FromMicroseconds(250), 4096L)));
            Assert.That(Of(run, "step 1").ReadGraphs(), Is.Empty);
        }
    }

    [Test]
    public async Task One_step_and_a_number_of_values_can_be_asked_for_and_another_kind_is_refused()
    {
        using var directory = new TestDirectory();
        using (var writer = new SummaryWriter(directory))
        {
            for (int step = 0; step < 9; step++)
                writer.AddText("text", $"{step}", step);
        }

        (_, IndexedRun run) = await ReadAsync(directory);
        IndexedSeries text = Of(run, "text");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(text.ReadText(step: 4).Select(point => point.Value.ToString()), Is.EqualTo(["4"]));
            Assert.That(text.ReadText(step: 40), Is.Empty);
            Assert.That(text.ReadText(3).Steps.ToArray(), Is.EqualTo([0, 4, 8]));
            Assert.That(
                () => text.ReadHistograms(),
                Throws.InvalidOperationException.With.Message.EqualTo(
                    "The tag 'text' has values of the kind Text, not Histogram."));
        }
    }

    [Test]
    public async Task A_value_that_is_no_histogram_is_left_out()
    {
        using var directory = new TestDirectory();
        EventBytes.Write(
            directory,
            [
                EventBytes.Record(1, Histogram([1, 2], [2])),
                EventBytes.Record(2, Histogram([0, 1, 5], [1, 3])),
            ]);

        (_, IndexedRun run) = await ReadAsync(directory);

        Assert.That(Of(run, "h").ReadHistograms().Steps.ToArray(), Is.EqualTo([2]));
        Assert.That(Of(run, "h").ReadHistograms()[0].Value.Counts.ToArray(), Is.EqualTo([5]));
    }

    [Test]
    public async Task Files_are_read_below_the_run_only()
    {
        using var directory = new TestDirectory();
        string path = Path.Combine(directory, "runs", "a");
        using (var writer = new SummaryWriter(path))
            writer.AddScalar("loss", 1, 1);
        Directory.CreateDirectory(Path.Combine(path, "below"));
        File.WriteAllText(Path.Combine(path, "below", "here.txt"), "here");
        File.WriteAllText(Path.Combine(directory, "secret.txt"), "secret");
        if (!OperatingSystem.IsWindows())
        {
            File.CreateSymbolicLink(Path.Combine(path, "link.txt"), Path.Combine(directory, "secret.txt"));
            Directory.CreateSymbolicLink(Path.Combine(path, "up"), directory);
        }

        (_, IndexedRun run) = await ReadAsync(path);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(run.ReadFile("below/here.txt", 4), Is.EqualTo("here"u8.ToArray()));
            Assert.That(run.ReadFile("below/here.txt", 3), Is.Null, "too long");
            string[] outside =
            [
                "../../secret.txt", "below/../../../secret.txt", "link.txt", "up/secret.txt", "/etc/passwd", "missing.txt",
                "below", "below//here.txt", "..\\..\\secret.txt", "C:\\secret.txt",
            ];
            foreach (string name in outside)
                Assert.That(run.ReadFile(name, 100), Is.Null, name);
        }
    }

    private static Summary.Types.Value Histogram(float[] numbers, int[] shape) => TensorSummary.Value(
        "h", TensorSummary.Tensor<float>(numbers, shape), PluginMetadata.Of(PluginTable.Histograms));

    private static void Same<T>(Series<T> expected, Series<T> actual, Func<T, string> text)
    {
        Assert.That(expected, Is.Not.Empty);
        Assert.That(actual.Steps.ToArray(), Is.EqualTo(expected.Steps.ToArray()), expected.Tag);
        Assert.That(actual.WallTimes.ToArray(), Is.EqualTo(expected.WallTimes.ToArray()), expected.Tag);
        Assert.That(
            actual.Select(point => text(point.Value)), Is.EqualTo(expected.Select(point => text(point.Value))), expected.Tag);
        Assert.That(
            (actual.Info.Count, actual.Info.Kind, actual.Info.LastStep, actual.Info.LastWallTime),
            Is.EqualTo((expected.Info.Count, expected.Info.Kind, expected.Info.LastStep, expected.Info.LastWallTime)));
    }

    private static async Task<(RunLog Log, IndexedRun Run)> ReadAsync(string path)
    {
        await using var index = RunIndex.Open(path, new RunIndexOptions { ReloadInterval = Timeout.InfiniteTimeSpan });
        await index.Loaded;
        return (RunLog.Open(path), index.Runs.Single());
    }

    private static IndexedSeries Of(IndexedRun run, string tag) =>
        run.TryFind(tag, out IndexedSeries? series) ? series : throw new KeyNotFoundException(tag);
}
