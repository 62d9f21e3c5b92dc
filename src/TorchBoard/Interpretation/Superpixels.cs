namespace TorchBoard.Interpretation;

/// <summary>
/// Divides pictures into parts that are explained as a whole: groups for <see cref="Lime"/>, <see cref="KernelShap"/>
/// and other methods.
/// </summary>
public static class Superpixels
{
    private const int Iterations = 10;

    /// <summary>Divides a picture into rectangles.</summary>
    /// <param name="height">Rows of the picture; at least 1.</param>
    /// <param name="width">Columns of the picture; at least 1.</param>
    /// <param name="rows">Rows of rectangles; 1 to <paramref name="height"/>.</param>
    /// <param name="columns">Columns of rectangles; 1 to <paramref name="width"/>.</param>
    /// <returns>The index of each pixel's rectangle, from 0, row by row: shape [height, width].</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of range.</exception>
    public static int[] Grid(int height, int width, int rows, int columns)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(rows, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(columns, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(rows, height);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(columns, width);
        int[] groups = new int[checked(height * width)];
        for (int i = 0; i < groups.Length; i++)
        {
            (int y, int x) = Math.DivRem(i, width);
            groups[i] = ((int)((long)y * rows / height) * columns) + (int)((long)x * columns / width);
        }

        return groups;
    }

    /// <summary>
    /// Divides a picture along its edges with SLIC, k-means of color and position. Achanta et al., "SLIC Superpixels
    /// Compared to State-of-the-Art Superpixel Methods", 2012.
    /// </summary>
    /// <param name="picture">The pixels, in any range.</param>
    /// <param name="shape">The picture's shape: [C, H, W].</param>
    /// <param name="count">Approximate number of parts; 1 to the number of pixels.</param>
    /// <param name="compactness">
    /// Weight of distance relative to color difference, in units of the picture's range: greater than 0, 0.1 by
    /// default. Larger values give squares, smaller values follow edges.
    /// </param>
    /// <returns>The index of each pixel's part, from 0, row by row: shape [H, W]. Each part is connected.</returns>
    /// <exception cref="ArgumentException">
    /// The shape does not match the number of pixels, a pixel is not finite, or an argument is out of range.
    /// </exception>
    public static int[] Slic(ReadOnlySpan<float> picture, ReadOnlySpan<int> shape, int count, double compactness = 0.1)
    {
        var pixels = new ExplainedInput(picture, shape);
        if (pixels.Shape is not [int channels, int height, int width])
        {
            throw new ArgumentException(
                $"The shape of a picture must be [C, H, W]; was {Argument.Text(pixels.Shape)}.", nameof(shape));
        }

        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, height * width);
        Argument.Above(compactness, 0, nameof(compactness));

        // Start with roughly square cells, about as many as requested.
        double side = Math.Sqrt((double)height * width / count);
        int rows = Math.Clamp((int)Math.Round(height / side), 1, height);
        int columns = Math.Clamp((int)Math.Round((double)count / rows), 1, width);
        int[] groups = Grid(height, width, rows, columns);
        var clusters = new PixelClusters(pixels.Values, channels, height, width, compactness / side);
        for (int i = 0; i < Iterations; i++)
            clusters.Assign(groups, rows * columns, (int)Math.Ceiling(2 * side));
        return ConnectedParts.Of(groups, height, width, smallest: (int)(side * side / 4));
    }
}
