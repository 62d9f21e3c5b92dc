using System.Text.Json;
using TorchBoard.Histograms;
using TorchBoard.Hyperparameters;

namespace TorchBoard.Tests.Reading;

/// <summary>Files of PyTorch and tensorboardX have the content that an independent reader finds in them.</summary>
internal sealed class OtherWritersTests
{
    private static string DirectoryOf(string writer) =>
        Path.Combine(TestContext.CurrentContext.TestDirectory, "TestData", writer);

    private static RunLog Open(string writer, string run) => LogDirectory.Open(DirectoryOf(writer)).Runs[run].Open();

    [Test]
    public void Every_tag_has_the_points_that_an_independent_reader_finds(
        [Values("pytorch-1.13", "tensorboardx-2.6.5")] string writer)
    {
        using var expected = JsonDocument.Parse(File.ReadAllText(Path.Combine(DirectoryOf(writer), "expected.json")));
        LogDirectory directory = LogDirectory.Open(DirectoryOf(writer));

        Assert.That(directory.Runs.Keys, Is.EqualTo(expected.RootElement.EnumerateObject().Select(run => run.Name)));
        using (Assert.EnterMultipleScope())
        {
            foreach (JsonProperty expectedRun in expected.RootElement.EnumerateObject())
            {
                RunLog run = directory.Runs[expectedRun.Name].Open(new RunLogOptions { ApplyRestarts = false });
                Assert.That(run.Errors, Is.Empty);
                Assert.That(run.HasTruncatedTail, Is.False);
                Assert.That(
                    run.Files.Sum(file => file.EventCount),
                    Is.EqualTo(expectedRun.Value.GetProperty("events").GetInt64()));
                Assert.That(run.Graphs, Has.Count.EqualTo(expectedRun.Value.GetProperty("graphs").GetInt32()));

                JsonElement tags = expectedRun.Value.GetProperty("tags");
                Assert.That(run.Tags.Keys, Is.EqualTo(tags.EnumerateObject().Select(tag => tag.Name)));
                foreach (JsonProperty tag in tags.EnumerateObject())
                    HoldAgainst(run, run.Tags[tag.Name], tag.Value);
            }
        }
    }

    private static void HoldAgainst(RunLog run, TagInfo info, JsonElement expected)
    {
        Assert.That(info.Count, Is.EqualTo(expected.GetProperty("points").GetInt32()), info.Tag);
        Assert.That(info.FirstStep, Is.EqualTo(expected.GetProperty("first_step").GetInt64()), info.Tag);
        Assert.That(info.LastStep, Is.EqualTo(expected.GetProperty("last_step").GetInt64()), info.Tag);

        JsonElement last = expected.GetProperty("last");
        switch (expected.GetProperty("plugin").GetString())
        {
            case "scalars" when last.ValueKind == JsonValueKind.Number:
                Assert.That(run.Scalars[info.Tag].Values[^1], Is.EqualTo(last.GetDouble()), info.Tag);
                break;
            case "histograms":
                Histogram histogram = run.Histograms[info.Tag].Values[^1];
                Assert.That(histogram.Count, Is.EqualTo(last.GetProperty("num").GetDouble()), info.Tag);
                Assert.That(histogram.Counts.Length, Is.EqualTo(last.GetProperty("buckets").GetInt32()), info.Tag);
                Assert.That(
                    histogram.Counts.ToArray().Sum(), Is.EqualTo(last.GetProperty("sum_counts").GetDouble()), info.Tag);
                break;
            case "images" when last.GetProperty("width").ValueKind == JsonValueKind.Number:
                ImageSample image = run.Images[info.Tag].Values[^1].Single();
                Assert.That(image.Format, Is.EqualTo(last.GetProperty("format").GetString()), info.Tag);
                Assert.That(image.Width, Is.EqualTo(last.GetProperty("width").GetInt32()), info.Tag);
                Assert.That(image.Height, Is.EqualTo(last.GetProperty("height").GetInt32()), info.Tag);
                break;
            case "audio":
                AudioClip clip = run.Audio[info.Tag].Values[^1].Single();
                Assert.That(clip.Encoded.Length, Is.EqualTo(last.GetProperty("bytes").GetInt32()), info.Tag);
                Assert.That(clip.ContentType, Is.EqualTo(last.GetProperty("content_type").GetString()), info.Tag);
                break;
            case "text":
                Assert.That(
                    run.Text[info.Tag].Values[^1].ToString(), Is.EqualTo(last.GetProperty("text").GetString()),
                    info.Tag);
                break;
            case "pr_curves":
                Assert.That(
                    run.PrCurves[info.Tag].Values[^1].Count, Is.EqualTo(last.GetProperty("shape")[1].GetInt32()),
                    info.Tag);
                break;
            case "mesh":
                Assert.That(
                    run.MeshParts[info.Tag].Values[^1].Data.Shape.ToArray(),
                    Is.EqualTo(last.GetProperty("shape").EnumerateArray().Select(d => d.GetInt64())), info.Tag);
                break;
        }
    }

