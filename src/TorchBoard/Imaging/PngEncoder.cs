using System.Buffers;
using System.Buffers.Binary;
using System.IO.Compression;
using System.IO.Hashing;
using TorchBoard.Drawing;

namespace TorchBoard.Imaging;

/// <summary>Encodes rasters as PNG: eight bits per channel, not interlaced.</summary>
internal static class PngEncoder
{
    /// <summary>The minimum length of data for a trial, and of the band that it compresses.</summary>
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

    private static readonly ZLibCompressionOptions Stored = new() { CompressionLevel = 0 };

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

    /// <summary>Writes the signature and the header of a picture.</summary>
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

    /// <summary>Returns the filtered and compressed rows.</summary>
    public static ReadOnlySpan<byte> Compress(Raster raster)
    {
        // Short-lived large arrays cause full garbage collections.
        byte[] rented = ArrayPool<byte>.Shared.Rent(PngFilter.Length(raster));
        try
        {
            Span<byte> filtered = rented.AsSpan(0, PngFilter.Length(raster));
            long cost = PngFilter.Apply(raster, filtered);
            return Deflate(filtered, Choose(filtered, cost));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    /// <summary>
    /// Chooses the compression. A search for matches finds few in photographs, takes several times as long as the
    /// rest, and finds none in noise, so a band in the middle is compressed both ways to decide. Data that is nearly
    /// all zeros needs no trial: its matches are long and found fast.
    /// </summary>
    /// <param name="filtered">The filtered rows.</param>
    /// <param name="cost">The sum of their absolute values: 64 per byte for uniform noise.</param>
    private static ZLibCompressionOptions Choose(ReadOnlySpan<byte> filtered, long cost)
    {
        if (filtered.Length < BandLength || cost < filtered.Length / 2)
            return Matches;

        int length = Math.Max(BandLength, filtered.Length / 16);
        ReadOnlySpan<byte> band = filtered.Slice((filtered.Length - length) / 2, length);
        int runs = Deflate(band, Runs).Length;
        int matches = Deflate(band, Matches).Length;
        if (Math.Min(runs, matches) >= length && cost >= 56L * filtered.Length)
            return Stored;
        return runs <= matches * 1.05 ? Runs : Matches;
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
        var checksum = new Crc32();
        checksum.Append(type);
        checksum.Append(data);
        BinaryPrimitives.WriteUInt32BigEndian(number, checksum.GetCurrentHashAsUInt32());
        png.Write(number);
    }
}
