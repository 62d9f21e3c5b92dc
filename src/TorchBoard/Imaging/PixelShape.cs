namespace TorchBoard.Imaging;

/// <summary>
/// The shape of an array of pixels: the number of pictures, their size and the order of their channels.
/// </summary>
internal readonly record struct PixelShape(int Count, int Channels, int Height, int Width, bool ChannelsFirst)
{
    public int PictureLength => Channels * Height * Width;

    public int IndexOf(int picture, int channel, int row, int column) =>
        (picture * PictureLength) + (ChannelsFirst
            ? (((channel * Height) + row) * Width) + column
            : (((row * Width) + column) * Channels) + channel);

    /// <summary>Reads the shape of one picture and checks the length of the data against it.</summary>
    public static PixelShape OfPicture(ImageLayout layout, ReadOnlySpan<int> shape, long length)
    {
        if (layout is not (ImageLayout.Hw or ImageLayout.Chw or ImageLayout.Hwc))
        {
            throw new ArgumentException(
                $"The layout of one picture must be Hw, Chw or Hwc; was {layout}. For a batch, use AddImages.",
                nameof(layout));
        }

        return Read(layout, shape, length);
    }

    /// <summary>Reads the shape of a batch and checks the length of the data against it.</summary>
    public static PixelShape OfBatch(ImageLayout layout, ReadOnlySpan<int> shape, long length)
    {
        if (layout is not (ImageLayout.Nhw or ImageLayout.Nchw or ImageLayout.Nhwc))
        {
            throw new ArgumentException(
                $"The layout of a batch must be Nhw, Nchw or Nhwc; was {layout}. For one picture, use AddImage.",
                nameof(layout));
        }

        return Read(layout, shape, length);
    }

    /// <summary>
    /// Reads the shape of a video or a batch of videos and checks the length of the data against it. Each picture is
    /// one frame.
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
                $"The shape must have {rank} dimensions for the layout {layout}; was [{Text(shape)}].",
                nameof(shape));
        }
    }

    // Two negative sizes must not yield a positive count; a count that is too large fails the length check.
    private static int Product(int videos, int frames) =>
        videos < 1 || frames < 1 ? 0 : (int)Math.Min((long)videos * frames, int.MaxValue);

    private static PixelShape Check(PixelShape pixels, string layout, ReadOnlySpan<int> shape, long length)
    {
        if (pixels.Channels is < 1 or > 4)
        {
            throw new ArgumentException(
                $"The number of channels must be 1 to 4; was {pixels.Channels} in the shape [{Text(shape)}] read as "
                + $"{layout}. Check the layout.",
                nameof(shape));
        }

        if (pixels.Count < 1 || pixels.Height < 1 || pixels.Width < 1)
        {
            throw new ArgumentException(
                $"Every dimension must be at least 1; the shape was [{Text(shape)}].", nameof(shape));
        }

        long wanted = 1;
        foreach (int size in shape)
            wanted = Math.Min(wanted * size, int.MaxValue + 1L);
        if (wanted != length)
        {
            throw new ArgumentException(
                $"The number of values must be {(wanted > int.MaxValue ? "over 2147483647" : wanted)} for the shape "
                + $"[{Text(shape)}]; was {length}.",
                nameof(shape));
        }

        return pixels;
    }

    private static string Text(ReadOnlySpan<int> shape) => string.Join(", ", shape.ToArray());
}
