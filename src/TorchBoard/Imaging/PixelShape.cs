namespace TorchBoard.Imaging;

/// <summary>
/// An array of pixels, taken apart: how many pictures of which size, and how far apart their pixels are.
/// </summary>
internal readonly record struct PixelShape(int Count, int Channels, int Height, int Width, bool ChannelsFirst)
{
    public int PictureLength => Channels * Height * Width;

    public int IndexOf(int picture, int channel, int row, int column) =>
        (picture * PictureLength) + (ChannelsFirst
            ? (((channel * Height) + row) * Width) + column
            : (((row * Width) + column) * Channels) + channel);

    /// <summary>Reads one picture's shape and checks the data against it.</summary>
    public static PixelShape OfPicture(ImageLayout layout, ReadOnlySpan<int> shape, long length)
    {
        if (layout is not (ImageLayout.Hw or ImageLayout.Chw or ImageLayout.Hwc))
        {
            throw new ArgumentException(
                $"One picture has the layout Hw, Chw or Hwc; {layout} given. AddImages takes a batch.", nameof(layout));
        }

        return Read(layout, shape, length);
    }

    /// <summary>Reads a batch's shape and checks the data against it.</summary>
    public static PixelShape OfBatch(ImageLayout layout, ReadOnlySpan<int> shape, long length)
    {
        if (layout is not (ImageLayout.Nhw or ImageLayout.Nchw or ImageLayout.Nhwc))
        {
            throw new ArgumentException(
                $"A batch has the layout Nhw, Nchw or Nhwc; {layout} given. AddImage takes one picture.",
                nameof(layout));
        }

        return Read(layout, shape, length);
    }

    /// <summary>
    /// Reads a video's shape, or a batch's, and checks the data against it; pictures are single frames.
    /// </summary>
    public static PixelShape OfVideo(VideoLayout layout, ReadOnlySpan<int> shape, long length)
    {
        int rank = layout switch { VideoLayout.Thw => 3, VideoLayout.Nthwc or VideoLayout.Ntchw => 5, _ => 4 };
        ThrowIfNotOfRank(rank, layout.ToString(), shape);
        PixelShape frames = layout switch
        {
            VideoLayout.Thw => new(shape[0], 1, shape[1], shape[2], true),
            VideoLayout.Tchw => new(shape[0], shape[1], shape[2], shape[3], true),
            VideoLayout.Thwc => new(shape[0], shape[3], shape[1], shape[2], false),
            VideoLayout.Nthwc => new(Product(shape[0], shape[1]), shape[4], shape[2], shape[3], false),
            _ => new(Product(shape[0], shape[1]), shape[2], shape[3], shape[4], true),
        };
        return Check(frames, layout.ToString(), shape, length);
    }

    private static PixelShape Read(ImageLayout layout, ReadOnlySpan<int> shape, long length)
    {
        int rank = layout switch { ImageLayout.Hw => 2, ImageLayout.Nchw or ImageLayout.Nhwc => 4, _ => 3 };
        ThrowIfNotOfRank(rank, layout.ToString(), shape);
        PixelShape pixels = layout switch
        {
            ImageLayout.Hw => new(1, 1, shape[0], shape[1], true),
            ImageLayout.Chw => new(1, shape[0], shape[1], shape[2], true),
            ImageLayout.Hwc => new(1, shape[2], shape[0], shape[1], false),
            ImageLayout.Nhw => new(shape[0], 1, shape[1], shape[2], true),
            ImageLayout.Nchw => new(shape[0], shape[1], shape[2], shape[3], true),
            _ => new(shape[0], shape[3], shape[1], shape[2], false),
        };
        return Check(pixels, layout.ToString(), shape, length);
    }

    private static void ThrowIfNotOfRank(int rank, string layout, ReadOnlySpan<int> shape)
    {
        if (shape.Length != rank)
        {
            throw new ArgumentException(
                $"The layout {layout} wants a shape of {rank} numbers; [{Text(shape)}] has {shape.Length}.",
                nameof(shape));
        }
    }

    // Two negative numbers must not pass for a positive one; what is too large fails by the count of all numbers.
    private static int Product(int videos, int frames) =>
        videos < 1 || frames < 1 ? 0 : (int)Math.Min((long)videos * frames, int.MaxValue);

    private static PixelShape Check(PixelShape pixels, string layout, ReadOnlySpan<int> shape, long length)
    {
        if (pixels.Channels is < 1 or > 4)
        {
            throw new ArgumentException(
                $"1 to 4 channels are wanted; the shape [{Text(shape)}] read as {layout} has {pixels.Channels}. "
                + "Is the layout the right one?",
                nameof(shape));
        }

        if (pixels.Count < 1 || pixels.Height < 1 || pixels.Width < 1)
        {
            throw new ArgumentException(
                $"Every dimension must be at least 1; the shape is [{Text(shape)}].", nameof(shape));
        }

        long wanted = 1;
        foreach (int size in shape)
            wanted = Math.Min(wanted * size, int.MaxValue + 1L);
        if (wanted != length)
        {
            throw new ArgumentException(
                $"The shape [{Text(shape)}] stands for {(wanted > int.MaxValue ? "too many" : wanted)} numbers; "
                + $"{length} given.",
                nameof(shape));
        }

        return pixels;
    }

    private static string Text(ReadOnlySpan<int> shape) => string.Join(", ", shape.ToArray());
}
