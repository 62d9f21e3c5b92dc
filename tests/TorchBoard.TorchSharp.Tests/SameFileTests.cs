using TorchBoard.Audio;
using TorchBoard.Embeddings;
using TorchBoard.Imaging;
using static TorchSharp.torch;

namespace TorchBoard.Tests;

/// <summary>Tensors produce the same file, byte for byte, as arrays with the same values.</summary>
internal sealed class SameFileTests : TensorFixture
{
    private static readonly int[] PictureShape = [3, 5, 4];
    private static readonly int[] BatchShape = [2, 3, 5, 4];
    private static readonly int[] VideoShape = [2, 3, 1, 5, 4];
    private static readonly float[] Pixels = [.. Enumerable.Range(0, 120).Select(i => (i * 37 % 256) / 255f)];
    private static readonly byte[] Bytes = [.. Enumerable.Range(0, 120).Select(i => (byte)(i * 37))];

    [Test]
    public void Pictures() => AssertSame(
        writer =>
        {
            writer.AddImage("floats", tensor(Pixels[..60]).reshape(3, 5, 4), 1);
            writer.AddImage("bytes", tensor(Bytes[..60]).reshape(3, 5, 4), 1);
            writer.AddImage("rows", tensor(Pixels[..60]).reshape(3, 5, 4).permute(1, 2, 0), 1, ImageLayout.Hwc);
            writer.AddImage("gray", tensor(Bytes[..20]).reshape(5, 4).to_type(ScalarType.Int64), 1, ImageLayout.Hw);
            writer.AddImages("batch", tensor(Pixels).reshape(2, 3, 5, 4), 1, columns: 1);
            writer.AddImages("grid", tensor(Pixels).reshape(2, 3, 5, 4), 1, new ImageGridOptions { Columns = 1 });
            writer.AddImages("mask", tensor(Bytes[..40]).reshape(2, 5, 4) > 99, 1, ImageLayout.Nhw);
            writer.AddVideo("video", tensor(Bytes).reshape(2, 3, 1, 5, 4), 1, framesPerSecond: 9);
        },
        writer =>
        {
            writer.AddImage("floats", Pixels.AsSpan(0, 60), 1, ImageLayout.Chw, PictureShape);
            writer.AddImage("bytes", Bytes.AsSpan(0, 60), 1, ImageLayout.Chw, PictureShape);
            writer.AddImage("rows", Pixels.AsSpan(0, 60), 1, ImageLayout.Chw, PictureShape);
            writer.AddImage("gray", Bytes.AsSpan(0, 20), 1, ImageLayout.Hw, [5, 4]);
            writer.AddImages("batch", Pixels, 1, ImageLayout.Nchw, BatchShape, columns: 1);
            writer.AddImages("grid", Pixels, 1, ImageLayout.Nchw, BatchShape, new ImageGridOptions { Columns = 1 });
            byte[] mask = Array.ConvertAll(Bytes[..40], value => value > 99 ? byte.MaxValue : byte.MinValue);
            writer.AddImages("mask", mask, 1, ImageLayout.Nhw, [2, 5, 4]);
            writer.AddVideo("video", Bytes, 1, VideoLayout.Ntchw, VideoShape, framesPerSecond: 9);
        });

    [Test]
    public void Integers_outside_of_a_bytes_range_are_cut_off() => AssertSame(
        writer => writer.AddImage("i", tensor([-1, 0, 255, 256]).reshape(1, 2, 2), 1),
        writer => writer.AddImage("i", (ReadOnlySpan<byte>)[0, 0, 255, 255], 1, ImageLayout.Chw, [1, 2, 2]));

