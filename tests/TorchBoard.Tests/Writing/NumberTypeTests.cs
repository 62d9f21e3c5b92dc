using TorchBoard.Embeddings;
using TorchBoard.Imaging;
using TorchBoard.Tests.Imaging;

namespace TorchBoard.Tests.Writing;

/// <summary>Pictures, audio, meshes, embeddings and predictions of any numeric type.</summary>
internal sealed class NumberTypeTests
{
    private static readonly double[] Fractions = [0, 0.25, 0.5, 1, -3, 7, double.NaN, 1];
    private static readonly int[] Integers = [0, 64, 128, 255, -3, 700, 1, 255];
    private static readonly byte[] OfFractions = [0, 64, 128, 255, 0, 255, 0, 255];
    private static readonly byte[] OfIntegers = [0, 64, 128, 255, 0, 255, 1, 255];

    [Test]
    public void Fractions_of_a_picture_are_shares_and_integers_are_bytes()
    {
        int[] shape = [2, 4];
        Assert.That(Pixels(w => w.AddImage("t", Fractions, 0, ImageLayout.Hw, shape)), Is.EqualTo(OfFractions));
        Half[] halves = [.. Fractions.Select(f => (Half)f)];
        Assert.That(Pixels(w => w.AddImage("t", halves, 0, ImageLayout.Hw, shape)), Is.EqualTo(OfFractions));
        decimal[] decimals = [0, 0.25m, 0.5m, 1, -3, 7, 0, 1];
        Assert.That(Pixels(w => w.AddImage("t", decimals, 0, ImageLayout.Hw, shape)), Is.EqualTo(OfFractions));
        Assert.That(Pixels(w => w.AddImage("t", Integers, 0, ImageLayout.Hw, shape)), Is.EqualTo(OfIntegers));
        long[] longs = [.. Integers.Select(i => (long)i)];
        Assert.That(Pixels(w => w.AddImage("t", longs, 0, ImageLayout.Hw, shape)), Is.EqualTo(OfIntegers));
        Assert.That(
            Pixels(w => w.AddImage("t", [0, 64, 128, 255], 0, ImageLayout.Hw, [2, 2])), Is.EqualTo(OfIntegers[..4]),
            "numbers in brackets");
    }

