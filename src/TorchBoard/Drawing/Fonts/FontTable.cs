namespace TorchBoard.Drawing.Fonts;

/// <summary>Reads the big-endian numbers of a part of a font.</summary>
internal readonly struct FontTable(byte[] bytes)
{
    public int Length => bytes.Length;

    /// <exception cref="InvalidDataException">It, as the other numbers here, lies beyond the end.</exception>
    public byte Byte(int at) =>
        (uint)at < (uint)bytes.Length ? bytes[at] : throw new InvalidDataException("A part of it is cut off.");

    public int UInt16(int at) => (Byte(at) << 8) | Byte(at + 1);

    public int Int16(int at) => (short)UInt16(at);

    public long UInt32(int at) => ((long)UInt16(at) << 16) | (uint)UInt16(at + 2);

    /// <summary>A number of one to four bytes.</summary>
    public long Number(int at, int size)
    {
        long number = 0;
        for (int i = 0; i < size; i++)
            number = (number << 8) | Byte(at + i);
        return number;
    }
}
