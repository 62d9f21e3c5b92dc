using System.Numerics.Tensors;
using TorchBoard.Drawing;
using TorchBoard.Histograms;
using TorchBoard.Imaging;
using TorchBoard.Protos;
using TorchBoard.Tests.Imaging;

namespace TorchBoard.Tests.Writing;

/// <summary>What each AddX method except AddScalar writes to the file, and what it rejects.</summary>
internal sealed class ValueTests
{
    [Test]
    public void Series_are_separate_runs_with_the_tag_of_the_chart()
    {
        using var directory = new TestDirectory();
        using (var writer = new SummaryWriter(directory))
        {
            writer.AddScalars("loss", [("train", 1f), ("held/out", 2f)], 5);
            writer.AddScalars("loss", new Dictionary<string, float> { ["train"] = 3f }, 6);
        }

        string[] runs = [.. Directory.EnumerateDirectories(directory).Select(Path.GetFileName).Order()!];
        Assert.That(runs, Is.EqualTo(new[] { "loss_held_out", "loss_train" }));
        Assert.That(
            WrittenEvents.Scalars(Path.Combine(directory, "loss_train"), "loss"),
            Is.EqualTo(new[] { (5L, 1f), (6L, 3f) }));
        Assert.That(
            WrittenEvents.Scalars(Path.Combine(directory, "loss_held_out"), "loss"), Is.EqualTo(new[] { (5L, 2f) }));
    }

    [Test]
    public void Series_that_would_share_a_directory_are_rejected()
    {
        using var directory = new TestDirectory();
        using var writer = new SummaryWriter(directory);
        Assert.That(
            () => writer.AddScalars("loss", [("a/b", 1f), ("a_b", 2f)], 0),
            Throws.ArgumentException.With.Message.Contains("a_b"));
    }

