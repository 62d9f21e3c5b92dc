using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;

namespace TorchBoard.Tool.Rewriting;

/// <summary>Writes a new event file, record by record.</summary>
/// <remarks>
/// A record is its length in 8 bytes, the masked CRC-32C of these, the payload and the payload's masked CRC-32C, all
/// little-endian.
/// </remarks>
internal sealed class RecordWriter : IDisposable
{
    private const uint MaskDelta = 0xa282ead8;

    private readonly FileStream _stream;

    /// <exception cref="IOException">There is such a file already, or it cannot be made.</exception>
    public RecordWriter(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        _stream = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.Read, 1 << 16);
    }

    public long Length => _stream.Position;

    public void Write(ReadOnlySpan<byte> payload)
    {
        Span<byte> header = stackalloc byte[sizeof(ulong) + sizeof(uint)];
        BinaryPrimitives.WriteUInt64LittleEndian(header, (ulong)payload.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(header[sizeof(ulong)..], MaskedCrc(header[..sizeof(ulong)]));
        Span<byte> footer = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32LittleEndian(footer, MaskedCrc(payload));
        _stream.Write(header);
        _stream.Write(payload);
        _stream.Write(footer);
    }

    public void Dispose() => _stream.Dispose();

    private static uint MaskedCrc(ReadOnlySpan<byte> bytes)
    {
        uint crc = ~0u;
        ReadOnlySpan<ulong> words = MemoryMarshal.Cast<byte, ulong>(bytes);
        foreach (ulong word in words)
            crc = BitOperations.Crc32C(crc, BitConverter.IsLittleEndian ? word : BinaryPrimitives.ReverseEndianness(word));
        foreach (byte b in bytes[(words.Length * sizeof(ulong))..])
            crc = BitOperations.Crc32C(crc, b);
        return BitOperations.RotateRight(~crc, 15) + MaskDelta;
    }
}
