using System.Buffers.Binary;
using System.Text;
using TorchBoard.Protos;

namespace TorchBoard.Plugins;

/// <summary>Sound clips as event files hold them.</summary>
internal static class AudioValue
{
    private const string Wav = "audio/wav";

    public static IReadOnlyList<AudioClip> Of(Summary.Types.Audio audio) =>
    [
        new AudioClip(
            audio.SampleRate, (int)Math.Clamp(audio.NumChannels, 0, int.MaxValue),
            audio.ContentType.Length > 0 ? audio.ContentType : Wav, "", audio.EncodedAudioString.Memory),
    ];

    /// <summary>The new style: clips, or clips and their labels.</summary>
    public static IReadOnlyList<AudioClip> Of(TensorValue tensor)
    {
        bool isLabeled = tensor.Shape is [_, 2];
        if (tensor.Type != TensorType.String || (!isLabeled && tensor.Shape.Length != 1))
        {
            throw new InvalidDataException(
                $"audio is strings of the shape [clips] or [clips, 2]; the tensor is {tensor}");
        }

        ReadOnlyMemory<byte>[] strings = tensor.ToBytes();
        var clips = new List<AudioClip>();
        int stride = isLabeled ? 2 : 1;
        for (int i = 0; i < strings.Length; i += stride)
        {
            (int rate, int channels) = Format(strings[i].Span);
            string label = isLabeled ? Encoding.UTF8.GetString(strings[i + 1].Span) : "";
            clips.Add(new AudioClip(rate, channels, Wav, label, strings[i]));
        }

        return clips;
    }

    // RIFF chunks follow one another; "fmt " holds the format's tag, channels and sample rate.
    private static (int SampleRate, int Channels) Format(ReadOnlySpan<byte> wav)
    {
        if (!wav.StartsWith("RIFF"u8))
            return default;
        int at = 12;
        while (at + 16 <= wav.Length)
        {
            if (wav.Slice(at, 4).SequenceEqual("fmt "u8))
            {
                return (
                    BinaryPrimitives.ReadInt32LittleEndian(wav[(at + 12)..]),
                    BinaryPrimitives.ReadUInt16LittleEndian(wav[(at + 10)..]));
            }

            uint length = BinaryPrimitives.ReadUInt32LittleEndian(wav[(at + 4)..]);
            at = (int)Math.Min(at + 8L + length + (length & 1), wav.Length);
        }

        return default;
    }
}
