using System.Buffers.Binary;
using System.Numerics;

namespace TorchBoard.Records;

/// <summary>
/// The checksum of a record: CRC-32C (Castagnoli), rotated and offset so that a checksum of data that
/// itself holds checksums stays well mixed.
/// </summary>
internal static class MaskedCrc
{
    private const uint MaskDelta = 0xa282ead8;

    /// <summary>The checksum of nothing, to <see cref="Continue"/> from; complemented and masked at the end.</summary>
    public const uint Start = uint.MaxValue;

    public static uint Of(ReadOnlySpan<byte> data) => Mask(~Continue(Start, data));

    public static uint Continue(uint crc, ReadOnlySpan<byte> data)
    {
        while (data.Length >= sizeof(ulong))
        {
            crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(data));
            data = data[sizeof(ulong)..];
        }

        foreach (byte b in data)
            crc = BitOperations.Crc32C(crc, b);

        return crc;
    }

    public static uint Mask(uint crc) => BitOperations.RotateRight(crc, 15) + MaskDelta;
}
