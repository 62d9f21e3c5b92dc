namespace TorchBoard.Imaging;

/// <summary>Planes of numbers, height × width, one after another.</summary>
internal readonly record struct PlaneShape(int Count, int Height, int Width)
{
    public int Length => Height * Width;

    /// <summary>Reads a shape that ends in height and width; all that stands before them counts planes.</summary>
    public static PlaneShape Of(ReadOnlySpan<int> shape, int length, string argument)
    {
        if (shape.Length < 2)
        {
            throw new ArgumentException(
                $"A shape ends in height and width; [{Text(shape)}] has {shape.Length} numbers.", argument);
        }

        long count = 1;
        foreach (int size in shape)
        {
            if (size < 1)
            {
                throw new ArgumentException(
                    $"Every dimension must be at least 1; the shape is [{Text(shape)}].", argument);
            }

            count = Math.Min(count * size, int.MaxValue + 1L);
        }

        if (count != length)
        {
            throw new ArgumentException(
                $"The shape [{Text(shape)}] stands for {(count > int.MaxValue ? "too many" : count)} numbers; "
                + $"{length} given.",
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
                $"{height} × {width} are {(long)height * width} numbers; {length} given.", argument);
        }
    }

    /// <summary>The least and the greatest of the finite values; 0 and 0 where there is none.</summary>
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
