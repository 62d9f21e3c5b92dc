using System.Buffers;
using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using TorchBoard.Drawing;
using TorchBoard.Numerics;

namespace TorchBoard.Imaging;

/// <summary>Converts arrays of any layout to rasters.</summary>
internal static class PixelConversion
{
    /// <summary>Converts an array of bytes to pictures.</summary>
    public static Raster[] ToRasters(ReadOnlySpan<byte> pixels, PixelShape shape)
    {
        var rasters = new Raster[shape.Count];
        for (int n = 0; n < rasters.Length; n++)
        {
            byte[] own = GC.AllocateUninitializedArray<byte>(shape.PictureLength);
            var raster = new Raster(shape.Width, shape.Height, shape.Channels, own);
            ReadOnlySpan<byte> picture = pixels.Slice(n * shape.PictureLength, shape.PictureLength);
            if (!shape.ChannelsFirst || shape.Channels == 1)
                picture.CopyTo(raster.Pixels);
            else
                Interleave(picture, raster);
            rasters[n] = raster;
        }

        return rasters;
    }

    /// <summary>
    /// Converts an array of integers from 0 to 255, or of other numbers from 0 to 1, to pictures. Values outside are
    /// clipped, NaN is black, and halves round up, so that a byte divided by 255 is restored exactly.
    /// </summary>
    public static Raster[] ToRasters<T>(ReadOnlySpan<T> pixels, PixelShape shape)
        where T : unmanaged, INumberBase<T>
    {
        if (typeof(T) == typeof(byte))
            return ToRasters(MemoryMarshal.Cast<T, byte>(pixels), shape);
        byte[] rented = ArrayPool<byte>.Shared.Rent(pixels.Length);
        Span<byte> bytes = rented.AsSpan(0, pixels.Length);
        if (Numbers.IsInteger<T>())
            TensorPrimitives.ConvertSaturating(pixels, bytes);
        else
            ToBytes(ToShares(pixels), bytes);
        Raster[] rasters = ToRasters(bytes, shape);
        ArrayPool<byte>.Shared.Return(rented);
        return rasters;
    }

    /// <summary>Converts integers from 0 to 255 to floats from 0 to 1, and other numbers to floats.</summary>
    public static ReadOnlySpan<float> ToShares<T>(ReadOnlySpan<T> pixels)
        where T : unmanaged, INumberBase<T>
    {
        if (typeof(T) == typeof(float))
            return MemoryMarshal.Cast<T, float>(pixels);
        float[] shares = Numbers.ToFloats(pixels);
        if (Numbers.IsInteger<T>())
        {
            foreach (ref float share in shares.AsSpan())
                share = Math.Clamp(share, 0, byte.MaxValue) / byte.MaxValue;
        }

        return shares;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void ToBytes(ReadOnlySpan<float> values, Span<byte> bytes)
    {
        int i = 0;
        for (; i <= values.Length - Vector<byte>.Count; i += Vector<byte>.Count)
        {
            Vector<ushort> low = Vector.Narrow(
                Scaled(values[i..]), Scaled(values[(i + Vector<float>.Count)..]));
            Vector<ushort> high = Vector.Narrow(
                Scaled(values[(i + (2 * Vector<float>.Count))..]), Scaled(values[(i + (3 * Vector<float>.Count))..]));
            Vector.Narrow(low, high).CopyTo(bytes[i..]);
        }

        for (; i < values.Length; i++)
        {
            // Comparisons with NaN are false, so it becomes 0.
            float scaled = values[i] * 255f;
            bytes[i] = scaled >= 254.5f ? byte.MaxValue : scaled >= 0.5f ? (byte)(scaled + 0.5f) : byte.MinValue;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<uint> Scaled(ReadOnlySpan<float> values)
    {
        Vector<float> scaled = new Vector<float>(values) * 255f;
        Vector<int> rounded = Vector.ConvertToInt32(
            Vector.Min(scaled, new Vector<float>(254.5f)) + new Vector<float>(0.5f));
        return Vector.AsVectorUInt32(rounded & Vector.GreaterThanOrEqual(scaled, new Vector<float>(0.5f)));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Interleave(ReadOnlySpan<byte> planes, Raster raster)
    {
        int plane = raster.Width * raster.Height;
        if (raster.Channels == 3)
        {
            InterleaveColors(
                planes[..plane], planes.Slice(plane, plane), planes.Slice(2 * plane, plane), raster.Pixels);
            return;
        }

        for (int c = 0; c < raster.Channels; c++)
        {
            ReadOnlySpan<byte> source = planes.Slice(c * plane, plane);
            for (int i = 0, to = c; i < source.Length; i++, to += raster.Channels)
                raster.Pixels[to] = source[i];
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void InterleaveColors(
        ReadOnlySpan<byte> reds, ReadOnlySpan<byte> greens, ReadOnlySpan<byte> blues, Span<byte> pixels)
    {
        Vector128<byte> order = Vector128.Create((byte)0, 4, 8, 1, 5, 9, 2, 6, 10, 3, 7, 11, 12, 13, 14, 15);
        int i = 0;
        int to = 0;

        // Four pixels at a time; the four bytes after them are overwritten by the pixels that follow.
        for (; to <= pixels.Length - Vector128<byte>.Count; i += 4, to += 12)
        {
            Vector128<uint> colors = Vector128.Create(Four(reds[i..]), Four(greens[i..]), Four(blues[i..]), 0);
            Vector128.Shuffle(colors.AsByte(), order).CopyTo(pixels[to..]);
        }

        for (; i < reds.Length; i++)
            (pixels[to++], pixels[to++], pixels[to++]) = (reds[i], greens[i], blues[i]);

        static uint Four(ReadOnlySpan<byte> plane) => MemoryMarshal.Read<uint>(plane);
    }
}
