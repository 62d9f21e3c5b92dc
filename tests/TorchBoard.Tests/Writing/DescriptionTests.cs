using TorchBoard.Imaging;
using TorchBoard.Protos;

namespace TorchBoard.Tests.Writing;

internal sealed class DescriptionTests
{
    [Test]
    public void Values_of_every_kind_carry_the_names_of_their_tags_without_changing_form()
    {
        using var directory = new TestDirectory();
        using (var writer = new SummaryWriter(directory))
        {
            foreach (string tag in (string[])
                ["scalar", "histogram", "image", "video", "audio", "clips", "text", "curve", "mesh", "tensor"])
            {
                writer.Describe(tag, $"The {tag}", $"*{tag}*");
            }

            writer.AddScalar("scalar", 1.5f, 7);
            writer.AddHistogram("histogram", [1f], 7);
            writer.AddImage("image", [1f], 7, ImageLayout.Hw, [1, 1]);
            writer.AddVideo("video", [1f], 7, VideoLayout.Thw, [1, 1, 1]);
            writer.AddAudio("audio", [1f], 7);
            writer.AddAudioClips("clips", [[1f], [1f]], 7);
            writer.AddText("text", "t", 7);
            writer.AddPrCurve("curve", [true], [1f], 7);
            writer.AddMesh("mesh", [0f, 0f, 0f], 7);
            writer.AddTensor<int>("tensor", [1], 7, []);
        }

        using (Assert.EnterMultipleScope())
        {
            AssertDescribed(
                directory, "scalar", "scalars", DataClass.Scalar, Summary.Types.Value.ValueOneofCase.SimpleValue);
            AssertDescribed(
                directory, "histogram", "histograms", DataClass.Tensor, Summary.Types.Value.ValueOneofCase.Histo);
            AssertDescribed(
                directory, "image", "images", DataClass.BlobSequence, Summary.Types.Value.ValueOneofCase.Image);
            AssertDescribed(
                directory, "video", "images", DataClass.BlobSequence, Summary.Types.Value.ValueOneofCase.Image);
            AssertDescribed(
                directory, "audio", "audio", DataClass.BlobSequence, Summary.Types.Value.ValueOneofCase.Audio);
            AssertDescribed(
                directory, "clips", "audio", DataClass.BlobSequence, Summary.Types.Value.ValueOneofCase.Tensor);
            AssertDescribed(directory, "text", "text", DataClass.Tensor, Summary.Types.Value.ValueOneofCase.Tensor);
            AssertDescribed(
                directory, "curve", "pr_curves", DataClass.Tensor, Summary.Types.Value.ValueOneofCase.Tensor);
            AssertDescribed(
                directory, "mesh_VERTEX", "mesh", DataClass.Tensor, Summary.Types.Value.ValueOneofCase.Tensor, "mesh");
            AssertDescribed(directory, "tensor", "tensor", DataClass.Tensor, Summary.Types.Value.ValueOneofCase.Tensor);
            Assert.That(WrittenEvents.Scalars(directory, "scalar"), Is.EqualTo(new[] { (7L, 1.5f) }));
        }
    }

    [Test]
    public void Tags_without_a_description_stay_without_metadata()
    {
        using var directory = new TestDirectory();
        using (var writer = new SummaryWriter(directory))
        {
            writer.Describe("other", "Other");
            writer.AddScalar("loss", 1, 0);
            writer.AddHistogram("weights", [1f], 0);
        }

        Assert.That(WrittenEvents.Single(directory, "loss").Metadata, Is.Null);
        Assert.That(WrittenEvents.Single(directory, "weights").Metadata, Is.Null);
    }

    [Test]
    public void Described_points_keep_their_order_among_others()
    {
        using var directory = new TestDirectory();
        using (var writer = new SummaryWriter(directory))
        {
            writer.Describe("b", "B");
            for (int step = 0; step < 100; step++)
            {
                writer.AddScalar("a", step, step);
                writer.AddScalar("b", step, step);
            }
        }

        Assert.That(
            WrittenEvents.InRun(directory).Skip(1).Select(e => (e.Summary.Value[0].Tag, e.Step)),
            Is.EqualTo(Enumerable.Range(0, 100).SelectMany(step => ((string, long)[])[("a", step), ("b", step)])));
    }

    [Test]
    public void A_description_also_applies_to_the_series_of_a_chart()
    {
        using var directory = new TestDirectory();
        using (var writer = new SummaryWriter(directory))
        {
            writer.Describe("loss", description: "lower is better");
            writer.AddScalars("loss", [("train", 1f)], 0);
        }

        SummaryMetadata metadata = WrittenEvents.Single(Path.Combine(directory, "loss_train"), "loss").Metadata;
        Assert.That((metadata.DisplayName, metadata.SummaryDescription), Is.EqualTo(("", "lower is better")));
    }

    [Test]
    public void Points_do_not_allocate_if_nothing_is_described()
    {
        using var directory = new TestDirectory();
        var options = new SummaryWriterOptions { FlushInterval = Timeout.InfiniteTimeSpan };
        using var writer = new SummaryWriter(directory, options);
        for (int step = 0; step < 100; step++)
            writer.AddScalar("a", step, step);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int step = 0; step < 10; step++)
            writer.AddScalar("a", step, step);
        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);
    }

    [Test]
    public void Empty_or_invalid_descriptions_are_rejected()
    {
        using var directory = new TestDirectory();
        using var writer = new SummaryWriter(directory);
        using (Assert.EnterMultipleScope())
        {
            Refusal.Of("tag", () => writer.Describe("", "x"));
            Refusal.Of("displayName", () => writer.Describe("x"), "both are missing");
            Refusal.Of("displayName", () => writer.Describe("x", "\uD800"));
            Refusal.Of("description", () => writer.Describe("x", "x", "\uD800"));
        }
    }

    private static void AssertDescribed(
        string directory, string tag, string plugin, DataClass dataClass, Summary.Types.Value.ValueOneofCase form,
        string? described = null)
    {
        Summary.Types.Value value = WrittenEvents.Single(directory, tag);
        SummaryMetadata metadata = value.Metadata;
        Assert.That(value.ValueCase, Is.EqualTo(form), tag);
        Assert.That(
            (metadata.PluginData.PluginName, metadata.DataClass, metadata.DisplayName, metadata.SummaryDescription),
            Is.EqualTo((plugin, dataClass, $"The {described ?? tag}", $"*{described ?? tag}*")), tag);
        if (plugin == "audio")
            Assert.That(metadata.PluginData.Content.ToByteArray(), Is.EqualTo(new byte[] { 0x10, 11 }), tag);
    }
}
