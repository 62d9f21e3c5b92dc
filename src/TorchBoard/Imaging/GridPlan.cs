using TorchBoard.Drawing;

namespace TorchBoard.Imaging;

/// <summary>The positions of a grid's cells.</summary>
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

    /// <summary>Creates a grid with at most the given columns and no padding; unused cells are zero.</summary>
    public static Raster Compact(ReadOnlySpan<Raster> pictures, int columns) =>
        Of(pictures.Length, pictures[0].Height, pictures[0].Width, columns, padding: 0).Lay(pictures, padding: 0);

    /// <summary>Places the pictures in their cells, with the padding's gray between them.</summary>
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
            throw new ArgumentException("The grid must be smaller than 2 GiB; use fewer or smaller pictures.");
    }

    private static int Capped(long size) => (int)Math.Min(size, int.MaxValue);
}
