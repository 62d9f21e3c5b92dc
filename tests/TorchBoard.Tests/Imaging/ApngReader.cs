using System.Buffers.Binary;
using System.Text;

namespace TorchBoard.Tests.Imaging;

/// <summary>
/// Plays an animated PNG according to the specification, without the library's code: the pictures that a viewer shows,
/// and their durations.
/// </summary>
internal sealed record ApngReader(
    int Width, int Height, int Channels, List<(byte[] Pixels, double Seconds, int StoredArea)> Frames)
{
    public static ApngReader Decode(byte[] apng)
    {
        PngReader first = PngReader.Decode(apng);
        var reader = new ApngReader(first.Width, first.Height, first.Channels, []);
        byte[] canvas = new byte[first.Width * first.Height * first.Channels];
        byte[]? control = null;
        int sequence = 0;
        int announced = 0;
        foreach ((string type, byte[] data) in Chunks(apng))
        {
            switch (type)
            {
                case "acTL":
                    announced = BinaryPrimitives.ReadInt32BigEndian(data);
                    Assert.That(BinaryPrimitives.ReadInt32BigEndian(data.AsSpan(4)), Is.Zero, "plays for ever");
                    break;
                case "fcTL":
                    Assert.That(data, Has.Length.EqualTo(26));
                    Assert.That(BinaryPrimitives.ReadInt32BigEndian(data), Is.EqualTo(sequence++));
                    Assert.That((data[24], data[25]), Is.EqualTo((0, 0)), "leaves the frame and replaces pixels");
                    control = data;
                    break;
                case "IDAT":
                    reader.Show(canvas, control!, data);
                    break;
                case "fdAT":
                    Assert.That(BinaryPrimitives.ReadInt32BigEndian(data), Is.EqualTo(sequence++));
                    reader.Show(canvas, control!, data[4..]);
                    break;
            }
        }

        Assert.That(reader.Frames, Has.Count.EqualTo(announced));
        return reader;
    }

    private void Show(byte[] canvas, byte[] control, byte[] data)
    {
        int width = BinaryPrimitives.ReadInt32BigEndian(control.AsSpan(4));
        int height = BinaryPrimitives.ReadInt32BigEndian(control.AsSpan(8));
        int left = BinaryPrimitives.ReadInt32BigEndian(control.AsSpan(12));
        int top = BinaryPrimitives.ReadInt32BigEndian(control.AsSpan(16));
        double seconds = BinaryPrimitives.ReadUInt16BigEndian(control.AsSpan(20))
            / (double)BinaryPrimitives.ReadUInt16BigEndian(control.AsSpan(22));
        byte[] part = PngReader.Rows(data, width, height, Channels);
        for (int y = 0; y < height; y++)
        {
            part.AsSpan(y * width * Channels, width * Channels).CopyTo(
                canvas.AsSpan((((top + y) * Width) + left) * Channels));
        }

        Frames.Add(([.. canvas], seconds, width * height));
    }

    private static IEnumerable<(string Type, byte[] Data)> Chunks(byte[] png)
    {
        for (int at = 8; at < png.Length;)
        {
            int length = BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(at));
            yield return (Encoding.ASCII.GetString(png, at + 4, 4), png[(at + 8)..(at + 8 + length)]);
            at += 12 + length;
        }
    }
}
