using System.Numerics;
using TorchBoard.Audio;
using TorchBoard.Plugins;

namespace TorchBoard;

public sealed partial class SummaryWriter
{
    private const int DefaultSampleRate = 44_100;

    /// <summary>Adds a clip to the Audio dashboard.</summary>
    /// <typeparam name="T">Any numeric type.</typeparam>
    /// <param name="tag">The tag, such as <c>speech</c>.</param>
    /// <param name="samples">
    /// The samples: integers are 16-bit samples, -32768 to 32767, other numbers -1 to 1. Values outside the range are
    /// clipped; NaN is silence.
    /// </param>
    /// <param name="step">The step; any 64-bit integer.</param>
    /// <param name="sampleRate">Samples per second and channel; 3000 to 768000, 44100 by default.</param>
    /// <param name="channels">1 (mono, the default) or 2 (stereo).</param>
    /// <param name="layout">The order of the samples of two channels; interleaved by default.</param>
    /// <param name="wallTime">The time it was recorded; the current time by default.</param>
    /// <remarks>The clip is stored as a WAV file with 16-bit samples.</remarks>
    /// <exception cref="ArgumentException">
    /// The tag is null, empty or not valid Unicode, or has values of another kind; the clip is empty; two channels have
    /// an odd number of samples; an argument is out of range; or an earlier step of the tag has several clips.
    /// </exception>
    /// <exception cref="ObjectDisposedException">The writer is disposed.</exception>
    public void AddAudio<T>(
        string tag, ReadOnlySpan<T> samples, long step, int sampleRate = DefaultSampleRate, int channels = 1,
        AudioLayout layout = AudioLayout.Interleaved, DateTimeOffset? wallTime = null)
        where T : unmanaged, INumberBase<T>
    {
        AudioFormat format = CheckClips(tag, 1, nameof(tag), sampleRate, channels, layout);
        format.ThrowIfNotOf(samples.Length, nameof(samples));
        AppendClip(tag, WavEncoder.Encode(samples, format), format, samples.Length, step, wallTime);
    }

    /// <summary>Adds several clips at one step to the Audio dashboard, which shows them one below the other.</summary>
    /// <typeparam name="T">Any numeric type.</typeparam>
    /// <param name="tag">The tag, such as <c>speech</c>.</param>
    /// <param name="clips">
    /// The samples of the clips, which may differ in length: integers are 16-bit samples, -32768 to 32767, other
    /// numbers -1 to 1. Values outside the range are clipped; NaN is silence.
    /// </param>
    /// <param name="step">The step; any 64-bit integer.</param>
    /// <param name="sampleRate">Samples per second and channel; 3000 to 768000, 44100 by default.</param>
    /// <param name="channels">1 (mono, the default) or 2 (stereo).</param>
    /// <param name="layout">The order of the samples of two channels; interleaved by default.</param>
    /// <param name="wallTime">The time they were recorded; the current time by default.</param>
    /// <remarks>Every step of a tag must have the same number of clips; otherwise, TensorBoard fails.</remarks>
    /// <exception cref="ArgumentException">
    /// The tag is null, empty or not valid Unicode, or has values of another kind; there are no clips; a clip is null
    /// or empty; two channels have an odd number of samples; an argument is out of range; or an earlier step of the tag
    /// has a different number of clips.
    /// </exception>
    /// <exception cref="ObjectDisposedException">The writer is disposed.</exception>
    public void AddAudioClips<T>(
        string tag, IReadOnlyList<T[]> clips, long step, int sampleRate = DefaultSampleRate, int channels = 1,
        AudioLayout layout = AudioLayout.Interleaved, DateTimeOffset? wallTime = null)
        where T : unmanaged, INumberBase<T>
    {
        ArgumentNullException.ThrowIfNull(clips);
        AudioFormat format = CheckClips(tag, clips.Count, nameof(clips), sampleRate, channels, layout);
        byte[][] wavs = new byte[clips.Count][];
        for (int i = 0; i < wavs.Length; i++)
        {
            format.ThrowIfNotOf(clips[i]?.Length ?? 0, nameof(clips));
            wavs[i] = WavEncoder.Encode<T>(clips[i], format);
        }

        AppendClips(tag, wavs, step, wallTime);
    }

    private static AudioFormat CheckClips(
        string tag, int count, string argument, int sampleRate, int channels, AudioLayout layout)
    {
        Tag.ThrowIfInvalid(tag);
        if (count == 0)
            throw new ArgumentException("At least one clip is required; there are none.", argument);
        var format = new AudioFormat(sampleRate, channels, layout);
        format.ThrowIfInvalid();
        return format;
    }

    private void AppendClip(
        string tag, byte[] wav, AudioFormat format, int samples, long step, DateTimeOffset? wallTime)
    {
        Claim(tag, PluginTable.Audio);
        SettleClipCount(tag, 1, nameof(tag));
        Append(() => AudioSummary.Of(tag, wav, format, samples), wav.Length, step, wallTime);
    }

    private void AppendClips(string tag, byte[][] wavs, long step, DateTimeOffset? wallTime)
    {
        long size = wavs.Sum(wav => (long)wav.Length);
        ThrowIfTooLarge(size, "clips");
        Claim(tag, PluginTable.Audio);
        SettleClipCount(tag, wavs.Length, "clips");
        Append(() => AudioSummary.Of(tag, wavs), size, step, wallTime);
    }

    private void SettleClipCount(string tag, int count, string argument)
    {
        int settled = _run.ClipCounts.Of(tag, count);
        if (settled != count)
        {
            throw new ArgumentException(
                $"Earlier steps of the tag '{tag}' have {settled} clips; this one has {count}. TensorBoard requires "
                + "the same number at every step of a tag. Use another tag, or add short silent clips.",
                argument);
        }
    }
}
