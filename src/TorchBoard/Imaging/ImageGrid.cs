namespace TorchBoard.Imaging;

/// <summary>Lays pictures of one size out in rows.</summary>
internal static class ImageGrid
{
    /// <summary>A grid of at most that many columns; cells left over are zero.</summary>
    public static Raster Of(ReadOnlySpan<Raster> pictures, int columns)
    {
        if (pictures.Length == 1)
            return pictures[0];

        columns = Math.Min(columns, pictures.Length);
        int rows = (pictures.Length + columns - 1) / columns;
        Raster first = pictures[0];
        var grid = new Raster(first.Width * columns, first.Height * rows, first.Channels);
        for (int n = 0; n < pictures.Length; n++)
        {
            int left = n % columns * first.Stride;
            int top = n / columns * first.Height;
            for (int y = 0; y < first.Height; y++)
                pictures[n].Row(y).CopyTo(grid.Row(top + y)[left..]);
        }

        return grid;
    }
}
