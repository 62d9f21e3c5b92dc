using System.Buffers.Binary;
using TorchBoard.Drawing;

namespace TorchBoard.Imaging;

/// <summary>
/// Encodes frames as an animated PNG that loops forever (PNG specification, third edition, section 11.3.6). A frame
/// equal to the previous one only extends its delay. Other frames store only the rectangle that changed.
/// </summary>
internal static class ApngEncoder
{
    private const int ControlLength = 26;

    public static byte[] Encode(ReadOnlySpan<Raster> frames, double framesPerSecond)
    {
        List<AnimationFrame> animation = Differences(frames);
        if (animation.Count == 1)
            return PngEncoder.Encode(frames[0]);

        var png = new MemoryStream();
        PngEncoder.WriteStart(png, frames[0]);
        WriteAnimationControl(png, animation.Count);
        int sequence = 0;
        for (int i = 0; i < animation.Count; i++)
        {
            AnimationFrame frame = animation[i];
            int next = i + 1 < animation.Count ? animation[i + 1].Index : frames.Length;
            WriteFrameControl(png, sequence++, frame, Milliseconds(next) - Milliseconds(frame.Index));
            ReadOnlySpan<byte> data = PngEncoder.Compress(frame.Changed);
            if (i == 0)
                PngEncoder.WriteChunk(png, "IDAT"u8, data);
            else
                WriteFrameData(png, sequence++, data);
        }

        PngEncoder.WriteEnd(png);
        return png.ToArray();

        // Rounds times since the start instead of delays, so that rounding errors do not accumulate.
        double Milliseconds(int frame) => Math.Round(1000 * frame / framesPerSecond);
    }

    private static List<AnimationFrame> Differences(ReadOnlySpan<Raster> frames)
    {
        var animation = new List<AnimationFrame> { new(0, 0, 0, frames[0]) };
        for (int i = 1; i < frames.Length; i++)
        {
            if (Difference(frames[i - 1], frames[i], i) is { } changed)
                animation.Add(changed);
        }

        return animation;
    }

    private static AnimationFrame? Difference(Raster before, Raster after, int index)
    {
        int top = 0;
        while (top < after.Height && before.Row(top).SequenceEqual(after.Row(top)))
            top++;
        if (top == after.Height)
            return null;

        int bottom = after.Height;
        while (before.Row(bottom - 1).SequenceEqual(after.Row(bottom - 1)))
            bottom--;

        int left = after.Stride;
        int right = 0;
        for (int y = top; y < bottom; y++)
        {
            Span<byte> old = before.Row(y);
            Span<byte> row = after.Row(y);
            left = Math.Min(left, old.CommonPrefixLength(row));
            int end = row.Length;
            while (end > right && old[end - 1] == row[end - 1])
                end--;
            right = end;
        }

        left /= after.Channels;
        right = (right + after.Channels - 1) / after.Channels;
        return new AnimationFrame(index, left, top, after.Part(left, top, right - left, bottom - top));
    }

    private static void WriteAnimationControl(Stream png, int frames)
    {
        Span<byte> control = stackalloc byte[8];
        control.Clear();
        BinaryPrimitives.WriteInt32BigEndian(control, frames);
        PngEncoder.WriteChunk(png, "acTL"u8, control);
    }

    private static void WriteFrameControl(Stream png, int sequence, AnimationFrame frame, double milliseconds)
    {
        // A delay is a fraction of two 16-bit numbers; longer delays use a coarser unit.
        int perSecond = 1000;
        while (milliseconds > ushort.MaxValue && perSecond > 1)
            (milliseconds, perSecond) = (Math.Round(milliseconds / 10), perSecond / 10);

        Span<byte> control = stackalloc byte[ControlLength];
        control.Clear();
        BinaryPrimitives.WriteInt32BigEndian(control, sequence);
        BinaryPrimitives.WriteInt32BigEndian(control[4..], frame.Changed.Width);
        BinaryPrimitives.WriteInt32BigEndian(control[8..], frame.Changed.Height);
        BinaryPrimitives.WriteInt32BigEndian(control[12..], frame.Left);
        BinaryPrimitives.WriteInt32BigEndian(control[16..], frame.Top);
        BinaryPrimitives.WriteUInt16BigEndian(control[20..], (ushort)Math.Min(milliseconds, ushort.MaxValue));
        BinaryPrimitives.WriteUInt16BigEndian(control[22..], (ushort)perSecond);
        PngEncoder.WriteChunk(png, "fcTL"u8, control);
    }

    private static void WriteFrameData(Stream png, int sequence, ReadOnlySpan<byte> data)
    {
        byte[] numbered = new byte[sizeof(int) + data.Length];
        BinaryPrimitives.WriteInt32BigEndian(numbered, sequence);
        data.CopyTo(numbered.AsSpan(sizeof(int)));
        PngEncoder.WriteChunk(png, "fdAT"u8, numbered);
    }

    /// <summary>The part of a frame that differs from the previous frame, and its position.</summary>
    private readonly record struct AnimationFrame(int Index, int Left, int Top, Raster Changed);
}
