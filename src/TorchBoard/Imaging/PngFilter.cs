using System.Numerics;
using System.Numerics.Tensors;

namespace TorchBoard.Imaging;

/// <summary>
/// The filters that a PNG row goes through before compression (PNG specification, section 9). Per row, the one
/// whose output has the smallest sum of absolute values is taken, which is what the specification recommends.
/// </summary>
internal sealed class PngFilter(int stride, int bytesPerPixel)
{
    private const byte None = 0;
    private const byte Sub = 1;
    private const byte Up = 2;
    private const byte Paeth = 4;

    private readonly byte[] _zeros = new byte[stride];
    private byte[] _best = new byte[stride];
    private byte[] _candidate = new byte[stride];

    /// <summary>Filters a row; the first byte of the destination names the filter.</summary>
    public void Apply(ReadOnlySpan<byte> row, ReadOnlySpan<byte> above, Span<byte> destination)
    {
        if (above.IsEmpty)
            above = _zeros;

        byte filter = None;
        row.CopyTo(_best);
        long cost = Cost(row);

        TensorPrimitives.Subtract(row[bytesPerPixel..], row[..^bytesPerPixel], _candidate.AsSpan(bytesPerPixel));
        row[..bytesPerPixel].CopyTo(_candidate);
        Consider(Sub, ref filter, ref cost);

        TensorPrimitives.Subtract(row, above, _candidate.AsSpan());
        Consider(Up, ref filter, ref cost);

        ApplyPaeth(row, above, _candidate);
        Consider(Paeth, ref filter, ref cost);

        destination[0] = filter;
        _best.CopyTo(destination[1..]);
    }

    private void Consider(byte candidate, ref byte filter, ref long cost)
    {
        long itsCost = Cost(_candidate);
        if (itsCost >= cost)
            return;
        (filter, cost) = (candidate, itsCost);
        (_best, _candidate) = (_candidate, _best);
    }

    private static long Cost(ReadOnlySpan<byte> filtered)
    {
        long sum = 0;
        int i = 0;
        if (filtered.Length >= Vector<byte>.Count)
        {
            var sums = Vector<ulong>.Zero;
            for (; i <= filtered.Length - Vector<byte>.Count; i += Vector<byte>.Count)
            {
                // Bytes stand for -128…127; min(b, -b) taken without sign is the absolute value.
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

    private void ApplyPaeth(ReadOnlySpan<byte> row, ReadOnlySpan<byte> above, Span<byte> filtered)
    {
        for (int i = 0; i < bytesPerPixel; i++)
            filtered[i] = (byte)(row[i] - above[i]);

        int at = bytesPerPixel;
        int lanes = Vector<short>.Count;
        Span<short> predicted = stackalloc short[lanes];
        for (; at + Vector<byte>.Count <= row.Length; at += lanes)
        {
            // Only sources are read, so a vector need not wait for the one before it.
            Vector<short> left = Shorts(row[(at - bytesPerPixel)..]);
            Vector<short> up = Shorts(above[at..]);
            Vector<short> corner = Shorts(above[(at - bytesPerPixel)..]);
            Vector<short> toLeft = Vector.Abs(up - corner);
            Vector<short> toUp = Vector.Abs(left - corner);
            Vector<short> toCorner = Vector.Abs(left + up - corner - corner);
            Vector<short> upOrCorner = Vector.ConditionalSelect(Vector.LessThanOrEqual(toUp, toCorner), up, corner);
            Vector<short> takeLeft = Vector.LessThanOrEqual(toLeft, toUp) & Vector.LessThanOrEqual(toLeft, toCorner);
            Vector.ConditionalSelect(takeLeft, left, upOrCorner).CopyTo(predicted);
            for (int i = 0; i < lanes; i++)
                filtered[at + i] = (byte)(row[at + i] - predicted[i]);
        }

        for (; at < row.Length; at++)
            filtered[at] = (byte)(row[at] - Predict(row[at - bytesPerPixel], above[at], above[at - bytesPerPixel]));
    }

    private static Vector<short> Shorts(ReadOnlySpan<byte> bytes)
    {
        Vector.Widen(new Vector<byte>(bytes), out Vector<ushort> low, out _);
        return Vector.AsVectorInt16(low);
    }

    private static byte Predict(byte left, byte up, byte corner)
    {
        int toLeft = Math.Abs(up - corner);
        int toUp = Math.Abs(left - corner);
        int toCorner = Math.Abs(left + up - (2 * corner));
        return toLeft <= toUp && toLeft <= toCorner ? left : toUp <= toCorner ? up : corner;
    }
}