    [Test]
    public void Pictures_with_boxes() => AssertSame(
        writer =>
        {
            Tensor picture = tensor(Pixels[..60]).reshape(3, 5, 4).to_type(ScalarType.Float64);
            writer.AddImageWithBoxes("spans", picture, [new BoundingBox(0, 1, 2, 3)], 1);
            writer.AddImageWithBoxes("tensors", picture, tensor([0, 1, 2, 3]).reshape(1, 4), 1, ["a"]);
            writer.AddImageWithBoxes("none", picture, empty(0, 4), 1);
        },
        writer =>
        {
            ReadOnlySpan<float> picture = Pixels.AsSpan(0, 60);
            writer.AddImageWithBoxes(
                "spans", picture, [new BoundingBox(0, 1, 2, 3)], 1, ImageLayout.Chw, PictureShape);
            writer.AddImageWithBoxes(
                "tensors", picture, [new BoundingBox(0, 1, 2, 3, "a")], 1, ImageLayout.Chw, PictureShape);
            writer.AddImageWithBoxes("none", picture, [], 1, ImageLayout.Chw, PictureShape);
        });

    [Test]
    public void Sound()
    {
        float[] left = [0, 0.5f, 1];
        float[] right = [-1, -0.5f, 2];
        short[] samples = [1, -2, short.MaxValue];
        AssertSame(
            writer =>
            {
                writer.AddAudio("mono", tensor(left).to_type(ScalarType.Float16), 1, 8000);
                writer.AddAudio("stereo", stack([tensor(left), tensor(right)]), 1, 8000);
                writer.AddAudio(
                    "interleaved", stack([tensor(left), tensor(right)], 1), 1, 8000, AudioLayout.Interleaved);
                writer.AddAudio("short", tensor(samples).reshape(1, 3), 1, 8000);
                writer.AddAudioClips("clips", [tensor(left), tensor(right)[..2]], 1, 8000);
                writer.AddAudioClips("shorts", [tensor(samples)], 1, 8000);
            },
            writer =>
            {
                writer.AddAudio("mono", left, 1, 8000);
                writer.AddAudio("stereo", (float[])[.. left, .. right], 1, 8000, 2, AudioLayout.Planar);
                writer.AddAudio("interleaved", (float[])[0, -1, 0.5f, -0.5f, 1, 2], 1, 8000, 2);
                writer.AddAudio("short", samples, 1, 8000, 1, AudioLayout.Planar);
                writer.AddAudioClips("clips", [left, right[..2]], 1, 8000, 1, AudioLayout.Planar);
                writer.AddAudioClips("shorts", [samples], 1, 8000, 1, AudioLayout.Planar);
            });
    }

    [Test]
    public void Curves()
    {
        bool[] isSpam = [true, false, true, true];
        float[] predictions = [0.9f, 0.2f, 0.4f, 0.8f];
        int[] classes = [1, 0, 1, 1];
        float[] scores = [0.1f, 0.9f, 0.8f, 0.2f, 0.6f, 0.4f, 0.2f, 0.8f];
        float[] row = [3, 2, 1];
        AssertSame(
            writer =>
            {
                writer.AddPrCurve("spam", tensor(isSpam), tensor(predictions), 1, thresholds: 5);
                writer.AddPrCurve("weighted", tensor(classes), tensor(predictions), 1, 5, tensor(predictions));
                writer.AddPrCurves(
                    "classes", tensor(classes).to_type(ScalarType.Int8), tensor(scores).reshape(4, 2), 1);
                writer.AddPrCurveRaw("raw", tensor(row).reshape(1, 3).expand(6, 3), 1);
            },
            writer =>
            {
                writer.AddPrCurve("spam", isSpam, predictions, 1, thresholds: 5);
                writer.AddPrCurve("weighted", isSpam, predictions, 1, 5, predictions);
                writer.AddPrCurves("classes", classes, scores, 1);
                writer.AddPrCurveRaw("raw", row, row, row, row, row, row, 1);
            });
    }