    [Test]
    public void A_histogram_is_written_with_its_moments_and_buckets()
    {
        using var directory = new TestDirectory();
        float[] values = [-1, 0, 0.5f, 2];
        using (var writer = new SummaryWriter(directory))
            writer.AddHistogram("h", values, 3);

        HistogramProto proto = WrittenEvents.Single(directory, "h").Histo;
        Histogram expected = Histogram.Of<float>(values);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                (proto.Min, proto.Max, proto.Num, proto.Sum, proto.SumSquares), Is.EqualTo((-1d, 2d, 4d, 1.5d, 5.25d)));
            Assert.That(proto.BucketLimit, Is.EqualTo(expected.Limits.ToArray()));
            Assert.That(proto.Bucket, Is.EqualTo(expected.Counts.ToArray()));
        }
    }

    [Test]
    public void Values_may_change_after_the_call()
    {
        using var directory = new TestDirectory();
        float[] values = [1, 1];
        using (var writer = new SummaryWriter(directory))
        {
            writer.AddHistogram("h", values, 0);
            values.AsSpan().Fill(100);
        }

        Assert.That(WrittenEvents.Single(directory, "h").Histo.Max, Is.EqualTo(1));
    }

    [Test]
    public void Values_that_are_not_finite_have_a_separate_curve()
    {
        using var directory = new TestDirectory();
        using (var writer = new SummaryWriter(directory))
        {
            writer.AddHistogram("h", [1, float.NaN, float.NegativeInfinity], 0);
            writer.AddHistogram("h", [1f], 1);
        }

        Assert.That(WrittenEvents.Values(directory, "h").Select(v => v.Histo.Num), Is.EqualTo(new[] { 1d, 1d }));
        Assert.That(WrittenEvents.Scalars(directory, "h/nonfinite"), Is.EqualTo(new[] { (0L, 2f) }));
    }

    [Test]
    public void Values_too_many_to_copy_are_counted_at_once()
    {
        using var directory = new TestDirectory();
        double[] values = new double[100_000];
        using (var writer = new SummaryWriter(directory, new SummaryWriterOptions { UnwrittenBytesLimit = 1 << 20 }))
            writer.AddHistogram<double>("h", values, 0);
        Assert.That(WrittenEvents.Single(directory, "h").Histo.Num, Is.EqualTo(100_000));
    }

    [Test]
    public void A_picture_is_a_PNG_of_its_pixels()
    {
        using var directory = new TestDirectory();
        using (var writer = new SummaryWriter(directory))
        {
            writer.AddImage("bytes", (byte[])[1, 2, 3, 4, 5, 6], 0, ImageLayout.Chw, [3, 1, 2]);
            writer.AddImage("floats", [0f, 1f], 0, ImageLayout.Hw, [1, 2]);
            writer.AddImage("tensor", Tensor.Create([0f, 1f], [2, 1]).AsReadOnlyTensorSpan(), 0, ImageLayout.Hw);
            writer.AddImages("grid", (byte[])[1, 2, 3], 0, ImageLayout.Nhw, [3, 1, 1], columns: 2);
        }

        using (Assert.EnterMultipleScope())
        {
            AssertPicture(directory, "bytes", 2, 1, 3, [1, 3, 5, 2, 4, 6]);
            AssertPicture(directory, "floats", 2, 1, 1, [0, 255]);
            AssertPicture(directory, "tensor", 1, 2, 1, [0, 255]);
            AssertPicture(directory, "grid", 2, 2, 1, [1, 2, 3, 0]);
        }
    }

    [Test]
    public void Boxes_are_drawn_on_a_copy_of_the_picture()
    {
        using var directory = new TestDirectory();
        byte[] pixels = new byte[9];
        using (var writer = new SummaryWriter(directory))
        {
            writer.AddImageWithBoxes(
                "boxes", pixels, [new BoundingBox(1, 1, 1, 1, Color: new Color(9, 8, 7))], 0, ImageLayout.Hw, [3, 3]);
        }

        byte[] expected = new byte[27];
        (expected[12], expected[13], expected[14]) = (9, 8, 7);
        AssertPicture(directory, "boxes", 3, 3, 3, expected);
        Assert.That(pixels, Is.All.Zero);
    }

    [Test]
    public void An_encoded_picture_is_written_byte_for_byte()
    {
        using var directory = new TestDirectory();
        byte[] gif = [.. "GIF89a"u8, 4, 0, 2, 0, 0, 0, 0];
        using (var writer = new SummaryWriter(directory))
            writer.AddEncodedImage("gif", gif, 0);

        Summary.Types.Image image = WrittenEvents.Single(directory, "gif").Image;
        Assert.That((image.Width, image.Height), Is.EqualTo((4, 2)));
        Assert.That(image.EncodedImageString.ToByteArray(), Is.EqualTo(gif));
    }

    [Test]
    public void Text_is_a_string_of_rank_0_for_the_text_plugin()
    {
        using var directory = new TestDirectory();
        using (var writer = new SummaryWriter(directory))
            writer.AddText("notes", "**größer** 🙂", 2);

        Summary.Types.Value value = WrittenEvents.Single(directory, "notes");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(value.Tensor.Dtype, Is.EqualTo(DataType.DtString));
            Assert.That(value.Tensor.TensorShape.Dim, Is.Empty);
            Assert.That(value.Tensor.StringVal.Single().ToStringUtf8(), Is.EqualTo("**größer** 🙂"));
            Assert.That(value.Metadata.PluginData.PluginName, Is.EqualTo("text"));
            Assert.That(value.Metadata.DataClass, Is.EqualTo(DataClass.Tensor));
        }
    }

    [Test]
    public void A_table_is_markdown()
    {
        using var directory = new TestDirectory();
        using (var writer = new SummaryWriter(directory))
            writer.AddTable("t", ["name", "value"], [["a|b", "1\n2"], ["", "3"]], 0);

        Assert.That(
            WrittenEvents.Single(directory, "t").Tensor.StringVal.Single().ToStringUtf8(),
            Is.EqualTo("| name | value |\n|---|---|\n| a&#124;b | 1<br>2 |\n|  | 3 |\n"));
    }

    [Test]
    public void Invalid_arguments_are_named_and_leave_nothing_behind()
    {
        using var directory = new TestDirectory();
        using (var writer = new SummaryWriter(directory))
        using (Assert.EnterMultipleScope())
        {
            foreach (string? tag in (string?[])[null, "", "\uD800"])
            {
                AssertRefused("tag", () => writer.AddScalar(tag!, 1, 0));
                AssertRefused("tag", () => writer.AddHistogram(tag!, [1f], 0));
                AssertRefused("tag", () => writer.AddImage(tag!, [1f], 0, ImageLayout.Hw, [1, 1]));
                AssertRefused("tag", () => writer.AddText(tag!, "t", 0));
                AssertRefused("mainTag", () => writer.AddScalars(tag!, [("a", 1f)], 0));
                AssertRefused("values", () => writer.AddScalars("m", [("fine", 1f), (tag!, 1f)], 0));
            }

            AssertRefused("values", () => writer.AddScalars("m", new Dictionary<string, float>(), 0));
            AssertRefused("markdown", () => writer.AddText("t", "\uDFFF", 0));
            AssertRefused("markdown", () => writer.AddText("t", null!, 0));
            AssertRefused("header", () => writer.AddTable("t", [], [], 0));
            AssertRefused("rows", () => writer.AddTable("t", ["a"], [["1", "2"]], 0));
            AssertRefused("rows", () => writer.AddTable("t", ["a"], [null!], 0));
            AssertRefused("statistics", () => writer.AddRunMetadata("m", [null!], 0));
            AssertRefused("layers", () => writer.AddConceptualGraph("g", [null!], 0));
            AssertRefused("shape", () => writer.AddImage("i", [1f, 2f], 0, ImageLayout.Hw, [1, 1]));
            AssertRefused("columns", () => writer.AddImages("i", [1f], 0, ImageLayout.Nhw, [1, 1, 1], columns: 0));
            AssertRefused("encoded", () => writer.AddEncodedImage("i", [1, 2, 3], 0));
        }

        Assert.That(WrittenEvents.InRun(directory), Has.Count.EqualTo(1));
        Assert.That(
            directory.EventFiles().SelectMany(WrittenEvents.InFile).Where(e => e.Summary is not null), Is.Empty);
    }

    private static void AssertRefused(string argument, Action call) =>
        Assert.That(call, Throws.InstanceOf<ArgumentException>().With.Property("ParamName").EqualTo(argument));

    private static void AssertPicture(string directory, string tag, int width, int height, int channels, byte[] pixels)
    {
        Summary.Types.Image image = WrittenEvents.Single(directory, tag).Image;
        PngReader png = PngReader.Decode(image.EncodedImageString.ToByteArray());
        Assert.That((image.Width, image.Height, image.Colorspace), Is.EqualTo((width, height, channels)), tag);
        Assert.That((png.Width, png.Height, png.Channels), Is.EqualTo((width, height, channels)), tag);
        Assert.That(png.Pixels, Is.EqualTo(pixels), tag);
    }
}
