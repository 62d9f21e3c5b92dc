using System.Numerics;
using System.Runtime.CompilerServices;
using TorchBoard.Drawing;

namespace TorchBoard.Imaging;

/// <summary>
/// Applies the PNG row filters before compression (PNG specification, section 9). For each row, it chooses the filter
/// whose output has the smallest sum of absolute values, as the specification recommends.
/// </summary>
/// <remarks>
/// Compiled with full optimization: few programs write enough pictures for tiered compilation to reach it.
/// </remarks>
internal sealed class PngFilter(int stride, int bytesPerPixel)
{
    private const byte None = 0;
    private const byte Sub = 1;
    private const byte Up = 2;
    private const byte Paeth = 4;

    private readonly byte[] _zeros = new byte[stride];
    private byte[] _best = new byte[stride];
    private byte[] _candidate = new byte[stride];

    /// <summary>Returns the number of bytes of the filtered rows.</summary>
    public static int Length(Raster raster) => checked((raster.Stride + 1) * raster.Height);

    /// <summary>Filters all rows; each filtered row starts with a byte that names its filter.</summary>
    /// <returns>The sum of the absolute values of the filtered bytes.</returns>
    public static long Apply(Raster raster, Span<byte> filtered)
    {
        long cost = 0;
        int length = raster.Stride + 1;
        var filter = new PngFilter(raster.Stride, raster.Channels);
        for (int y = 0; y < raster.Height; y++)
            cost += filter.Apply(raster.Row(y), y == 0 ? [] : raster.Row(y - 1), filtered.Slice(y * length, length));
        return cost;
    }

    private long Apply(ReadOnlySpan<byte> row, ReadOnlySpan<byte> above, Span<byte> destination)
    {
        if (above.IsEmpty)
            above = _zeros;

        byte filter = None;
        long cost = Cost(row);

        Subtract(row[bytesPerPixel..], row[..^bytesPerPixel], _candidate.AsSpan(bytesPerPixel));
        row[..bytesPerPixel].CopyTo(_candidate);
        Consider(Sub, ref filter, ref cost);

        Subtract(row, above, _candidate);
        Consider(Up, ref filter, ref cost);

        ApplyPaeth(row, above, _candidate);
        Consider(Paeth, ref filter, ref cost);

        destination[0] = filter;
        (filter == None ? row : _best).CopyTo(destination[1..]);
        return cost;
    }

    private void Consider(byte candidate, ref byte filter, ref long cost)
    {
        long itsCost = Cost(_candidate);
        if (itsCost >= cost)
            return;
        (filter, cost) = (candidate, itsCost);
        (_best, _candidate) = (_candidate, _best);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static long Cost(ReadOnlySpan<byte> filtered)
    {
        long sum = 0;
        int i = 0;
        if (filtered.Length >= Vector<byte>.Count)
        {
            var sums = Vector<ulong>.Zero;
            for (; i <= filtered.Length - Vector<byte>.Count; i += Vector<byte>.Count)
            {
                // Bytes represent -128 to 127; the unsigned min(b, -b) is the absolute value.
                var v = new Vector<byte>(filtered[i..]);
                Vector<byte> absolute = Vector.Min(v, -v);
                Vector.Widen(absolute, out Vector<ushort> low, out Vector<ushort> high);
                Vector.Widen(low + high, out Vector<uint> lower, out Vector<uint> upper);
                Vector.Widen(lower + upper, out Vector<ulong> a, out Vector<ulong> b);
                sums += a + b;
            }

            sum = (long)Vector.Sum(sums);
        }

        for (; i < filtered.Length; i++)
            sum += Math.Min(filtered[i], (byte)-filtered[i]);
        return sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Subtract(ReadOnlySpan<byte> row, ReadOnlySpan<byte> predicted, Span<byte> filtered)
    {
        int at = 0;
        for (; at + Vector<byte>.Count <= row.Length; at += Vector<byte>.Count)
            (new Vector<byte>(row[at..]) - new Vector<byte>(predicted[at..])).CopyTo(filtered[at..]);
        for (; at < row.Length; at++)
            filtered[at] = (byte)(row[at] - predicted[at]);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void ApplyPaeth(ReadOnlySpan<byte> row, ReadOnlySpan<byte> above, Span<byte> filtered)
    {
        for (int i = 0; i < bytesPerPixel; i++)
            filtered[i] = (byte)(row[i] - above[i]);

        int at = bytesPerPixel;
        for (; at + Vector<byte>.Count <= row.Length; at += Vector<byte>.Count)
        {
            // Reads only the sources, so no vector depends on the previous one.
            (Vector<short> left, Vector<short> leftHigh) = Shorts(row[(at - bytesPerPixel)..]);
            (Vector<short> up, Vector<short> upHigh) = Shorts(above[at..]);
            (Vector<short> corner, Vector<short> cornerHigh) = Shorts(above[(at - bytesPerPixel)..]);
            Vector<byte> predicted = Vector.Narrow(Predict(left, up, corner), Predict(leftHigh, upHigh, cornerHigh));
            (new Vector<byte>(row[at..]) - predicted).CopyTo(filtered[at..]);
        }

        for (; at < row.Length; at++)
            filtered[at] = (byte)(row[at] - Predict(row[at - bytesPerPixel], above[at], above[at - bytesPerPixel]));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector<short> Low, Vector<short> High) Shorts(ReadOnlySpan<byte> bytes)
    {
        Vector.Widen(new Vector<byte>(bytes), out Vector<ushort> low, out Vector<ushort> high);
        return (Vector.AsVectorInt16(low), Vector.AsVectorInt16(high));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<ushort> Predict(Vector<short> left, Vector<short> up, Vector<short> corner)
    {
        Vector<short> toLeft = Vector.Abs(up - corner);
        Vector<short> toUp = Vector.Abs(left - corner);
        Vector<short> toCorner = Vector.Abs(left + up - corner - corner);
        Vector<short> upOrCorner = Vector.ConditionalSelect(Vector.LessThanOrEqual(toUp, toCorner), up, corner);
        Vector<short> takeLeft = Vector.LessThanOrEqual(toLeft, Vector.Min(toUp, toCorner));
        return Vector.AsVectorUInt16(Vector.ConditionalSelect(takeLeft, left, upOrCorner));
    }

    private static byte Predict(byte left, byte up, byte corner)
    {
        int toLeft = Math.Abs(up - corner);
        int toUp = Math.Abs(left - corner);
        int toCorner = Math.Abs(left + up - (2 * corner));
        return toLeft <= toUp && toLeft <= toCorner ? left : toUp <= toCorner ? up : corner;
    }
}
