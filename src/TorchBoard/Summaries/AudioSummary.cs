using Google.Protobuf;
using TorchBoard.Audio;
using TorchBoard.Protos;

namespace TorchBoard.Summaries;

/// <summary>
/// Clips: one as <c>Summary.Audio</c>, several as a string tensor of rank 1. With labels beside the clips, in rank 2,
/// one of TensorBoard's readers takes them for clips too where there is a data class.
/// </summary>
internal static class AudioSummary
{
    private const string PluginName = "audio";
    private const string ContentType = "audio/wav";

    public static Summary Of(string tag, byte[] wav, AudioFormat format, int samples)
    {
        var audio = new Summary.Types.Audio
        {
            SampleRate = format.SampleRate,
            NumChannels = format.Channels,
            LengthFrames = samples / format.Channels,
            EncodedAudioString = UnsafeByteOperations.UnsafeWrap(wav),
            ContentType = ContentType,
        };

        // Without metadata, one of TensorBoard's readers does not call it WAV.
        return new Summary { Value = { new Summary.Types.Value { Tag = tag, Audio = audio, Metadata = Metadata() } } };
    }

    public static Summary Of(string tag, IReadOnlyList<byte[]> wavs)
    {
        IEnumerable<ByteString> clips = wavs.Select(wav => UnsafeByteOperations.UnsafeWrap(wav));
        TensorProto tensor = TensorSummary.OfStrings(clips, [wavs.Count]);
        return new Summary { Value = { TensorSummary.Value(tag, tensor, Metadata()) } };
    }

    private static SummaryMetadata Metadata() => PluginMetadata.Of(
        PluginName, DataClass.BlobSequence, new AudioPluginData { Encoding = AudioPluginData.Types.Encoding.Wav });
}
