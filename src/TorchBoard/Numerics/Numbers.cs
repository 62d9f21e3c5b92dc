using System.Numerics;
using System.Numerics.Tensors;

namespace TorchBoard.Numerics;

/// <summary>Numbers of any type.</summary>
internal static class Numbers
{
    /// <summary>Whether a numeric type has no fractions.</summary>
    public static bool IsInteger<T>()
        where T : INumberBase<T> => T.IsZero(T.One / (T.One + T.One));

    /// <summary>Copies numbers as floats; those beyond the range of a float become infinite.</summary>
    public static float[] ToFloats<T>(ReadOnlySpan<T> values)
        where T : unmanaged, INumberBase<T>
    {
        float[] floats = new float[values.Length];
        TensorPrimitives.ConvertTruncating(values, floats);
        return floats;
    }
}
