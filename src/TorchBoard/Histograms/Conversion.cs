using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace TorchBoard;

/// <summary>
/// Numbers of any type as floats or doubles. The loops are ours: the framework's own conversions are slow until they
/// have been called often, and those of integers always.
/// </summary>
internal static class Conversion
{
    /// <summary>The values as another type: themselves where they are of it, otherwise in the buffer.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static ReadOnlySpan<TTo> To<TFrom, TTo>(ReadOnlySpan<TFrom> values, Span<TTo> buffer)
        where TFrom : unmanaged, INumberBase<TFrom>
        where TTo : unmanaged, INumberBase<TTo>
    {
        if (typeof(TFrom) == typeof(TTo))
            return MemoryMarshal.Cast<TFrom, TTo>(values);

        buffer = buffer[..values.Length];
        if (typeof(TFrom) == typeof(Half) && typeof(TTo) == typeof(float))
        {
            ToSingles(MemoryMarshal.Cast<TFrom, ushort>(values), MemoryMarshal.Cast<TTo, float>(buffer));
        }
        else if (typeof(TFrom) == typeof(float) && typeof(TTo) == typeof(double))
        {
            ToDoubles(MemoryMarshal.Cast<TFrom, float>(values), MemoryMarshal.Cast<TTo, double>(buffer));
        }
        else
        {
            for (int i = 0; i < buffer.Length; i++)
                buffer[i] = TTo.CreateTruncating(values[i]);
        }

        return buffer;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void ToDoubles(ReadOnlySpan<float> singles, Span<double> doubles)
    {
        int i = 0;
        for (; i <= singles.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            Vector.Widen(new Vector<float>(singles[i..]), out Vector<double> low, out Vector<double> high);
            low.CopyTo(doubles[i..]);
            high.CopyTo(doubles[(i + Vector<double>.Count)..]);
        }

        for (; i < singles.Length; i++)
            doubles[i] = singles[i];
    }

    // Moves exponent and mantissa to where a float has them; a multiplication corrects the exponent's bias, also for
    // numbers so small that they have none.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void ToSingles(ReadOnlySpan<ushort> halves, Span<float> singles)
    {
        const uint firstNonFinite = 0x7C00 << 13;
        const uint nonFiniteExponent = 0x7F80_0000;
        var rebias = new Vector<float>(BitConverter.UInt32BitsToSingle((254 - 15) << 23));

        int i = 0;
        for (; i <= halves.Length - Vector<ushort>.Count; i += Vector<ushort>.Count)
        {
            Vector.Widen(new Vector<ushort>(halves[i..]), out Vector<uint> low, out Vector<uint> high);
            Convert(low).CopyTo(singles[i..]);
            Convert(high).CopyTo(singles[(i + Vector<uint>.Count)..]);
        }

        for (; i < halves.Length; i++)
            singles[i] = (float)BitConverter.UInt16BitsToHalf(halves[i]);

        Vector<float> Convert(Vector<uint> half)
        {
            Vector<uint> magnitude = (half & new Vector<uint>(0x7FFF)) << 13;
            Vector<uint> sign = (half & new Vector<uint>(0x8000)) << 16;
            Vector<uint> scaled = Vector.AsVectorUInt32(Vector.AsVectorSingle(magnitude) * rebias);
            Vector<uint> nonFinite = Vector.GreaterThanOrEqual(magnitude, new Vector<uint>(firstNonFinite));
            return Vector.AsVectorSingle(sign | scaled | (nonFinite & new Vector<uint>(nonFiniteExponent)));
        }
    }
}
