using Google.Protobuf;
using TorchBoard.Audio;
using TorchBoard.Protos;

namespace TorchBoard.Summaries;

/// <summary>Clips: one as <c>Summary.Audio</c>, several as a string tensor of clips and their (empty) labels.</summary>
internal static class AudioSummary
{
    private const string PluginName = "audio";
    private const string ContentType = "audio/wav";

    public static SummaryMetadata Metadata() => PluginMetadata.Of(
        PluginName, DataClass.BlobSequence, new AudioPluginData { Encoding = AudioPluginData.Types.Encoding.Wav });

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
        return new Summary { Value = { new Summary.Types.Value { Tag = tag, Audio = audio } } };
    }

    public static Summary Of(string tag, IReadOnlyList<byte[]> wavs)
    {
        IEnumerable<ByteString> cells = wavs.SelectMany(wav => (ByteString[])[UnsafeByteOperations.UnsafeWrap(wav), ByteString.Empty]);
        TensorProto tensor = TensorSummary.OfStrings(cells, [wavs.Count, 2]);
        return new Summary { Value = { TensorSummary.Value(tag, tensor, Metadata()) } };
    }
}
