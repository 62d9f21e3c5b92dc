using SixLabors.ImageSharp;
using SixLabors.ImageSharp.PixelFormats;
using TorchBoard.Imaging;

namespace TorchBoard.ImageSharp.Tests;

/// <summary>ImageSharp, which shares no code with this library, decodes what its encoders write.</summary>
internal sealed class EncoderTests
{
    [Test]
    public void ImageSharp_reads_each_pixel_of_a_PNG(
        [Values(1, 2, 3, 4)] int channels, [Values(1, 2, 7, 64, 301)] int width, [Values(1, 3, 200)] int height,
        [Values] bool isSmooth)
    {
        byte[] pixels = new byte[width * height * channels];
        if (isSmooth)
        {
            for (int i = 0; i < pixels.Length; i++)
                pixels[i] = (byte)(i / channels / 3);
        }
        else
        {
            new Random(width).NextBytes(pixels);
        }

        var picture = Picture.FromPixels(pixels, ImageLayout.Hwc, [height, width, channels]);
        using Image<Rgba32> decoded = Image.Load<Rgba32>(picture.ToPng());
        Assert.That((decoded.Width, decoded.Height), Is.EqualTo((width, height)));
        Assert.That(Noise.Rgba(decoded), Is.EqualTo(Rgba(picture)));
    }

    [Test]
    public void ImageSharp_reads_each_frame_of_a_video([Values(1, 3, 4)] int channels)
    {
        const int count = 5, height = 12, width = 17;
        byte[] pixels = new byte[count * height * width * channels];
        new Random(channels).NextBytes(pixels);
        int length = pixels.Length / count;

        // The third frame repeats the second, and the last differs from the fourth in one pixel.
        pixels.AsSpan(length, length).CopyTo(pixels.AsSpan(2 * length));
        pixels.AsSpan(3 * length, length).CopyTo(pixels.AsSpan(4 * length));
        pixels[(4 * length) + (length / 2)] ^= 0xFF;

        List<byte[]> frames = LoggedFrames(
            writer => writer.AddVideo("video", pixels, 0, VideoLayout.Thwc, [count, height, width, channels]));
        byte[][] expected =
        [
            .. pixels.Chunk(length).Select(
                frame => Rgba(Picture.FromPixels(frame, ImageLayout.Hwc, [height, width, channels]))),
        ];

        // A repeated frame is stored as a longer duration.
        Assert.That(frames, Is.EqualTo((byte[][])[expected[0], expected[1], expected[3], expected[4]]));
    }

    [Test]
    public void Frames_of_ImageSharp_become_a_video()
    {
        Image<Rgb24>[] frames = [Noise.Of<Rgb24>(6, 4, 1), Noise.Of<Rgb24>(6, 4, 2), Noise.Of<Rgb24>(6, 4, 3)];
        Assert.That(
            LoggedFrames(writer => writer.AddVideo("video", frames, 0, framesPerSecond: 10)),
            Is.EqualTo(frames.Select(Noise.Rgba)));

        using Image<Rgb24> animation = frames[0].Clone();
        animation.Frames.AddFrame(frames[1].Frames.RootFrame);
        animation.Frames.AddFrame(frames[2].Frames.RootFrame);
        Assert.That(
            LoggedFrames(writer => writer.AddVideo("video", animation, 0)), Is.EqualTo(frames.Select(Noise.Rgba)));
    }

    private static List<byte[]> LoggedFrames(Action<SummaryWriter> add)
    {
        using var directory = new TestDirectory();
        using (var writer = new SummaryWriter(directory))
            add(writer);
        return AnimatedPng.Frames(RunLog.Open(directory).Images["video"].Values[0][0].Encoded);
    }

    private static byte[] Rgba(Picture picture)
    {
        ReadOnlySpan<byte> pixels = picture.Pixels;
        byte[] rgba = new byte[picture.Width * picture.Height * 4];
        for (int i = 0; i < rgba.Length / 4; i++)
        {
            ReadOnlySpan<byte> pixel = pixels.Slice(i * picture.Channels, picture.Channels);
            bool isGray = picture.Channels < 3;
            rgba[4 * i] = pixel[0];
            rgba[(4 * i) + 1] = pixel[isGray ? 0 : 1];
            rgba[(4 * i) + 2] = pixel[isGray ? 0 : 2];
            rgba[(4 * i) + 3] = picture.Channels is 2 or 4 ? pixel[^1] : byte.MaxValue;
        }

        return rgba;
    }
}
