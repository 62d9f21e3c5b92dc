using TorchBoard.Drawing;

namespace TorchBoard.Imaging;

/// <summary>Where the cells of a grid stand.</summary>
internal readonly record struct GridPlan(int Columns, int Padding, int CellHeight, int CellWidth, int Height, int Width)
{
    public static GridPlan Of(int count, int pictureHeight, int pictureWidth, ImageGridOptions options) =>
        Of(
            count, Capped((long)pictureHeight * options.Scale), Capped((long)pictureWidth * options.Scale),
            options.Columns, options.Padding);

    public static GridPlan Of(int count, int cellHeight, int cellWidth, int columns, int padding)
    {
        if (count == 1)
            return new(1, 0, cellHeight, cellWidth, cellHeight, cellWidth);
        columns = Math.Min(columns, count);
        int rows = (count + columns - 1) / columns;
        return new(
            columns, padding, cellHeight, cellWidth,
            Capped((rows * ((long)cellHeight + padding)) + padding),
            Capped((columns * ((long)cellWidth + padding)) + padding));
    }

    /// <summary>A grid of at most that many columns, without edges; cells left over are zero.</summary>
    public static Raster Compact(ReadOnlySpan<Raster> pictures, int columns) =>
        Of(pictures.Length, pictures[0].Height, pictures[0].Width, columns, padding: 0).Lay(pictures, padding: 0);

    /// <summary>The pictures in their cells, in between the gray of the padding.</summary>
    public Raster Lay(ReadOnlySpan<Raster> pictures, byte padding)
    {
        if (pictures.Length == 1)
            return pictures[0];

        var grid = new Raster(Width, Height, pictures[0].Channels);
        if (padding != 0)
            grid.Pixels.AsSpan().Fill(padding);
        for (int n = 0; n < pictures.Length; n++)
        {
            (int top, int left) = CellAt(n);
            for (int y = 0; y < pictures[n].Height; y++)
                pictures[n].Row(y).CopyTo(grid.Row(top + y)[(left * grid.Channels)..]);
        }

        return grid;
    }

    public (int Top, int Left) CellAt(int index)
    {
        (int row, int column) = Math.DivRem(index, Columns);
        return (Padding + (row * (CellHeight + Padding)), Padding + (column * (CellWidth + Padding)));
    }

    public void ThrowIfTooLarge(int bytesAPixel)
    {
        if ((Int128)Height * Width * bytesAPixel > Array.MaxLength)
            throw new ArgumentException("The grid would be of 2 GiB or more; fewer or smaller pictures are wanted.");
    }

    private static int Capped(long size) => (int)Math.Min(size, int.MaxValue);
}
