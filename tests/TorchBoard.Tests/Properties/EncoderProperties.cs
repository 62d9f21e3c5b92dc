using System.Buffers.Binary;
using System.Runtime.InteropServices;
using FsCheck.Fluent;
using TorchBoard.Audio;
using TorchBoard.Drawing;
using TorchBoard.Imaging;
using TorchBoard.Tests.Imaging;

namespace TorchBoard.Tests.Properties;

/// <summary>Pictures and sounds decode to what they were.</summary>
internal sealed class EncoderProperties
{
    [Test]
    public void A_picture_of_any_size_and_content_decodes_to_its_pixels()
    {
        var pictures =
            from width in Gen.Choose(1, 40)
            from height in Gen.Choose(1, 20)
            from channels in Gen.Choose(1, 4)
            from pixels in Gen.Choose(0, 255).Select(i => (byte)i).ArrayOf(width * height * channels)
                .Or(Gen.Choose(0, 3).Select(i => (byte)(i * 85)).ArrayOf(width * height * channels))
            select (width, height, channels, pixels);
        Seeded.Holds(pictures, picture =>
        {
            (int width, int height, int channels, byte[] pixels) = picture;
            PngReader decoded = PngReader.Decode(PngEncoder.Encode(new Raster(width, height, channels, pixels)));
            Assert.That((decoded.Width, decoded.Height, decoded.Channels), Is.EqualTo((width, height, channels)));
            Assert.That(decoded.Pixels, Is.EqualTo(pixels));
        });
    }

    [Test]
    public void A_clip_of_16_bits_decodes_to_its_samples_in_either_layout()
    {
        var clips =
            from channels in Gen.Choose(1, 2)
            from frames in Gen.Choose(1, 100)
            from samples in Gen.Choose(short.MinValue, short.MaxValue).Select(i => (short)i).ArrayOf(frames * channels)
            from layout in Gen.Elements(AudioLayout.Interleaved, AudioLayout.Planar)
            from rate in Gen.Choose(3000, 768_000)
            select (channels, frames, samples, layout, rate);
        Seeded.Holds(clips, clip =>
        {
            byte[] wav = WavEncoder.Encode(clip.samples, new AudioFormat(clip.rate, clip.channels, clip.layout));
            short[] expected = clip.layout == AudioLayout.Interleaved
                ? clip.samples
                : [.. from frame in Enumerable.Range(0, clip.frames)
                      from channel in Enumerable.Range(0, clip.channels)
                      select clip.samples[(channel * clip.frames) + frame]];
            Assert.That(Samples(wav), Is.EqualTo(expected));
            Assert.That(BinaryPrimitives.ReadInt32LittleEndian(wav.AsSpan(4)), Is.EqualTo(wav.Length - 8));
            Assert.That(BinaryPrimitives.ReadInt16LittleEndian(wav.AsSpan(22)), Is.EqualTo(clip.channels));
            Assert.That(BinaryPrimitives.ReadInt32LittleEndian(wav.AsSpan(24)), Is.EqualTo(clip.rate));
            Assert.That(BinaryPrimitives.ReadInt32LittleEndian(wav.AsSpan(40)), Is.EqualTo(wav.Length - 44));
        });
    }

    [Test]
    public void A_clip_of_floats_is_right_to_half_a_step_and_cut_off_beyond_one() =>
        Seeded.Holds(Seeded.Floats.NonEmptyListOf(), list =>
        {
            float[] samples = [.. list];
            short[] decoded = Samples(WavEncoder.Encode(samples, new AudioFormat(8000, 1, AudioLayout.Interleaved)));
            for (int i = 0; i < samples.Length; i++)
            {
                float wanted = float.IsNaN(samples[i]) ? 0 : Math.Clamp(samples[i], -1, 1);
                Assert.That(decoded[i] / 32767.0, Is.EqualTo(wanted).Within(0.5001 / 32767));
            }
        });

    private static short[] Samples(byte[] wav) => MemoryMarshal.Cast<byte, short>(wav.AsSpan(44)).ToArray();
}
