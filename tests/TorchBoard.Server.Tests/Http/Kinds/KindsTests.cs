using System.Text.Json.Nodes;
using TorchBoard.Graphs;
using TorchBoard.Histograms;

namespace TorchBoard.Server.Tests.Http.Kinds;

/// <summary>Numbers of each kind arrive as they were written.</summary>
internal sealed class KindsTests
{
    [Test]
    public async Task Histograms_have_edges_and_counts()
    {
        await using KindPage page = await KindPage.StartAsync(writer =>
        {
            writer.AddHistogram("weights", new Histogram(-1, 2, 6, 3, 9, [0, 1, 2], [1, 2, 3]), 5);
            writer.AddHistogram<float>("weights", [], 6);
        });

        JsonNode series = (await page.GetAsync("/api/histograms?tag=weights"))["series"]![0]!;

        Assert.That(series["steps"]!.ToJsonString(), Is.EqualTo("[5,6]"));
        Assert.That(
            series["values"]!.ToJsonString(),
            Is.EqualTo("""[{"edges":[-1,0,1,2],"counts":[1,2,3]},{"edges":[],"counts":[]}]"""));
    }

    [Test]
    public async Task Many_buckets_are_joined_without_losing_a_value()
    {
        double[] limits = [.. Enumerable.Range(1, 5000).Select(i => (double)i)];
        await using KindPage page = await KindPage.StartAsync(writer => writer.AddHistogram(
            "weights", new Histogram(0, 5000, 5000, 1, 1, limits, [.. limits.Select(_ => 1.0)]), 5));

        JsonNode histogram = (await page.GetAsync("/api/histograms?tag=weights"))["series"]![0]!["values"]![0]!;
        double[] counts = [.. histogram["counts"]!.AsArray().Select(count => (double)count!)];

        Assert.That(counts, Has.Length.EqualTo(1000).And.All.EqualTo(5));
        Assert.That((double)histogram["edges"]![1000]!, Is.EqualTo(5000));
    }

    [Test]
    public async Task Text_is_listed_by_length_and_sent_for_one_step()
    {
        await using KindPage page = await KindPage.StartAsync(writer =>
        {
            writer.AddText("notes", "# One", 1);
            writer.AddText("notes", "two", 2);
        });

        JsonNode series = (await page.GetAsync("/api/texts?tag=notes"))["series"]![0]!;

        Assert.That(series["values"]!.ToJsonString(), Is.EqualTo("""[{"characters":5},{"characters":3}]"""));
        Assert.That(
            (await page.GetAsync("/api/text?run=1&tag=notes&step=1")).ToJsonString(), Is.EqualTo("""{"blocks":[["h1",{},"One"]]}"""));
        Assert.That((await page.RefusedAsync("/api/text?run=1&tag=notes&step=3")).Status, Is.EqualTo(404));
    }

    [Test]
    public async Task Clips_are_described_and_sent()
    {
        await using KindPage page = await KindPage.StartAsync(
            writer => writer.AddAudioClips<float>("speech", [[0, 0.5f], [0.25f, 0, 0]], 4, 8000));

        JsonNode clips = (await page.GetAsync("/api/audios?tag=speech"))["series"]![0]!["values"]![0]!;
        (string? type, byte[] bytes) = await page.GetBytesAsync("/api/audio?run=1&tag=speech&step=4&index=1");

        Assert.That(clips[1]!.ToJsonString(), Is.EqualTo($$"""{"sampleRate":8000,"channels":1,"bytes":{{bytes.Length}}}"""));
        Assert.That(type, Is.EqualTo("audio/wav"));
        Assert.That(bytes[..4], Is.EqualTo("RIFF"u8.ToArray()));
        Assert.That((await page.RefusedAsync("/api/audio?run=1&tag=speech&step=4&index=2")).Status, Is.EqualTo(404));
    }

