using System.Buffers.Binary;
using TorchBoard.Audio;
using TorchBoard.Protos;

namespace TorchBoard.Tests.Writing;

internal sealed class AudioTests
{
    [Test]
    public void A_clip_is_a_WAV_file_of_16_bits()
    {
        using var directory = new TestDirectory();
        using (var writer = new SummaryWriter(directory))
            writer.AddAudio("a", [0f, 1f, -1f, 0.5f], 3, sampleRate: 8000);

        Summary.Types.Audio audio = WrittenEvents.Single(directory, "a").Audio;
        byte[] header = Convert.FromHexString(
            "52494646" + "2C000000" + "57415645" + "666D7420" + "10000000" + "0100" + "0100" + "401F0000" + "803E0000"
            + "0200" + "1000" + "64617461" + "08000000");
        byte[] wav = audio.EncodedAudioString.ToByteArray();
        using (Assert.EnterMultipleScope())
        {
            AssertIsWav(WrittenEvents.Single(directory, "a").Metadata);
            Assert.That(wav[..44], Is.EqualTo(header));
            Assert.That(Samples(wav), Is.EqualTo(new short[] { 0, 32767, -32767, 16384 }));
            Assert.That(
                (audio.SampleRate, audio.NumChannels, audio.LengthFrames, audio.ContentType),
                Is.EqualTo((8000f, 1L, 4L, "audio/wav")));
        }
    }

    [Test]
    public void Samples_out_of_range_are_clipped_and_NaN_is_silence()
    {
        using var directory = new TestDirectory();
        using (var writer = new SummaryWriter(directory))
            writer.AddAudio("a", [2f, -2f, float.PositiveInfinity, float.NegativeInfinity, float.NaN], 0);
        Assert.That(Clip(directory, "a"), Is.EqualTo(new short[] { 32767, -32767, 32767, -32767, 0 }));
    }

    [Test]
    public void Planar_channels_are_interleaved()
    {
        using var directory = new TestDirectory();
        using (var writer = new SummaryWriter(directory))
        {
            writer.AddAudio("planar", (short[])[1, 2, 3, -1, -2, -3], 0, channels: 2, layout: AudioLayout.Planar);
            writer.AddAudio("interleaved", (short[])[1, -1, 2, -2, 3, -3], 0, channels: 2);
        }

        foreach (string tag in (string[])["planar", "interleaved"])
        {
            Assert.That(Clip(directory, tag), Is.EqualTo(new short[] { 1, -1, 2, -2, 3, -3 }), tag);
            Assert.That(WrittenEvents.Single(directory, tag).Audio.LengthFrames, Is.EqualTo(3), tag);
        }
    }

    [Test]
    public void Several_clips_are_a_tensor_of_clips()
    {
        using var directory = new TestDirectory();
        using (var writer = new SummaryWriter(directory))
            writer.AddAudioClips("a", (short[][])[[1], [2, 3]], 0);

        Summary.Types.Value value = WrittenEvents.Single(directory, "a");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(value.Tensor.Dtype, Is.EqualTo(DataType.DtString));
            Assert.That(value.Tensor.TensorShape.Dim.Select(d => d.Size), Is.EqualTo(new[] { 2L }));
            Assert.That(Samples(value.Tensor.StringVal[0].ToByteArray()), Is.EqualTo(new short[] { 1 }));
            Assert.That(Samples(value.Tensor.StringVal[1].ToByteArray()), Is.EqualTo(new short[] { 2, 3 }));
            AssertIsWav(value.Metadata);
        }
    }

    [Test]
    public void The_number_of_clips_of_a_tag_may_not_change()
    {
        using var directory = new TestDirectory();
        using var writer = new SummaryWriter(directory);
        writer.AddAudioClips("a", [[1f], [1f]], 0);
        writer.AddAudio("b", [1f], 0);
        writer.AddAudioClips("b", [[1f]], 1);
        using (Assert.EnterMultipleScope())
        {
            Refusal.Of("clips", () => writer.AddAudioClips("a", [[1f]], 1), "'a'", "2 clips", "this one has 1");
            Refusal.Of("tag", () => writer.AddAudio("a", [1f], 1), "2 clips");
            Refusal.Of("clips", () => writer.AddAudioClips("b", [[1f], [1f]], 1), "1 clips");
        }
    }

    [Test]
    public void Invalid_clips_are_rejected()
    {
        using var directory = new TestDirectory();
        using var writer = new SummaryWriter(directory);
        using (Assert.EnterMultipleScope())
        {
            Refusal.Of("tag", () => writer.AddAudio("", [1f], 0));
            Refusal.Of("samples", () => writer.AddAudio("a", ReadOnlySpan<float>.Empty, 0), "at least one sample");
            Refusal.Of("samples", () => writer.AddAudio("a", [1f], 0, channels: 2), "multiple of 2");
            Refusal.Of("sampleRate", () => writer.AddAudio("a", [1f], 0, sampleRate: 0));
            Refusal.Of("channels", () => writer.AddAudio("a", [1f], 0, channels: 3), "stereo");
            Refusal.Of("layout", () => writer.AddAudio("a", [1f], 0, layout: (AudioLayout)9));
            Refusal.Of("clips", () => writer.AddAudioClips("a", Array.Empty<float[]>(), 0), "At least one clip");
            Refusal.Of("clips", () => writer.AddAudioClips("a", [[1f], []], 0), "at least one sample");
            Refusal.Of("clips", () => writer.AddAudioClips("a", (short[][])[[1], null!], 0), "at least one sample");
        }
    }

    private static void AssertIsWav(SummaryMetadata metadata)
    {
        Assert.That(
            (metadata.PluginData.PluginName, metadata.DataClass), Is.EqualTo(("audio", DataClass.BlobSequence)));
        Assert.That(
            AudioPluginData.Parser.ParseFrom(metadata.PluginData.Content).Encoding,
            Is.EqualTo(AudioPluginData.Types.Encoding.Wav));
    }

    private static short[] Clip(string directory, string tag) =>
        Samples(WrittenEvents.Single(directory, tag).Audio.EncodedAudioString.ToByteArray());

    private static short[] Samples(byte[] wav) =>
        [.. Enumerable.Range(0, (wav.Length - 44) / 2)
            .Select(i => BinaryPrimitives.ReadInt16LittleEndian(wav.AsSpan(44 + (2 * i))))];
}
