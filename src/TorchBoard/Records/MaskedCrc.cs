using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace TorchBoard.Records;

/// <summary>
/// The checksum of a record: CRC-32C (Castagnoli), rotated and offset so that checksums of data that contains checksums
/// stay well distributed.
/// </summary>
internal static class MaskedCrc
{
    private const uint MaskDelta = 0xa282ead8;

    /// <summary>
    /// The checksum of no data, the start for <see cref="Continue"/>; must be complemented and masked at the end.
    /// </summary>
    public const uint Start = uint.MaxValue;

    public static uint Of(ReadOnlySpan<byte> data) => Mask(~Continue(Start, data));

    /// <summary>Returns the checksum of a record's length as stored in the file.</summary>
    public static uint OfLength(ulong length) => Mask(~BitOperations.Crc32C(Start, length));

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static uint Continue(uint crc, ReadOnlySpan<byte> data)
    {
        while (data.Length >= sizeof(ulong))
        {
            crc = BitOperations.Crc32C(crc, MemoryMarshal.Read<ulong>(data));
            data = data[sizeof(ulong)..];
        }

        if (data.Length >= sizeof(uint))
        {
            crc = BitOperations.Crc32C(crc, MemoryMarshal.Read<uint>(data));
            data = data[sizeof(uint)..];
        }

        foreach (byte b in data)
            crc = BitOperations.Crc32C(crc, b);

        return crc;
    }

    public static uint Mask(uint crc) => BitOperations.RotateRight(crc, 15) + MaskDelta;
}
