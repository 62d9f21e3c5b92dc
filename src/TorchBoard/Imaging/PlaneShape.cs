namespace TorchBoard.Imaging;

/// <summary>The shape of consecutive planes of numbers, each height × width.</summary>
internal readonly record struct PlaneShape(int Count, int Height, int Width)
{
    public int Length => Height * Width;

    /// <summary>Reads a shape that ends in height and width; the dimensions before them count planes.</summary>
    public static PlaneShape Of(ReadOnlySpan<int> shape, int length, string argument)
    {
        if (shape.Length < 2)
        {
            throw new ArgumentException(
                $"The shape must end in height and width; was [{Text(shape)}].", argument);
        }

        long count = 1;
        foreach (int size in shape)
        {
            if (size < 1)
            {
                throw new ArgumentException(
                    $"Every dimension must be at least 1; the shape was [{Text(shape)}].", argument);
            }

            count = Math.Min(count * size, int.MaxValue + 1L);
        }

        if (count != length)
        {
            throw new ArgumentException(
                $"The number of values must be {(count > int.MaxValue ? "over 2147483647" : count)} for the shape "
                + $"[{Text(shape)}]; was {length}.",
                argument);
        }

        return new(length / (shape[^1] * shape[^2]), shape[^2], shape[^1]);
    }

    public static void ThrowIfNot(int length, int height, int width, string argument)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        if (length != (long)height * width)
        {
            throw new ArgumentException(
                $"The number of values must be {height} × {width} = {(long)height * width}; was {length}.", argument);
        }
    }

    /// <summary>Returns the smallest and the largest finite value; 0 and 0 if there is none.</summary>
    public static (float Least, float Greatest) FiniteRange(ReadOnlySpan<float> values)
    {
        (float least, float greatest) = (float.PositiveInfinity, float.NegativeInfinity);
        foreach (float value in values)
        {
            if (float.IsFinite(value))
                (least, greatest) = (MathF.Min(least, value), MathF.Max(greatest, value));
        }

        return least <= greatest ? (least, greatest) : (0, 0);
    }

    private static string Text(ReadOnlySpan<int> shape) => string.Join(", ", shape.ToArray());
}