    [Test]
    public void So_are_those_of_batches_grids_boxes_videos_pictures_and_sprites()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                Pixels(w => w.AddImages("t", Fractions, 0, ImageLayout.Nhw, [1, 2, 4])), Is.EqualTo(OfFractions));
            Assert.That(
                Pixels(w => w.AddImages("t", Integers, 0, ImageLayout.Nhw, [1, 2, 4])), Is.EqualTo(OfIntegers));
            Assert.That(
                Pixels(w => w.AddImageWithBoxes("t", Fractions, [], 0, ImageLayout.Hw, [2, 4])).Where((_, i) => i % 3 == 0),
                Is.EqualTo(OfFractions));
            Assert.That(Picture.FromPixels(Fractions, ImageLayout.Hw, [2, 4]).Pixels.ToArray(), Is.EqualTo(OfFractions));
            Assert.That(Picture.FromPixels(Integers, ImageLayout.Hw, [2, 4]).Pixels.ToArray(), Is.EqualTo(OfIntegers));
            Assert.That(EmbeddingSprites.Of(Integers, ImageLayout.Nhw, [2, 2, 2]).Count, Is.EqualTo(2));

            ImageGridOptions scaled = new() { Scale = 1, Padding = 0, NormalizeEach = true };
            byte[] expected = Pixels(w => w.AddImages("t", (float[])[0, 1, 2, 4], 0, ImageLayout.Nhw, [1, 2, 2], scaled));
            Assert.That(
                Pixels(w => w.AddImages("t", (double[])[0, 1, 2, 4], 0, ImageLayout.Nhw, [1, 2, 2], scaled)),
                Is.EqualTo(expected));
            Assert.That(
                Encoded(w => w.AddVideo("t", Fractions, 0, VideoLayout.Thw, [2, 2, 2])),
                Is.EqualTo(Encoded(w => w.AddVideo("t", OfFractions, 0, VideoLayout.Thw, [2, 2, 2]))));
        }
    }

    [Test]
    public void Fractions_of_audio_are_shares_and_integers_are_16_bit_samples()
    {
        short[] samples = [0, 16384, -32767, 32767];
        byte[] expected = Clip(w => w.AddAudio("t", samples, 0, sampleRate: 8000));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Clip(w => w.AddAudio("t", (float[])[0, 0.5f, -1, 2], 0, sampleRate: 8000)), Is.EqualTo(expected));
            Assert.That(Clip(w => w.AddAudio("t", (double[])[0, 0.5, -1, 2], 0, sampleRate: 8000)), Is.EqualTo(expected));
            Assert.That(
                Clip(w => w.AddAudio("t", (int[])[0, 16384, -32767, 99999], 0, sampleRate: 8000)), Is.EqualTo(expected));
            Assert.That(
                Clip(w => w.AddAudioClips("t", [(double[])[0, 0.5, -1, 1]], 0, sampleRate: 8000)), Is.EqualTo(expected));
        }
    }

    [Test]
    public void Doubles_of_meshes_predictions_and_scores_are_written_as_floats()
    {
        float[] floats = [0, 0.25f, 0.5f, 1, 1, 1];
        double[] doubles = [0, 0.25, 0.5, 1, 1, 1];
        bool[] labels = [true, false, true];
        int[] classes = [0, 1, 1];
        using (Assert.EnterMultipleScope())
        {
            AssertSame(w => w.AddMesh("t", doubles, 0), w => w.AddMesh("t", floats, 0));
            AssertSame(
                w => w.AddPrCurve("t", labels, doubles.AsSpan(0, 3), 0), w => w.AddPrCurve("t", labels, floats.AsSpan(0, 3), 0));
            AssertSame(w => w.AddPrCurves("t", classes, doubles, 0), w => w.AddPrCurves("t", classes, floats, 0));
        }
    }

    [Test]
    public void Doubles_of_an_embedding_are_written_as_floats()
    {
        using var ofDoubles = new TestDirectory();
        using var ofFloats = new TestDirectory();
        using (var writer = new SummaryWriter(ofDoubles))
            writer.AddEmbedding("e", (double[])[0.1, 0.2, 0.3, 0.4], 0, dimensions: 2);
        using (var writer = new SummaryWriter(ofFloats))
            writer.AddEmbedding("e", (float[])[0.1f, 0.2f, 0.3f, 0.4f], 0, dimensions: 2);
        Assert.That(Vectors(ofDoubles), Is.EqualTo(Vectors(ofFloats)).And.Not.Empty);

        using var refusing = new TestDirectory();
        using var refuser = new SummaryWriter(refusing);
        Refusal.Of("vectors", () => refuser.AddEmbedding("e", (double[])[0, 0, 1e300, 0], 0, 2), "Vector 1 is infinite");

        static byte[] Vectors(string directory) =>
            File.ReadAllBytes(Directory.GetFiles(directory, "tensors.tsv", SearchOption.AllDirectories).Single());
    }

    private static void AssertSame(Action<SummaryWriter> actual, Action<SummaryWriter> expected)
    {
        Assert.That(Summaries(actual), Is.EqualTo(Summaries(expected)).And.Not.Empty);

        static byte[][] Summaries(Action<SummaryWriter> add)
        {
            using var directory = new TestDirectory();
            using (var writer = new SummaryWriter(directory))
                add(writer);
            return
            [
                .. WrittenEvents.InRun(directory).Where(written => written.Summary is not null)
                    .Select(written => Google.Protobuf.MessageExtensions.ToByteArray(written.Summary)),
            ];
        }
    }

    private static byte[] Pixels(Action<SummaryWriter> add) => PngReader.Decode(Encoded(add)).Pixels;

    private static byte[] Encoded(Action<SummaryWriter> add)
    {
        using var directory = new TestDirectory();
        using (var writer = new SummaryWriter(directory))
            add(writer);
        return RunLog.Open(directory).Images["t"].Values[0][0].Encoded.ToArray();
    }

    private static byte[] Clip(Action<SummaryWriter> add)
    {
        using var directory = new TestDirectory();
        using (var writer = new SummaryWriter(directory))
            add(writer);
        return RunLog.Open(directory).Audio["t"].Values[0][0].Encoded.ToArray();
    }
}
