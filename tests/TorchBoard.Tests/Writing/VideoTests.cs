using System.Numerics.Tensors;
using TorchBoard.Drawing;
using TorchBoard.Imaging;
using TorchBoard.Protos;
using TorchBoard.Tests.Imaging;

namespace TorchBoard.Tests.Writing;

internal sealed class VideoTests
{
    [Test]
    public void Frames_play_unchanged([Values(1, 2, 3, 4)] int channels)
    {
        var random = new Random(channels);
        const int width = 7;
        const int height = 5;
        var frames = new List<byte[]> { new byte[width * height * channels] };
        random.NextBytes(frames[0]);
        for (int t = 1; t < 40; t++)
        {
            byte[] next = [.. frames[^1]];
            for (int change = random.Next(4); change > 0; change--)
                next[random.Next(next.Length)]++;
            frames.Add(next);
        }

        byte[] png = ApngEncoder.Encode([.. frames.Select(f => new Raster(width, height, channels, f))], 10);
        ApngReader shown = ApngReader.Decode(png);
        Assert.That((shown.Width, shown.Height, shown.Channels), Is.EqualTo((width, height, channels)));
        Assert.That(
            shown.Frames.SelectMany(f => Enumerable.Repeat(f.Pixels, (int)Math.Round(f.Seconds * 10))),
            Is.EqualTo(frames));
    }

    [Test]
    public void Repeated_frames_only_last_longer_and_others_store_only_changes()
    {
        using var directory = new TestDirectory();
        byte[] frames = new byte[5 * 100];
        frames[(3 * 100) + 55] = 1;
        frames[(4 * 100) + 55] = 1;
        using (var writer = new SummaryWriter(directory))
            writer.AddVideo("v", frames, 0, VideoLayout.Thw, [5, 10, 10], framesPerSecond: 3);

        ApngReader shown = Video(directory, "v");
        Assert.That(
            shown.Frames.Select(f => (f.Seconds, f.StoredArea)), Is.EqualTo(new[] { (1.0, 100), (0.667, 1) }));
    }

    [Test]
    public void A_video_without_changes_is_a_picture()
    {
        using var directory = new TestDirectory();
        using (var writer = new SummaryWriter(directory))
            writer.AddVideo("v", new byte[12], 0, VideoLayout.Thw, [3, 2, 2]);
        byte[] png = WrittenEvents.Single(directory, "v").Image.EncodedImageString.ToByteArray();
        Assert.That(PngReader.Decode(png).Pixels, Is.EqualTo(new byte[4]));
        Assert.That(png.AsSpan().IndexOf("acTL"u8), Is.Negative);
    }

    [Test]
    public void Delays_add_up_and_long_ones_are_stored_less_precisely()
    {
        Raster[] frames = [.. Enumerable.Range(0, 60).Select(i => new Raster(1, 1, 1, [(byte)i]))];
        Assert.That(
            ApngReader.Decode(ApngEncoder.Encode(frames, 60)).Frames.Sum(f => f.Seconds), Is.EqualTo(1).Within(1e-9));
        Assert.That(
            ApngReader.Decode(ApngEncoder.Encode(frames.AsSpan(0, 2), 0.001)).Frames.Select(f => f.Seconds),
            Is.EqualTo(new[] { 1000.0, 1000.0 }));
    }

    [Test]
    public void Every_layout_shows_the_same_video()
    {
        using var directory = new TestDirectory();
        byte[] thwc = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12];
        byte[] tchw = [1, 4, 2, 5, 3, 6, 7, 10, 8, 11, 9, 12];
        using (var writer = new SummaryWriter(directory))
        {
            writer.AddVideo("Thwc", thwc, 0, VideoLayout.Thwc, [2, 1, 2, 3]);
            writer.AddVideo("Tchw", tchw, 0, VideoLayout.Tchw, [2, 3, 1, 2]);
            writer.AddVideo("Nthwc", thwc, 0, VideoLayout.Nthwc, [1, 2, 1, 2, 3]);
            writer.AddVideo("Ntchw", tchw, 0, VideoLayout.Ntchw, [1, 2, 3, 1, 2]);
            writer.AddVideo("floats", [.. tchw.Select(b => b / 255f)], 0, VideoLayout.Tchw, [2, 3, 1, 2]);
            writer.AddVideo("tensor", Tensor.Create(tchw, [2, 3, 1, 2]).AsReadOnlyTensorSpan(), 0, VideoLayout.Tchw);
        }

        foreach (string tag in (string[])["Thwc", "Tchw", "Nthwc", "Ntchw", "floats", "tensor"])
        {
            ApngReader shown = Video(directory, tag);
            Assert.That((shown.Width, shown.Height, shown.Channels), Is.EqualTo((2, 1, 3)), tag);
            Assert.That(
                shown.Frames.Select(f => (f.Pixels, f.Seconds)),
                Is.EqualTo(new[] { (thwc[..6], 0.25), (thwc[6..], 0.25) }), tag);
        }
    }

    [Test]
    public void A_batch_of_videos_is_a_grid()
    {
        using var directory = new TestDirectory();
        using (var writer = new SummaryWriter(directory))
            writer.AddVideo("v", (byte[])[1, 2, 3, 4, 5, 6], 0, VideoLayout.Ntchw, [3, 2, 1, 1, 1], columns: 2);

        Summary.Types.Image image = WrittenEvents.Single(directory, "v").Image;
        Assert.That((image.Width, image.Height, image.Colorspace), Is.EqualTo((2, 2, 1)));
        Assert.That(
            Video(directory, "v").Frames.Select(f => f.Pixels),
            Is.EqualTo(new byte[][] { [1, 3, 5, 0], [2, 4, 6, 0] }));
    }

    [Test]
    public void Invalid_arguments_are_rejected()
    {
        using var directory = new TestDirectory();
        using var writer = new SummaryWriter(directory);
        using (Assert.EnterMultipleScope())
        {
            Refusal.Of("tag", () => writer.AddVideo("", [1f], 0, VideoLayout.Thw, [1, 1, 1]));
            Refusal.Of("shape", () => writer.AddVideo("v", [1f], 0, VideoLayout.Ntchw, [1, 1, 1]), "5 dimensions");
            Refusal.Of("shape", () => writer.AddVideo("v", [1f], 0, VideoLayout.Thwc, [1, 1, 1, 7]), "channels");
            Refusal.Of(
                "shape", () => writer.AddVideo("v", [1f], 0, VideoLayout.Ntchw, [-1, -1, 1, 1, 1]), "at least 1");
            Refusal.Of("shape", () => writer.AddVideo("v", [1f], 0, VideoLayout.Thw, [2, 1, 1]), "must be 2");
            Refusal.Of("shape", () => writer.AddVideo("v", ReadOnlySpan<byte>.Empty, 0, VideoLayout.Thw, [0, 1, 1]));
            Refusal.Of("columns", () => writer.AddVideo("v", [1f], 0, VideoLayout.Thw, [1, 1, 1], columns: 0));
            foreach (double rate in (double[])[0, -1, double.NaN, double.PositiveInfinity])
                Refusal.Of("framesPerSecond", () => writer.AddVideo("v", [1f], 0, VideoLayout.Thw, [1, 1, 1], rate));
        }
    }

    private static ApngReader Video(string directory, string tag) =>
        ApngReader.Decode(WrittenEvents.Single(directory, tag).Image.EncodedImageString.ToByteArray());
}
