using TorchBoard.Drawing;
using TorchBoard.Imaging;

namespace TorchBoard.Panels;

/// <summary>Arranges pictures of one size in rows, as torchvision's <c>make_grid</c> does. Thread-safe.</summary>
/// <remarks>A single picture is returned without padding. Empty cells have the gray of the padding.</remarks>
public static class ImageGrid
{
    // A caption does not fit above a smaller picture.
    private const int CaptionedSide = 96;

    private const float VisiblePadding = 0.5f;

    /// <summary>Draws a batch of floats as a grid.</summary>
    /// <param name="pixels">
    /// The pixels, 0 to 1 per channel unless the options scale them. Values outside the range are clipped; NaN is
    /// black.
    /// </param>
    /// <param name="layout">The order of the dimensions: Nhw, Nchw or Nhwc.</param>
    /// <param name="shape">
    /// The sizes of the dimensions, in the order of the layout: <c>[16, 3, 32, 32]</c> for Nchw.
    /// </param>
    /// <param name="options">Layout and scaling; 8 pictures per row with 2 pixels of padding by default.</param>
    /// <returns>The grid; gray if the pictures are gray, which looks the same as three equal channels.</returns>
    /// <exception cref="ArgumentException">
    /// Layout, shape and number of pixels do not match, a color map is set for more than one channel, or the grid would
    /// take 2 GiB or more.
    /// </exception>
    public static Picture Draw(
        ReadOnlySpan<float> pixels, ImageLayout layout, ReadOnlySpan<int> shape, ImageGridOptions? options = null)
    {
        options ??= ImageGridOptions.Default;
        PixelShape pixelShape = PixelShape.OfBatch(layout, shape, pixels.Length);
        return new(Of(GridCells.Of(pixels, pixelShape, options), options));
    }

    /// <inheritdoc cref="Draw(ReadOnlySpan{float}, ImageLayout, ReadOnlySpan{int}, ImageGridOptions?)"/>
    /// <param name="pixels">The pixels, 0 to 255 per channel; options that scale treat them as 0 to 1.</param>
    /// <param name="layout">The order of the dimensions: Nhw, Nchw or Nhwc.</param>
    /// <param name="shape">
    /// The sizes of the dimensions, in the order of the layout: <c>[16, 3, 32, 32]</c> for Nchw.
    /// </param>
    /// <param name="options">Layout and scaling; 8 pictures per row with 2 pixels of padding by default.</param>
    public static Picture Draw(
        ReadOnlySpan<byte> pixels, ImageLayout layout, ReadOnlySpan<int> shape, ImageGridOptions? options = null)
    {
        options ??= ImageGridOptions.Default;
        PixelShape pixelShape = PixelShape.OfBatch(layout, shape, pixels.Length);
        return new(Of(GridCells.Of(pixels, pixelShape, options), options));
    }

    /// <summary>Arranges pictures in a grid.</summary>
    /// <param name="pictures">The pictures, all with the same size and number of channels; at least one.</param>
    /// <param name="options">
    /// Layout; 8 pictures per row with 2 pixels of padding by default. Options that scale or color numbers have no
    /// effect.
    /// </param>
    /// <exception cref="ArgumentException">
    /// There are no pictures, one is null, or they differ in size or channels.
    /// </exception>
    public static Picture Draw(IReadOnlyList<Picture> pictures, ImageGridOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(pictures);
        if (pictures.Count == 0)
            throw new ArgumentException("At least one picture is required.", nameof(pictures));
        for (int i = 0; i < pictures.Count; i++)
        {
            if (pictures[i] is not { } picture)
                throw new ArgumentException($"Picture {i} is null.", nameof(pictures));
            if ((picture.Height, picture.Width, picture.Channels)
                != (pictures[0].Height, pictures[0].Width, pictures[0].Channels))
            {
                throw new ArgumentException(
                    $"All pictures must have the same size and channels: picture {i} is {picture.Height} × "
                    + $"{picture.Width} × {picture.Channels}, picture 0 is {pictures[0].Height} × "
                    + $"{pictures[0].Width} × {pictures[0].Channels}.",
                    nameof(pictures));
            }
        }

        options ??= ImageGridOptions.Default;
        return new(Of([.. pictures.Select(picture => picture.Raster)], options));
    }

