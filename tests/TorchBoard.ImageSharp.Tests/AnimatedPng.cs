using System.Buffers.Binary;
using System.IO.Hashing;
using System.Text;
using SixLabors.ImageSharp;
using SixLabors.ImageSharp.PixelFormats;

namespace TorchBoard.ImageSharp.Tests;

/// <summary>
/// The frames of an animated PNG that never clears or blends. ImageSharp decodes each as a PNG of its own, which checks
/// the chunks and their checksums.
/// </summary>
internal static class AnimatedPng
{
    private const int SignatureLength = 8;

    public static List<byte[]> Frames(ReadOnlyMemory<byte> encoded)
    {
        byte[] png = encoded.ToArray();
        byte[] header = [];
        byte[] control = [];
        List<byte[]> frames = [];
        Image<Rgba32>? canvas = null;
        foreach ((string type, byte[] data) in Chunks(png))
        {
            switch (type)
            {
                case "IHDR":
                    header = data;
                    canvas = new Image<Rgba32>(Int32(data, 0), Int32(data, 4));
                    break;
                case "fcTL":
                    control = data;
                    break;
                case "IDAT" or "fdAT":
                    Draw(canvas!, Decode(png, header, control, type == "IDAT" ? data : data[4..]), control);
                    byte[] shown = new byte[canvas!.Width * canvas.Height * 4];
                    canvas.CopyPixelDataTo(shown);
                    frames.Add(shown);
                    break;
            }
        }

        canvas?.Dispose();
        return frames;
    }

    private static Image<Rgba32> Decode(byte[] png, byte[] header, byte[] control, byte[] data)
    {
        byte[] ofFrame = [.. control.AsSpan(4, 8), .. header.AsSpan(8)];
        byte[] frame = [.. png.AsSpan(0, SignatureLength), .. Chunk("IHDR", ofFrame), .. Chunk("IDAT", data), .. Chunk("IEND", [])];
        return Image.Load<Rgba32>(frame);
    }

    private static void Draw(Image<Rgba32> canvas, Image<Rgba32> frame, byte[] control)
    {
        int left = Int32(control, 12), top = Int32(control, 16);
        for (int y = 0; y < frame.Height; y++)
        {
            for (int x = 0; x < frame.Width; x++)
                canvas[left + x, top + y] = frame[x, y];
        }

        frame.Dispose();
    }

    private static IEnumerable<(string Type, byte[] Data)> Chunks(byte[] png)
    {
        for (int at = SignatureLength; at < png.Length;)
        {
            int length = Int32(png, at);
            yield return (Encoding.ASCII.GetString(png, at + 4, 4), png[(at + 8)..(at + 8 + length)]);
            at += 12 + length;
        }
    }

    private static byte[] Chunk(string type, byte[] data)
    {
        byte[] chunk = new byte[12 + data.Length];
        BinaryPrimitives.WriteInt32BigEndian(chunk, data.Length);
        Encoding.ASCII.GetBytes(type).CopyTo(chunk, 4);
        data.CopyTo(chunk, 8);
        uint checksum = Crc32.HashToUInt32(chunk.AsSpan(4, 4 + data.Length));
        BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(8 + data.Length), checksum);
        return chunk;
    }

    private static int Int32(byte[] data, int at) => BinaryPrimitives.ReadInt32BigEndian(data.AsSpan(at));
}
