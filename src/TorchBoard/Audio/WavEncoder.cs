using System.Buffers;
using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;
using TorchBoard.Numerics;

namespace TorchBoard.Audio;

/// <summary>Encodes clips as WAV: 16-bit PCM.</summary>
internal static class WavEncoder
{
    private const int HeaderLength = 44;
    private const int FormatChunkLength = 16;
    private const short Pcm = 1;

    /// <summary>
    /// Encodes integers as 16-bit samples and other numbers from -1 to 1. Values outside are clipped; NaN is silence.
    /// </summary>
    public static byte[] Encode<T>(ReadOnlySpan<T> samples, AudioFormat format)
        where T : unmanaged, INumberBase<T>
    {
        short[] quantized = ArrayPool<short>.Shared.Rent(samples.Length);
        for (int i = 0; i < samples.Length; i++)
        {
            quantized[i] = Numbers.IsInteger<T>()
                ? short.CreateSaturating(samples[i])
                : Quantize(float.CreateTruncating(samples[i]));
        }

        byte[] wav = EncodeShorts(quantized.AsSpan(0, samples.Length), format);
        ArrayPool<short>.Shared.Return(quantized);
        return wav;
    }

    private static byte[] EncodeShorts(ReadOnlySpan<short> samples, AudioFormat format)
    {
        byte[] wav = new byte[HeaderLength + (samples.Length * sizeof(short))];
        WriteHeader(wav, format);
        Span<short> interleaved = MemoryMarshal.Cast<byte, short>(wav.AsSpan(HeaderLength));
        if (format.Channels == 1 || format.Layout == AudioLayout.Interleaved)
            samples.CopyTo(interleaved);
        else
            Interleave(samples, interleaved, format.Channels);
        return wav;
    }

    private static short Quantize(float sample) =>
        float.IsNaN(sample) ? (short)0 : (short)MathF.Round(Math.Clamp(sample, -1f, 1f) * short.MaxValue);

    private static void Interleave(ReadOnlySpan<short> planes, Span<short> interleaved, int channels)
    {
        int plane = planes.Length / channels;
        for (int c = 0; c < channels; c++)
        {
            ReadOnlySpan<short> source = planes.Slice(c * plane, plane);
            for (int i = 0, to = c; i < source.Length; i++, to += channels)
                interleaved[to] = source[i];
        }
    }

    private static void WriteHeader(Span<byte> wav, AudioFormat format)
    {
        int frameLength = format.Channels * sizeof(short);
        "RIFF"u8.CopyTo(wav);
        BinaryPrimitives.WriteInt32LittleEndian(wav[4..], wav.Length - 8);
        "WAVEfmt "u8.CopyTo(wav[8..]);
        BinaryPrimitives.WriteInt32LittleEndian(wav[16..], FormatChunkLength);
        BinaryPrimitives.WriteInt16LittleEndian(wav[20..], Pcm);
        BinaryPrimitives.WriteInt16LittleEndian(wav[22..], (short)format.Channels);
        BinaryPrimitives.WriteInt32LittleEndian(wav[24..], format.SampleRate);
        BinaryPrimitives.WriteInt32LittleEndian(wav[28..], format.SampleRate * frameLength);
        BinaryPrimitives.WriteInt16LittleEndian(wav[32..], (short)frameLength);
        BinaryPrimitives.WriteInt16LittleEndian(wav[34..], 8 * sizeof(short));
        "data"u8.CopyTo(wav[36..]);
        BinaryPrimitives.WriteInt32LittleEndian(wav[40..], wav.Length - HeaderLength);
    }
}