    [Test]
    public void Meshes()
    {
        float[] points = [0, 0, 0, 1, 0, 0, 0, 1, 0];
        byte[] colors = [0, 255, 0, 51, 0, 0, 0, 102, 0];
        int[] faces = [0, 1, 2];
        AssertSame(
            writer =>
            {
                Tensor vertices = tensor(points).reshape(3, 3);
                writer.AddMesh("cloud", vertices, 1);
                Tensor triangle = tensor(faces).reshape(1, 3).to_type(ScalarType.Int64);
                writer.AddMesh("bytes", vertices, 1, tensor(colors).reshape(3, 3), triangle);
                writer.AddMesh("floats", vertices, 1, tensor(colors).reshape(3, 3) / 255f);
                writer.AddMesh("two", vertices.expand(2, 3, 3), 1, null, tensor(faces).expand(2, 1, 3));
            },
            writer =>
            {
                writer.AddMesh("cloud", points, 1);
                writer.AddMesh("bytes", points, 1, colors, faces);
                writer.AddMesh("floats", points, 1, colors);
                writer.AddMesh("two", (float[])[.. points, .. points], 1, default, (int[])[.. faces, .. faces], 2);
            });
    }

    [Test]
    public void Embeddings()
    {
        float[] vectors = [1, 2, 3, 4, 5, 6];
        using var fromTensors = new TestDirectory();
        using var fromArrays = new TestDirectory();
        using (var writer = new SummaryWriter(fromTensors))
        {
            Tensor pictures = tensor(Pixels[..24]).reshape(2, 3, 2, 2);
            writer.AddEmbedding("e", tensor(vectors).reshape(3, 2).t(), 1, null, tensor([7L, 8]), pictures);
        }

        using (var writer = new SummaryWriter(fromArrays))
        {
            writer.AddEmbedding("e", (float[])[1, 3, 5, 2, 4, 6], 1, 3, new EmbeddingOptions
            {
                Labels = ["7", "8"],
                Sprites = EmbeddingSprites.Of(Pixels.AsSpan(0, 24), ImageLayout.Nchw, [2, 3, 2, 2]),
            });
        }

        string[] files = ["tensors.tsv", "metadata.tsv", "sprite.png"];
        foreach (string file in files)
        {
            Assert.That(
                Only(fromTensors, file), Is.EqualTo(Only(fromArrays, file)), file);
        }

        static byte[] Only(string directory, string name) =>
            File.ReadAllBytes(Directory.EnumerateFiles(directory, name, SearchOption.AllDirectories).Single());
    }

    [Test]
    public void Scalars_of_one_chart()
    {
        using var directory = new TestDirectory();
        using (var writer = new SummaryWriter(directory))
        {
            (string, Tensor)[] values = [("a", tensor(1f)), ("b", tensor(2L))];
            writer.AddScalars("loss", values, 1);
            writer.AddScalars("loss", new Dictionary<string, Tensor> { ["a"] = tensor(3f) }, 2);
            TensorExtensions.AddScalars(writer, "loss", values, 3, null, _ => true);
        }

        Assert.That(Series("loss_a"), Is.EqualTo([1, 3, 1]));
        Assert.That(Series("loss_b"), Is.EqualTo([2, 2]));

        double[] Series(string run) => RunLog.Open(Path.Combine(directory, run)).Scalars["loss"].Values.ToArray();
    }

    private static void AssertSame(Action<SummaryWriter> fromTensors, Action<SummaryWriter> fromArrays) =>
        Assert.That(Written(fromTensors), Is.EqualTo(Written(fromArrays)));

    private static byte[] Written(Action<SummaryWriter> add)
    {
        using var directory = new TestDirectory();
        var options = new SummaryWriterOptions { TimeProvider = new StoppedClock() };
        using (var writer = new SummaryWriter(directory, options))
            add(writer);
        return File.ReadAllBytes(directory.EventFiles().Single());
    }

    private sealed class StoppedClock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => DateTimeOffset.UnixEpoch.AddYears(50);
    }
}
