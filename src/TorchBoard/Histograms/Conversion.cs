using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace TorchBoard.Histograms;

/// <summary>
/// Converts numbers of any type to floats or doubles. TensorPrimitives is as fast once it is compiled, but its first call
/// for 100,000 values takes 6 to 19 ms, of which these loops take 2 to 6.
/// </summary>
internal static class Conversion
{
    /// <summary>Returns the values as another type: themselves if the types match, otherwise in the buffer.</summary>
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
        else if (typeof(TFrom) == typeof(long) && typeof(TTo) == typeof(double))
        {
            ToDoubles(MemoryMarshal.Cast<TFrom, long>(values), MemoryMarshal.Cast<TTo, double>(buffer));
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

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void ToDoubles(ReadOnlySpan<long> integers, Span<double> doubles)
    {
        int i = 0;
        for (; i <= integers.Length - Vector<long>.Count; i += Vector<long>.Count)
            ToDouble(Vector.LoadUnsafe(in integers[i])).StoreUnsafe(ref doubles[i]);
        for (; i < integers.Length; i++)
            doubles[i] = integers[i];
    }

    // Few processors have an instruction for this. Each 32-bit half becomes the mantissa of a number whose last bit has
    // the weight of the half's last bit: 2^52 + lower, and 2^84 + 2^32·(upper + 2^31). Both are exact, and so is the
    // subtraction from the latter; only the sum is rounded.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<double> ToDouble(Vector<long> integer)
    {
        const long lowerExponent = 0x4330_0000_0000_0000;
        const long upperExponentAndSign = 0x4530_0000_8000_0000;
        const double excess = (4294967296.0 * (1UL << 52)) + (1UL << 63) + (1UL << 52);
        Vector<long> lower = (integer & new Vector<long>(uint.MaxValue)) | new Vector<long>(lowerExponent);
        Vector<long> upper = (integer >>> 32) ^ new Vector<long>(upperExponentAndSign);
        return Vector.AsVectorDouble(upper) - new Vector<double>(excess) + Vector.AsVectorDouble(lower);
    }

    // Moves exponent and mantissa to their positions in a float. A multiplication corrects the exponent's bias, also
    // for subnormal numbers.
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
