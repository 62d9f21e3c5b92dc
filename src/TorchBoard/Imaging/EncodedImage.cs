using System.Buffers.Binary;

namespace TorchBoard.Imaging;

/// <summary>The format and size of an encoded picture, read from its first bytes.</summary>
internal readonly record struct EncodedImage(string Format, int Width, int Height)
{
    private static ReadOnlySpan<byte> PngSignature => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    /// <summary>Reads the size of a picture in a format that browsers show and TensorBoard serves.</summary>
    /// <exception cref="ArgumentException">The bytes are in none of these formats, or are truncated.</exception>
    public static EncodedImage Read(ReadOnlySpan<byte> encoded, string argument = "encoded")
    {
        EncodedImage? image = null;
        if (encoded.StartsWith(PngSignature) && encoded.Length >= 24)
        {
            image = new(
                "PNG", BinaryPrimitives.ReadInt32BigEndian(encoded[16..]),
                BinaryPrimitives.ReadInt32BigEndian(encoded[20..]));
        }
        else if ((encoded.StartsWith("GIF87a"u8) || encoded.StartsWith("GIF89a"u8)) && encoded.Length >= 10)
        {
            image = new(
                "GIF", BinaryPrimitives.ReadUInt16LittleEndian(encoded[6..]),
                BinaryPrimitives.ReadUInt16LittleEndian(encoded[8..]));
        }
        else if (encoded.StartsWith("BM"u8) && encoded.Length >= 26)
        {
            image = ReadBmp(encoded);
        }
        else if (encoded.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8]))
        {
            image = ReadJpeg(encoded);
        }

        if (image is not { Width: > 0, Height: > 0 } known)
        {
            throw new ArgumentException(
                $"The {encoded.Length} bytes are not a complete PNG, JPEG, GIF or BMP picture, the formats that "
                + "TensorBoard shows. For pixels, use AddImage.",
                argument);
        }

        return known;
    }

    // A negative height means that the rows start at the top.
    private static EncodedImage ReadBmp(ReadOnlySpan<byte> encoded)
    {
        int height = BinaryPrimitives.ReadInt32LittleEndian(encoded[22..]);
        return new(
            "BMP", BinaryPrimitives.ReadInt32LittleEndian(encoded[18..]), height < 0 ? unchecked(-height) : height);
    }

    // Each segment has a length and is followed by the next; the start-of-frame segment has the size.
    private static EncodedImage? ReadJpeg(ReadOnlySpan<byte> encoded)
    {
        int at = 2;
        while (at + 9 <= encoded.Length)
        {
            if (encoded[at] != 0xFF)
                return null;
            byte marker = encoded[at + 1];
            bool isFrame = marker is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC);
            if (isFrame)
            {
                return new(
                    "JPEG", BinaryPrimitives.ReadUInt16BigEndian(encoded[(at + 7)..]),
                    BinaryPrimitives.ReadUInt16BigEndian(encoded[(at + 5)..]));
            }

            at += 2 + (marker == 0xFF ? -1 : BinaryPrimitives.ReadUInt16BigEndian(encoded[(at + 2)..]));
        }

        return null;
    }
}
