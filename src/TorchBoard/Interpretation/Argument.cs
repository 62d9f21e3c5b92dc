using System.Globalization;
using System.Numerics;

namespace TorchBoard.Interpretation;

/// <summary>Errors that name the argument, what was given and what is wanted.</summary>
internal static class Argument
{
    public static T AtLeast<T>(T value, T least, string name)
        where T : INumber<T> =>
        value >= least && T.IsFinite(value)
            ? value
            : throw new ArgumentOutOfRangeException(name, value, $"At least {Text(least)} is wanted.");

    public static T Above<T>(T value, T bound, string name)
        where T : INumber<T> =>
        value > bound && T.IsFinite(value)
            ? value
            : throw new ArgumentOutOfRangeException(name, value, $"More than {Text(bound)} is wanted.");

    public static double Share(double value, string name) =>
        value is >= 0 and <= 1
            ? value
            : throw new ArgumentOutOfRangeException(name, value, "A share from 0 to 1 is wanted.");

    public static void Finite(ReadOnlySpan<float> values, string name)
    {
        for (int i = 0; i < values.Length; i++)
        {
            if (!float.IsFinite(values[i]))
                throw NotFinite(i, values[i], name);
        }
    }

    public static ArgumentException NotFinite(int index, double value, string name) =>
        new(FormattableString.Invariant($"Finite numbers are wanted; number {index} is {value}."), name);

    public static void Length(int length, int wanted, string name, string what)
    {
        if (length != wanted)
            throw new ArgumentException($"{wanted} numbers are wanted, {what}; {length} given.", name);
    }

    /// <summary>The sizes of a shape that stands for that many numbers; one dimension where none are given.</summary>
    public static int[] Shape(ReadOnlySpan<int> shape, int length, string name)
    {
        if (shape.IsEmpty)
            return [length];

        long count = 1;
        foreach (int size in shape)
        {
            if (size < 1)
                throw new ArgumentException($"Every dimension is at least 1; the shape is {Text(shape)}.", name);
            count = Math.Min(count * size, int.MaxValue + 1L);
        }

        return count == length
            ? shape.ToArray()
            : throw new ArgumentException(
                $"The shape {Text(shape)} stands for {(count > int.MaxValue ? "too many" : count)} numbers; "
                + $"{length} given.",
                name);
    }

    public static string Text(ReadOnlySpan<int> shape) => $"[{string.Join(", ", shape.ToArray())}]";

    private static string Text<T>(T value)
        where T : INumber<T> => value.ToString(null, CultureInfo.InvariantCulture);
}
