using System.Buffers.Binary;

namespace TorchBoard.Tool.Checking;

/// <summary>Checks that browsers can play the audio clips of an event.</summary>
internal static class ClipCheck
{
    public static void Check(IReadOnlyList<AudioClip> clips, Place at)
    {
        if (clips.Count == 0)
            at.Warning("there is no clip at the step");
        foreach (AudioClip clip in clips)
            Check(clip.Encoded.Span, at);
    }

    // RIFF chunks follow one another: an identifier, a length and, rounded up to an even number, that many bytes.
    private static void Check(ReadOnlySpan<byte> wav, Place at)
    {
        if (wav.IsEmpty)
        {
            at.Error("the clip is empty");
            return;
        }

        if (!wav.StartsWith("RIFF"u8) || wav.Length < 12 || !wav[8..12].SequenceEqual("WAVE"u8))
        {
            at.Error("the clip is not a WAV file, the only format that TensorBoard plays");
            return;
        }

        bool hasFormat = false;
        long position = 12;
        while (position + 8 <= wav.Length)
        {
            ReadOnlySpan<byte> chunk = wav[(int)position..];
            uint length = BinaryPrimitives.ReadUInt32LittleEndian(chunk[4..]);
            if (chunk.StartsWith("data"u8))
            {
                if (!hasFormat)
                    break;
                // Writers that cannot seek state the largest length.
                if (length > chunk.Length - 8 && length < 0x7FFF_FFFF)
                    at.Warning("the clip is a WAV file whose end is missing");
                return;
            }

            if (chunk.StartsWith("fmt "u8))
                hasFormat = IsFormat(chunk, length);
            position += 8L + length + (length & 1);
        }

        at.Error("the clip is a WAV file with a damaged or incomplete header");
    }

    // The number of channels and the sample rate must not be 0.
    private static bool IsFormat(ReadOnlySpan<byte> chunk, uint length) =>
        length >= 16 && chunk.Length >= 24 && chunk[10..12].ContainsAnyExcept((byte)0)
        && chunk[12..16].ContainsAnyExcept((byte)0);
}
