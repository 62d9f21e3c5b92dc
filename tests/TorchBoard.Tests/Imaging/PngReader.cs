using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace TorchBoard.Tests.Imaging;

/// <summary>
/// Decodes PNG pictures with eight bits per channel according to the specification, without the library's code.
/// </summary>
internal sealed record PngReader(int Width, int Height, int Channels, byte[] Pixels)
{
    public static PngReader Decode(byte[] png)
    {
        Assert.That(png[..8], Is.EqualTo(new byte[] { 0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A }));
        (int width, int height, int channels) = (0, 0, 0);
        var compressed = new MemoryStream();
        for (int at = 8; at < png.Length;)
        {
            int length = BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(at));
            string type = Encoding.ASCII.GetString(png, at + 4, 4);
            byte[] data = png[(at + 8)..(at + 8 + length)];
            Assert.That(
                BinaryPrimitives.ReadUInt32BigEndian(png.AsSpan(at + 8 + length)),
                Is.EqualTo(Crc(png.AsSpan(at + 4, length + 4))), $"the CRC of {type}");
            if (type == "IHDR")
            {
                width = BinaryPrimitives.ReadInt32BigEndian(data);
                height = BinaryPrimitives.ReadInt32BigEndian(data.AsSpan(4));
                Assert.That(data[8], Is.EqualTo(8), "bits a channel");
                channels = data[9] switch { 0 => 1, 2 => 3, 4 => 2, 6 => 4, _ => 0 };
            }
            else if (type == "IDAT")
            {
                compressed.Write(data);
            }

            at += 12 + length;
        }

        return new PngReader(width, height, channels, Rows(compressed.ToArray(), width, height, channels));
    }

    /// <summary>Decodes the pixels of compressed and filtered rows.</summary>
    public static byte[] Rows(byte[] compressed, int width, int height, int channels)
    {
        var filtered = new MemoryStream();
        using (var zlib = new ZLibStream(new MemoryStream(compressed), CompressionMode.Decompress))
            zlib.CopyTo(filtered);
        return Unfilter(filtered.ToArray(), width * channels, height, channels);
    }

    private static byte[] Unfilter(byte[] filtered, int stride, int height, int bytesPerPixel)
    {
        Assert.That(filtered, Has.Length.EqualTo((stride + 1) * height));
        byte[] pixels = new byte[stride * height];
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < stride; x++)
            {
                int left = x >= bytesPerPixel ? pixels[(y * stride) + x - bytesPerPixel] : 0;
                int up = y > 0 ? pixels[((y - 1) * stride) + x] : 0;
                int corner = x >= bytesPerPixel && y > 0 ? pixels[((y - 1) * stride) + x - bytesPerPixel] : 0;
                int predicted = filtered[y * (stride + 1)] switch
                {
                    0 => 0,
                    1 => left,
                    2 => up,
                    3 => (left + up) / 2,
                    4 => Paeth(left, up, corner),
                    byte other => throw new AssertionException($"row {y} has the filter {other}"),
                };
                pixels[(y * stride) + x] = (byte)(filtered[(y * (stride + 1)) + 1 + x] + predicted);
            }
        }

        return pixels;
    }

    private static int Paeth(int left, int up, int corner)
    {
        int estimate = left + up - corner;
        (int a, int b, int c) = (Math.Abs(estimate - left), Math.Abs(estimate - up), Math.Abs(estimate - corner));
        return a <= b && a <= c ? left : b <= c ? up : corner;
    }

    private static uint Crc(ReadOnlySpan<byte> data)
    {
        uint crc = uint.MaxValue;
        foreach (byte b in data)
        {
            crc ^= b;
            for (int bit = 0; bit < 8; bit++)
                crc = (crc & 1) != 0 ? (crc >> 1) ^ 0xEDB88320 : crc >> 1;
        }

        return ~crc;
    }
}