    [Test]
    public void A_curve_has_each_step_and_value()
    {
        ScalarSeries loss = Open("pytorch-1.13", "run1").Scalars["loss"];
        using (Assert.EnterMultipleScope())
        {
            Assert.That(loss.Steps.ToArray(), Is.EqualTo(Enumerable.Range(0, 30).Select(i => (long)i)));
            Assert.That(
                loss.Values.ToArray(), Is.EqualTo(Enumerable.Range(0, 30).Select(i => (double)(float)(1.0 / (i + 1)))));
            Assert.That(loss.WallTimes.ToArray(), Is.Ordered.And.All.InRange(1795249291.0, 1795249292.0));
        }
    }

    [Test]
    public void NaN_and_infinity_are_values()
    {
        double[] values = Open("tensorboardx-2.6.5", "run1").Scalars["nan_inf"].Values.ToArray();
        Assert.That(values, Is.EqualTo([double.NaN, double.PositiveInfinity, 1.0]));
    }

    [Test]
    public void Scalars_of_new_style_and_of_type_double_are_scalars()
    {
        RunLog run = Open("pytorch-1.13", "run1");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(run.Scalars["new_style"].Values[^1], Is.EqualTo(14.5));
            Assert.That(run.Scalars["dbl"].Values[^1], Is.EqualTo(29 * 0.1), "not rounded to a float");
        }
    }

    [Test]
    public void Names_and_descriptions_are_kept()
    {
        TagInfo info = Open("tensorboardx-2.6.5", "run1").Tags["acc"];
        using (Assert.EnterMultipleScope())
        {
            Assert.That(info.DisplayName, Is.EqualTo("Accuracy"));
            Assert.That(info.Description, Is.EqualTo("some **md** desc"));
        }
    }

    [Test]
    public void Parts_of_a_mesh_are_joined_by_its_name()
    {
        RunLog run = Open("tensorboardx-2.6.5", "run1");
        Mesh mesh = run.Meshes["mesh"].Values[0];
        using (Assert.EnterMultipleScope())
        {
            Assert.That(run.Meshes, Has.Count.EqualTo(1));
            Assert.That(mesh.Vertices!.Shape.ToArray(), Is.EqualTo([1L, 4, 3]));
            Assert.That(mesh.Faces!.ToDoubles(), Has.Length.EqualTo(12));
            Assert.That(mesh.Colors, Is.Not.Null);
            Assert.That(mesh.ConfigJson, Does.Contain("PerspectiveCamera"));
        }
    }

    [Test]
    public void Hyperparameters_are_numbers_text_and_Booleans()
    {
        HyperparameterLog trial = Open("tensorboardx-2.6.5", "hp/t1").Hyperparameters!;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(trial.Values["lr"].Number, Is.EqualTo(0.2));
            Assert.That(trial.Values["opt"].Text, Is.EqualTo("adam"));
            Assert.That(trial.Values["flag"].Boolean, Is.True);
            Assert.That(trial.Status, Is.EqualTo(RunStatus.Success));
            Assert.That(trial.Experiment!.Metrics.Select(m => m.Tag), Is.EquivalentTo(["hparam/acc", "hparam/loss"]));
        }
    }

    [Test]
    public void A_purge_in_the_second_file_is_applied_as_intended()
    {
        ScalarSeries x = Open("tensorboardx-2.6.5", "restart").Scalars["x"];
        using (Assert.EnterMultipleScope())
        {
            Assert.That(x.Steps.ToArray(), Is.EqualTo([0L, 1, 2, 3, 4, 5, 6, 7]));
            Assert.That(x.Values.ToArray(), Is.EqualTo([0.0, 1, 2, 3, 4, 105, 106, 107]));
        }
    }
}
