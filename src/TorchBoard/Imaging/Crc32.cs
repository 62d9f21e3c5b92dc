using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace TorchBoard.Imaging;

/// <summary>
/// Computes the checksum of PNG chunks (CRC-32 of IEEE 802.3) from tables, eight bytes at a time. The framework has
/// it only in a separate package.
/// </summary>
internal static class Crc32
{
    private const uint Polynomial = 0xEDB88320;
    private const int Slices = 8;

    private static readonly uint[][] Tables = MakeTables();

    public static uint Of(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second) =>
        ~Update(Update(uint.MaxValue, first), second);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static uint Update(uint crc, ReadOnlySpan<byte> data)
    {
        uint[][] t = Tables;
        for (; data.Length >= Slices; data = data[Slices..])
        {
            ulong block = BinaryPrimitives.ReadUInt64LittleEndian(data) ^ crc;
            crc = t[7][(byte)block] ^ t[6][(byte)(block >> 8)] ^ t[5][(byte)(block >> 16)] ^ t[4][(byte)(block >> 24)]
                ^ t[3][(byte)(block >> 32)] ^ t[2][(byte)(block >> 40)] ^ t[1][(byte)(block >> 48)] ^ t[0][block >> 56];
        }

        foreach (byte b in data)
            crc = t[0][(byte)(crc ^ b)] ^ (crc >> 8);
        return crc;
    }

    private static uint[][] MakeTables()
    {
        uint[][] tables = new uint[Slices][];
        for (int slice = 0; slice < Slices; slice++)
        {
            tables[slice] = new uint[256];
            for (uint i = 0; i < 256; i++)
                tables[slice][i] =
                    slice == 0 ? Divide(i) : tables[0][(byte)tables[slice - 1][i]] ^ (tables[slice - 1][i] >> 8);
        }

        return tables;
    }

    private static uint Divide(uint remainder)
    {
        for (int bit = 0; bit < 8; bit++)
            remainder = (remainder & 1) != 0 ? (remainder >> 1) ^ Polynomial : remainder >> 1;
        return remainder;
    }
}
