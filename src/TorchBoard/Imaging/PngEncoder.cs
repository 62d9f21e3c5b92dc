using System.Buffers.Binary;
using System.IO.Compression;

namespace TorchBoard.Imaging;

/// <summary>Writes rasters as PNG: eight bits a channel, not interlaced.</summary>
internal static class PngEncoder
{
    /// <summary>The length of data of which less than the whole is tried.</summary>
    private const int BandLength = 1 << 13;

    private const int SignatureLength = 8;
    private const int HeaderLength = 13;
    private const int ChunkOverhead = 12;

    private static readonly ZLibCompressionOptions Runs = new()
    {
        CompressionLevel = 1,
        CompressionStrategy = ZLibCompressionStrategy.RunLengthEncoding,
    };

    private static readonly ZLibCompressionOptions Matches = new() { CompressionLevel = 6 };

    private static ReadOnlySpan<byte> Signature => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    public static byte[] Encode(Raster raster)
    {
        ReadOnlySpan<byte> data = Compress(raster);
        byte[] png = new byte[SignatureLength + HeaderLength + data.Length + (3 * ChunkOverhead)];
        using var stream = new MemoryStream(png);
        WriteStart(stream, raster);
        WriteChunk(stream, "IDAT"u8, data);
        WriteEnd(stream);
        return png;
    }

    /// <summary>Writes all that comes before the chunks of a picture of that size.</summary>
    public static void WriteStart(Stream png, Raster raster)
    {
        png.Write(Signature);
        Span<byte> header = stackalloc byte[HeaderLength];
        BinaryPrimitives.WriteInt32BigEndian(header, raster.Width);
        BinaryPrimitives.WriteInt32BigEndian(header[4..], raster.Height);
        header[8] = 8;
        header[9] = raster.Channels switch { 1 => 0, 2 => 4, 3 => 2, _ => 6 };
        WriteChunk(png, "IHDR"u8, header);
    }

    public static void WriteEnd(Stream png) => WriteChunk(png, "IEND"u8, []);

    /// <summary>The filtered and compressed rows.</summary>
    public static ReadOnlySpan<byte> Compress(Raster raster)
    {
        byte[] filtered = PngFilter.Apply(raster, out long cost);
        return Deflate(filtered, RunsSuffice(filtered, cost) ? Runs : Matches);
    }

    /// <summary>
    /// Whether a search for repeats would shorten the data by little: it hardly finds any in photographs, and takes
    /// several times as long as the rest. A band in the middle is compressed both ways to know, but for data that is
    /// nearly all zeros: its repeats are long, and found fast.
    /// </summary>
    private static bool RunsSuffice(byte[] filtered, long cost)
    {
        if (filtered.Length < BandLength || cost < filtered.Length / 2)
            return false;

        int length = Math.Max(BandLength, filtered.Length / 16);
        ReadOnlySpan<byte> band = filtered.AsSpan((filtered.Length - length) / 2, length);
        return Deflate(band, Runs).Length <= Deflate(band, Matches).Length * 1.05;
    }

    private static ReadOnlySpan<byte> Deflate(ReadOnlySpan<byte> data, ZLibCompressionOptions options)
    {
        var compressed = new MemoryStream(BandLength);
        using (var zlib = new ZLibStream(compressed, options, leaveOpen: true))
            zlib.Write(data);
        return compressed.GetBuffer().AsSpan(0, (int)compressed.Length);
    }

    public static void WriteChunk(Stream png, ReadOnlySpan<byte> type, ReadOnlySpan<byte> data)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        png.Write(number);
        png.Write(type);
        png.Write(data);
        BinaryPrimitives.WriteUInt32BigEndian(number, Crc32.Of(type, data));
        png.Write(number);
    }
}
