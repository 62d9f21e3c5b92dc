namespace TorchBoard.Drawing.Fonts;

/// <summary>Reads big-endian numbers from a part of a font; <see cref="InvalidDataException"/> at its end.</summary>
internal readonly struct FontTable(byte[] bytes)
{
    public int Length => bytes.Length;

    public byte Byte(int at) =>
        (uint)at < (uint)bytes.Length ? bytes[at] : throw new InvalidDataException("A table is truncated.");

    public int UInt16(int at) => (Byte(at) << 8) | Byte(at + 1);

    public int Int16(int at) => (short)UInt16(at);

    public long UInt32(int at) => ((long)UInt16(at) << 16) | (uint)UInt16(at + 2);

    /// <summary>Returns an unsigned number of 1 to 4 bytes.</summary>
    public long Number(int at, int size)
    {
        long number = 0;
        for (int i = 0; i < size; i++)
            number = (number << 8) | Byte(at + i);
        return number;
    }
}
