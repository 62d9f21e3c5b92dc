using System.Globalization;
using System.Numerics;

namespace TorchBoard.Interpretation;

/// <summary>Argument checks; each message names the argument, its value and what is expected.</summary>
internal static class Argument
{
    public static T AtLeast<T>(T value, T least, string name)
        where T : INumber<T> =>
        value >= least && T.IsFinite(value)
            ? value
            : throw new ArgumentOutOfRangeException(name, value, $"{name} must be at least {Text(least)}.");

    public static T Above<T>(T value, T bound, string name)
        where T : INumber<T> =>
        value > bound && T.IsFinite(value)
            ? value
            : throw new ArgumentOutOfRangeException(name, value, $"{name} must be greater than {Text(bound)}.");

    public static double Share(double value, string name) =>
        value is >= 0 and <= 1
            ? value
            : throw new ArgumentOutOfRangeException(name, value, $"{name} must be between 0 and 1.");

    public static void Finite(ReadOnlySpan<float> values, string name)
    {
        for (int i = 0; i < values.Length; i++)
        {
            if (!float.IsFinite(values[i]))
                throw NotFinite(i, values[i], name);
        }
    }

    public static ArgumentException NotFinite(int index, double value, string name) =>
        new(FormattableString.Invariant($"All values must be finite; value {index} is {value}."), name);

    public static void Length(int length, int wanted, string name, string what)
    {
        if (length != wanted)
            throw new ArgumentException($"Expected {wanted} values, {what}; got {length}.", name);
    }

    /// <summary>
    /// Returns a shape with as many elements as <paramref name="length"/>; one dimension if no shape is given.
    /// </summary>
    public static int[] Shape(ReadOnlySpan<int> shape, int length, string name)
    {
        if (shape.IsEmpty)
            return [length];

        long count = 1;
        foreach (int size in shape)
        {
            if (size < 1)
                throw new ArgumentException($"Every dimension must be at least 1; the shape is {Text(shape)}.", name);
            count = Math.Min(count * size, int.MaxValue + 1L);
        }

        return count == length
            ? shape.ToArray()
            : throw new ArgumentException(
                $"The shape {Text(shape)} has {(count > int.MaxValue ? "too many" : count)} elements; "
                + $"got {length} values.",
                name);
    }

    public static string Text(ReadOnlySpan<int> shape) => $"[{string.Join(", ", shape.ToArray())}]";

    private static string Text<T>(T value)
        where T : INumber<T> => value.ToString(null, CultureInfo.InvariantCulture);
}
