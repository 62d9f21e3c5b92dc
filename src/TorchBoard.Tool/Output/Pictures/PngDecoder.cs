using System.Buffers.Binary;
using System.IO.Compression;

namespace TorchBoard.Tool.Output.Pictures;

/// <summary>
/// Decodes PNG files, of animated ones the first frame. Memory is bounded by <see cref="MostPixels"/>, whatever a file says.
/// </summary>
internal static class PngDecoder
{
    public const int MostPixels = 1 << 25;

    private const int HeaderEnd = 33;
    private const int ChunkFrame = 12;

    /// <summary>Returns null if the file is no complete PNG file, too large, or interlaced.</summary>
    public static DecodedPicture? Decode(ReadOnlySpan<byte> file)
    {
        ReadOnlySpan<byte> signature = [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];
        if (!file.StartsWith(signature) || file.Length < HeaderEnd || !file[12..16].SequenceEqual("IHDR"u8))
            return null;
        (uint width, uint height) = (BinaryPrimitives.ReadUInt32BigEndian(file[16..]), BinaryPrimitives.ReadUInt32BigEndian(file[20..]));
        var format = new Format(file[24], file[25]);
        bool isSimple = file[26] == 0 && file[27] == 0 && file[28] == 0;
        if (!isSimple || !format.IsValid || width == 0 || height == 0 || (ulong)width * height > MostPixels)
            return null;

        using var compressed = new MemoryStream();
        (byte[] palette, byte[] opacities) = ([], []);
        for (int at = 8; at + ChunkFrame <= file.Length;)
        {
            uint length = BinaryPrimitives.ReadUInt32BigEndian(file[at..]);
            ReadOnlySpan<byte> type = file.Slice(at + 4, 4);
            if (length > file.Length - at - ChunkFrame)
                return null;
            ReadOnlySpan<byte> data = file.Slice(at + 8, (int)length);
            if (type.SequenceEqual("IDAT"u8))
                compressed.Write(data);
            else if (type.SequenceEqual("PLTE"u8))
                palette = data.ToArray();
            else if (type.SequenceEqual("tRNS"u8))
                opacities = data.ToArray();
            at += (int)length + ChunkFrame;
        }

        compressed.Position = 0;
        return Unpack(compressed, (int)width, (int)height, format, palette, opacities);
    }

    private static DecodedPicture? Unpack(Stream compressed, int width, int height, Format format, byte[] palette, byte[] opacities)
    {
        int stride = (int)((((long)width * format.Channels * format.Bits) + 7) / 8);
        int pixelBytes = Math.Max(1, format.Channels * format.Bits / 8);
        byte[] before = new byte[stride];
        byte[] row = new byte[stride];
        byte[] rgba = new byte[width * height * 4];
        try
        {
            using var pixels = new ZLibStream(compressed, CompressionMode.Decompress);
            for (int y = 0; y < height; y++)
            {
                int filter = pixels.ReadByte();
                pixels.ReadExactly(row);
                if (!TryUnfilter(filter, row, before, pixelBytes))
                    return null;
                for (int x = 0; x < width; x++)
                    format.Convert(row, x, palette, opacities, rgba.AsSpan(((y * width) + x) * 4, 4));
                (before, row) = (row, before);
            }
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException)
        {
            return null;
        }

        return new DecodedPicture(width, height, rgba);
    }

    private static bool TryUnfilter(int filter, byte[] row, byte[] before, int distance)
    {
        if (filter is < 0 or > 4)
            return false;
        for (int i = 0; i < row.Length; i++)
        {
            int left = i >= distance ? row[i - distance] : 0;
            int corner = i >= distance ? before[i - distance] : 0;
            row[i] += (byte)(filter switch
            {
                0 => 0,
                1 => left,
                2 => before[i],
                3 => (left + before[i]) / 2,
                _ => Paeth(left, before[i], corner),
            });
        }

        return true;
    }

    private static int Paeth(int left, int above, int corner)
    {
        int estimate = left + above - corner;
        (int a, int b, int c) = (Math.Abs(estimate - left), Math.Abs(estimate - above), Math.Abs(estimate - corner));
        return a <= b && a <= c ? left : b <= c ? above : corner;
    }

    /// <param name="Bits">The bits of a sample.</param>
    /// <param name="Type">0 gray, 2 color, 3 palette, 4 gray with opacity, 6 color with opacity.</param>
    private readonly record struct Format(int Bits, int Type)
    {
        public int Channels => Type switch { 2 => 3, 4 => 2, 6 => 4, _ => 1 };

        public bool IsValid => Type switch
        {
            0 => Bits is 1 or 2 or 4 or 8 or 16,
            3 => Bits is 1 or 2 or 4 or 8,
            2 or 4 or 6 => Bits is 8 or 16,
            _ => false,
        };

        public void Convert(byte[] row, int x, byte[] palette, byte[] opacities, Span<byte> rgba)
        {
            if (Type == 3)
            {
                int entry = Raw(row, x);
                bool isThere = (entry * 3) + 3 <= palette.Length;
                for (int i = 0; i < 3; i++)
                    rgba[i] = isThere ? palette[(entry * 3) + i] : (byte)0;
                rgba[3] = entry < opacities.Length ? opacities[entry] : (byte)255;
                return;
            }

            bool isGray = Channels < 3;
            for (int i = 0; i < 3; i++)
                rgba[i] = Sample(row, (x * Channels) + (isGray ? 0 : i));
            rgba[3] = Type is 4 or 6 ? Sample(row, (x * Channels) + Channels - 1)
                : IsTransparent(row, x, opacities) ? (byte)0
                : (byte)255;
        }

        // One color of those without opacity can be transparent.
        private bool IsTransparent(byte[] row, int x, byte[] opacities)
        {
            if (opacities.Length < 2 * Channels)
                return false;
            for (int i = 0; i < Channels; i++)
            {
                if (Raw(row, (x * Channels) + i) != BinaryPrimitives.ReadUInt16BigEndian(opacities.AsSpan(2 * i)))
                    return false;
            }

            return true;
        }

        private byte Sample(byte[] row, int index) => Bits == 16 ? row[index * 2] : (byte)(Raw(row, index) * 255 / ((1 << Bits) - 1));

        private int Raw(byte[] row, int index)
        {
            if (Bits == 16)
                return BinaryPrimitives.ReadUInt16BigEndian(row.AsSpan(index * 2));
            int bit = index * Bits;
            return (row[bit / 8] >> (8 - Bits - (bit % 8))) & ((1 << Bits) - 1);
        }
    }
}