    [Test]
    public async Task PR_curves_have_all_six_rows()
    {
        await using KindPage page = await KindPage.StartAsync(
            writer => writer.AddPrCurve<float>("digits", [true, false, true], [0.9f, 0.6f, 0.1f], 4, 3));

        JsonNode curve = (await page.GetAsync("/api/prcurves?tag=digits"))["series"]![0]!["values"]![0]!;

        Assert.That(
            curve.ToJsonString(),
            Does.StartWith("""{"tp":[2,1,0],"fp":[1,1,0],"tn":[0,0,1],"fn":[0,1,2],"precision":[0.6666667,0.5,"""));
        Assert.That(curve["recall"]!.ToJsonString(), Is.EqualTo("[1,0.5,0]"));
    }

    [Test]
    public async Task A_graph_has_shapes_attributes_and_times()
    {
        await using KindPage page = await KindPage.StartAsync(writer =>
        {
            writer.AddGraph(new GraphBuilder().Add("input", "Placeholder").Add(new GraphNode("net/dense", "Dense", "input")
            {
                OutputShapes = [[-1, 10]],
                Type = TensorType.Single,
                Attributes = new Dictionary<string, AttributeValue> { ["units"] = 10L },
            }).Build());
            writer.AddRunMetadata("batch", [new NodeStatistics("net/dense", TimeSpan.FromMicroseconds(250), 4096)], 1);
        });

        JsonNode graph = await page.GetAsync("/api/graph?run=1&tag=__run_graph__");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(await page.TagsAsync(), Is.EqualTo(["graph:__run_graph__"]));
            Assert.That(
                graph["nodes"]![1]!.ToJsonString(),
                Is.EqualTo(
                    """{"name":"net/dense","op":"Dense","inputs":["input"],"type":"Single","shapes":["?\u00D710"],"attributes":[["units","10"]]}"""));
            Assert.That(
                graph["statistics"]!.ToJsonString(),
                Is.EqualTo("""[{"tag":"batch","nodes":[{"name":"net/dense","micros":250,"bytes":4096}]}]"""));
            Assert.That((await page.RefusedAsync("/api/graph?run=1&tag=batch")).Status, Is.EqualTo(404));
        }
    }

    [Test]
    public async Task A_mesh_is_joined_from_its_parts()
    {
        await using KindPage page = await KindPage.StartAsync(writer => writer.AddMesh<float>(
            "shape", [0, 0, 0, 1, 0, 0, 0, 1, 0, 5, 5, 5, 6, 5, 5, 5, 6, 5], 2,
            colors: [1, 2, 3, 4, 5, 6, 7, 8, 9, 255, 0, 0, 255, 0, 0, 255, 0, 0], faces: [0, 1, 2, 0, 2, 1], meshes: 2));

        JsonNode mesh = await page.GetAsync("/api/mesh?run=1&tag=shape&step=2&index=1");

        using (Assert.EnterMultipleScope())
        {
            Assert.That((await page.GetAsync("/api/meshes?tag=shape"))["series"]![0]!["steps"]!.ToJsonString(), Is.EqualTo("[2]"));
            Assert.That(
                mesh.ToJsonString(),
                Is.EqualTo(
                    """{"count":2,"vertices":[5,5,5,6,5,5,5,6,5],"faces":[0,2,1],"colors":[255,0,0,255,0,0,255,0,0]}"""));
            Assert.That((await page.RefusedAsync("/api/mesh?run=1&tag=shape&step=2&index=2")).Status, Is.EqualTo(404));
            Assert.That((await page.RefusedAsync("/api/mesh?run=1&tag=shape_VERTEX&step=2")).Status, Is.EqualTo(404));
        }
    }

    [Test]
    public async Task A_description_is_a_tree()
    {
        await using KindPage page = await KindPage.StartAsync(writer =>
        {
            writer.Describe("loss", "Loss", "Lower is *better*. <script>");
            writer.AddScalar("loss", 1, 1);
        });

        JsonNode tag = (await page.GetAsync("/api/runs"))["tags"]![0]!;

        Assert.That(tag["description"]!.AsArray(), Has.Count.EqualTo(1));
        Assert.That((string)tag["description"]![0]![2]!, Is.EqualTo("Lower is "));
        Assert.That((string)tag["description"]![0]![4]!, Is.EqualTo(". <script>"));
    }
}
