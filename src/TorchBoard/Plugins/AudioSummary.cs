using System.Buffers.Binary;
using System.Text;
using Google.Protobuf;
using TorchBoard.Audio;
using TorchBoard.Events;
using TorchBoard.Protos;

namespace TorchBoard.Plugins;

/// <summary>
/// Audio clips: one as <c>Summary.Audio</c>, several as a string tensor of rank 1. In rank 2, with labels, one of
/// TensorBoard's readers mistakes the labels for clips if there is a data class.
/// </summary>
internal static class AudioSummary
{
    private const string Wav = "audio/wav";

    public static Summary Of(string tag, byte[] wav, AudioFormat format, int samples)
    {
        var audio = new Summary.Types.Audio
        {
            SampleRate = format.SampleRate,
            NumChannels = format.Channels,
            LengthFrames = samples / format.Channels,
            EncodedAudioString = UnsafeByteOperations.UnsafeWrap(wav),
            ContentType = Wav,
        };

        // Without metadata, one of TensorBoard's readers does not label the clip as WAV.
        return new Summary { Value = { new Summary.Types.Value { Tag = tag, Audio = audio, Metadata = Metadata() } } };
    }

    public static Summary Of(string tag, IReadOnlyList<byte[]> wavs)
    {
        IEnumerable<ByteString> clips = wavs.Select(wav => UnsafeByteOperations.UnsafeWrap(wav));
        TensorProto tensor = TensorSummary.OfStrings(clips, [wavs.Count]);
        return new Summary { Value = { TensorSummary.Value(tag, tensor, Metadata()) } };
    }

    public static IReadOnlyList<AudioClip> Decode(scoped in ValueView value) => value.Form == ValueForm.Audio
        ? Decode(Summary.Types.Audio.Parser.ParseFrom(value.Body))
        : Decode(TensorSummary.Decode(value, "audio"));

    /// <summary>Describes an encoded clip by what it says of itself.</summary>
    public static AudioClip ClipOf(ReadOnlyMemory<byte> encoded, string label = "")
    {
        (int rate, int channels) = Format(encoded.Span);
        return new AudioClip(rate, channels, Wav, label, encoded);
    }

    private static SummaryMetadata Metadata() => PluginMetadata.Of(
        PluginTable.Audio, new AudioPluginData { Encoding = AudioPluginData.Types.Encoding.Wav }.ToByteString());

    private static IReadOnlyList<AudioClip> Decode(Summary.Types.Audio audio) =>
    [
        new AudioClip(
            audio.SampleRate, (int)Math.Clamp(audio.NumChannels, 0, int.MaxValue),
            audio.ContentType.Length > 0 ? audio.ContentType : Wav, "", audio.EncodedAudioString.Memory),
    ];

    // The new style: clips, or clips and labels.
    private static List<AudioClip> Decode(TensorValue tensor)
    {
        bool isLabeled = tensor.Shape is [_, 2];
        if (tensor.Type != TensorType.String || (!isLabeled && tensor.Shape.Length != 1))
        {
            throw new InvalidDataException(
                $"audio must be strings of shape [clips] or [clips, 2]; the tensor is {tensor}");
        }

        ReadOnlyMemory<byte>[] strings = tensor.ToBytes();
        var clips = new List<AudioClip>();
        int stride = isLabeled ? 2 : 1;
        for (int i = 0; i < strings.Length; i += stride)
        {
            clips.Add(ClipOf(strings[i], isLabeled ? Encoding.UTF8.GetString(strings[i + 1].Span) : ""));
        }

        return clips;
    }

    // RIFF chunks follow one another; "fmt " holds the format tag, the channels and the sample rate.
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
