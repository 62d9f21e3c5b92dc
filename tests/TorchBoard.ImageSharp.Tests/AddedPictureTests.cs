using SixLabors.ImageSharp;
using SixLabors.ImageSharp.PixelFormats;
using TorchBoard.Imaging;
using Color = TorchBoard.Drawing.Color;

namespace TorchBoard.ImageSharp.Tests;

/// <summary>Pictures of ImageSharp are in the event file as ImageSharp sees them.</summary>
internal sealed class AddedPictureTests
{
    private static readonly Func<Image>[] OfEachPixelType =
    [
        () => Noise.Of<A8>(5, 3),
        () => Noise.Of<Argb32>(5, 3),
        () => Noise.Of<Bgr24>(5, 3),
        () => Noise.Of<Bgr565>(5, 3),
        () => Noise.Of<Bgra32>(5, 3),
        () => Noise.Of<Bgra4444>(5, 3),
        () => Noise.Of<Bgra5551>(5, 3),
        () => Noise.Of<HalfSingle>(5, 3),
        () => Noise.Of<HalfVector4>(5, 3),
        () => Noise.Of<L8>(5, 3),
        () => Noise.Of<L16>(5, 3),
        () => Noise.Of<La16>(5, 3),
        () => Noise.Of<La32>(5, 3),
        () => Noise.Of<Rgb24>(5, 3),
        () => Noise.Of<Rgb48>(5, 3),
        () => Noise.Of<Rgba32>(5, 3),
        () => Noise.Of<Rgba64>(5, 3),
        () => Noise.Of<Rgba1010102>(5, 3),
        () => Noise.Of<RgbaVector>(5, 3),
    ];

    [Test]
    public void A_picture_of_any_pixel_type_has_the_pixels_that_ImageSharp_converts_it_to(
        [ValueSource(nameof(OfEachPixelType))] Func<Image> create)
    {
        using Image image = create();
        using Image<Rgba32> logged = Logged(writer => writer.AddImage("picture", image, step: 3));
        Assert.That(Noise.Rgba(logged), Is.EqualTo(Noise.Rgba(image)), image.GetType().ToString());
    }

    [Test]
    public void A_picture_has_no_more_channels_than_it_needs()
    {
        using Image<L8> gray = Noise.Of<L8>(4, 4);
        using Image<Rgb24> color = Noise.Of<Rgb24>(4, 4);
        using Image<Rgba32> opaque = color.CloneAs<Rgba32>();
        using Image<Rgba32> clear = Noise.Of<Rgba32>(4, 4);
        Image[] images = [gray, color, opaque, clear];
        Assert.That(images.Select(image => image.ToPicture().Channels), Is.EqualTo((int[])[1, 3, 3, 4]));
    }

    [Test]
    public void A_picture_may_change_after_the_call()
    {
        using Image<Rgb24> image = Noise.Of<Rgb24>(6, 6);
        byte[] before = Noise.Rgba(image);
        using Image<Rgba32> logged = Logged(writer =>
        {
            writer.AddImage("picture", image, step: 0);
            image[0, 0] = default;
            image.Dispose();
        });
        Assert.That(Noise.Rgba(logged), Is.EqualTo(before));
    }

    [Test]
    public void Of_an_animated_picture_the_first_frame_counts()
    {
        using Image<Rgba32> animation = Noise.Of<Rgba32>(3, 3, seed: 1);
        using Image<Rgba32> second = Noise.Of<Rgba32>(3, 3, seed: 2);
        byte[] first = Noise.Rgba(animation);
        animation.Frames.AddFrame(second.Frames.RootFrame);
        using Image<Rgb24> converted = animation.CloneAs<Rgb24>();
        Assert.That(animation.ToPicture().Pixels.ToArray(), Is.EqualTo(first));
        Assert.That(((Image)converted).ToPicture().Pixels.Length, Is.EqualTo(27));
    }

    [Test]
    public void A_batch_is_arranged_in_a_grid_as_one_of_pixels()
    {
        Image[] images = [Noise.Of<Rgb24>(4, 4, 1), Noise.Of<Rgb24>(4, 4, 2), Noise.Of<Bgr24>(4, 4, 3)];
        byte[] pixels = [.. images.SelectMany(image => image.ToPicture().Pixels.ToArray())];
        using Image<Rgba32> expected = Logged(
            writer => writer.AddImages("batch", pixels, 0, ImageLayout.Nhwc, [3, 4, 4, 3], columns: 2));
        using Image<Rgba32> logged = Logged(writer => writer.AddImages("batch", images, 0, columns: 2));
        Assert.That(Noise.Rgba(logged), Is.EqualTo(Noise.Rgba(expected)));
    }

    [Test]
    public void Boxes_are_drawn_on_a_picture()
    {
        using Image<Rgb24> image = new(20, 20);
        BoundingBox[] boxes = [new(2, 2, 18, 18, Color: new Color(200, 30, 10))];
        using Image<Rgba32> logged = Logged(writer => writer.AddImageWithBoxes("boxes", image, boxes, 0));
        Assert.That(logged[2, 10], Is.EqualTo(new Rgba32(200, 30, 10)));
        Assert.That(logged[10, 10], Is.EqualTo(new Rgba32(0, 0, 0)));
    }

    [Test]
    public void Pictures_of_different_sizes_missing_ones_and_none_are_refused()
    {
        using var directory = new TestDirectory();
        using var writer = new SummaryWriter(directory);
        using Image<Rgb24> small = new(2, 3);
        using Image<Rgb24> large = new(4, 3);
        Refusal.Of("images", () => writer.AddImages("x", [small, large], 0), "2 × 3", "picture 1", "4 × 3");
        Refusal.Of("frames", () => writer.AddVideo("x", [small, large], 0), "2 × 3", "picture 1", "4 × 3");
        Refusal.Of("images", () => writer.AddImages("x", [small, null!], 0), "Picture 1 is null");
        Refusal.Of("images", () => writer.AddImages("x", [], 0), "at least one picture");
        Refusal.Of("images", () => writer.AddImages("x", null!, 0));
        Refusal.Of("image", () => writer.AddImage("x", (Image)null!, 0));
        Refusal.Of("image", () => writer.AddImageWithBoxes("x", (Image)null!, [], 0));
        Refusal.Of("animation", () => writer.AddVideo("x", (Image)null!, 0));
        Refusal.Of("writer", () => ((SummaryWriter)null!).AddImage("x", small, 0));
    }

    private static Image<Rgba32> Logged(Action<SummaryWriter> add)
    {
        using var directory = new TestDirectory();
        using (var writer = new SummaryWriter(directory))
            add(writer);
        return Image.Load<Rgba32>(RunLog.Open(directory).Images.Values.Single().Values[0][0].Encoded.Span);
    }
}