    /// <summary>Arranges a batch in an array of floats, without clipping, like <c>make_grid</c>.</summary>
    /// <param name="pixels">The pixels, in any units.</param>
    /// <param name="layout">The order of the dimensions: Nhw, Nchw or Nhwc.</param>
    /// <param name="shape">
    /// The sizes of the dimensions, in the order of the layout: <c>[16, 3, 32, 32]</c> for Nchw.
    /// </param>
    /// <param name="options">
    /// Layout and scaling; 8 pictures per row with 2 pixels of padding by default. A color map has no effect.
    /// </param>
    /// <returns>
    /// The pixels of the grid and their shape, [channels, height, width]; gray becomes three equal channels.
    /// </returns>
    /// <exception cref="ArgumentException">
    /// Layout, shape and number of pixels do not match, or the grid would take 2 GiB or more.
    /// </exception>
    public static (float[] Pixels, int[] Shape) Arrange(
        ReadOnlySpan<float> pixels, ImageLayout layout, ReadOnlySpan<int> shape, ImageGridOptions? options = null)
    {
        options ??= ImageGridOptions.Default;
        PixelShape pixelShape = PixelShape.OfBatch(layout, shape, pixels.Length);
        ReadOnlySpan<float> scaled = GridCells.Scaled(pixels, pixelShape, options);
        GridPlan plan = GridPlan.Of(pixelShape.Count, pixelShape.Height, pixelShape.Width, options);
        int channels = pixelShape.Channels == 1 ? 3 : pixelShape.Channels;
        plan.ThrowIfTooLarge(channels * sizeof(float));
        float[] grid = new float[channels * plan.Height * plan.Width];
        Array.Fill(grid, options.PaddingValue ?? 0);
        for (int n = 0; n < pixelShape.Count; n++)
        {
            (int top, int left) = plan.CellAt(n);
            for (int c = 0; c < channels; c++)
            {
                int channel = Math.Min(c, pixelShape.Channels - 1);
                for (int y = 0; y < plan.CellHeight; y++)
                {
                    int to = (((c * plan.Height) + top + y) * plan.Width) + left;
                    for (int x = 0; x < plan.CellWidth; x++)
                        grid[to + x] = scaled[pixelShape.IndexOf(n, channel, y / options.Scale, x / options.Scale)];
                }
            }
        }

        return (grid, [channels, plan.Height, plan.Width]);
    }

    internal static Raster Of(Raster[] pictures, ImageGridOptions options)
    {
        ThrowIfUnfit(pictures, options);
        if (options.Captions is { } captions)
            return Captioned(pictures, captions, options);
        var cells = new Raster[pictures.Length];
        for (int i = 0; i < cells.Length; i++)
            cells[i] = pictures[i].Enlarged(options.Scale);
        Span<byte> padding = stackalloc byte[1];
        PixelConversion.ToBytes([options.PaddingValue ?? VisiblePadding], padding);
        return PlanOf(pictures, options).Lay(cells, padding[0]);
    }

    internal static void ThrowIfUnfit(Raster[] pictures, ImageGridOptions options)
    {
        if (options.Captions is { } captions && captions.Count != pictures.Length)
        {
            throw new ArgumentException(
                $"Expected {pictures.Length} captions, one per picture; got {captions.Count}.",
                nameof(options));
        }

        PlanOf(pictures, options).ThrowIfTooLarge(pictures[0].Channels);
    }

    private static Raster Captioned(Raster[] pictures, IReadOnlyList<string> captions, ImageGridOptions options)
    {
        int side = Math.Max(pictures[0].Width, pictures[0].Height);
        int scale = Math.Max(options.Scale, (CaptionedSide + side - 1) / side);
        return new PanelSheet
        {
            Panels =
            [
                .. pictures.Select((picture, i) => new Panel(picture.Enlarged(scale)) { Caption = captions[i] ?? "" }),
            ],
            Columns = options.Columns,
        }.Draw();
    }

    private static GridPlan PlanOf(Raster[] pictures, ImageGridOptions options) =>
        GridPlan.Of(pictures.Length, pictures[0].Height, pictures[0].Width, options);
}
