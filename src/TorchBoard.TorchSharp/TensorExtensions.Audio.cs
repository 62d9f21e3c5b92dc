using TorchBoard.Audio;
using static TorchSharp.torch;

namespace TorchBoard;

public static partial class TensorExtensions
{
    private const int DefaultSampleRate = 44_100;

    /// <summary>Adds a clip to the Audio dashboard.</summary>
    /// <param name="writer">The writer.</param>
    /// <param name="tag">The tag, such as <c>speech</c>.</param>
    /// <param name="samples">
    /// The samples: floats from -1 to 1, or 16-bit integers; values outside the range are clipped, NaN is silence.
    /// Shape [T] for one channel, or [C, T] with 1 or 2 channels, as in torchaudio.
    /// </param>
    /// <param name="step">The step; any 64-bit number.</param>
    /// <param name="sampleRate">Samples per second and channel: 3000 to 768000, 44100 by default.</param>
    /// <param name="layout">
    /// <see cref="AudioLayout.Planar"/>, the default, for [C, T]; <see cref="AudioLayout.Interleaved"/> for [T, C].
    /// </param>
    /// <param name="wallTime">The time the value was recorded; the current time by default.</param>
    /// <remarks>The clip is copied into a WAV file of 16-bit samples.</remarks>
    /// <exception cref="ArgumentException">
    /// The tag is null, empty or not valid Unicode; the tensor cannot be read or has another type or shape; an argument
    /// is out of range; or earlier steps of the tag have several clips.
    /// </exception>
    /// <exception cref="ObjectDisposedException">The writer is disposed.</exception>
    public static void AddAudio(
        this SummaryWriter writer, string tag, Tensor samples, long step, int sampleRate = DefaultSampleRate,
        AudioLayout layout = AudioLayout.Planar, DateTimeOffset? wallTime = null)
    {
        ArgumentNullException.ThrowIfNull(writer);
        int channels = ChannelsOf(samples, layout, nameof(samples));
        using HostTensor host = SamplesOf(samples, nameof(samples));
        if (host.Type == ScalarType.Int16)
            writer.AddAudio(tag, host.Values<short>(), step, sampleRate, channels, layout, wallTime);
        else
            writer.AddAudio(tag, host.Values<float>(), step, sampleRate, channels, layout, wallTime);
    }

    /// <summary>Adds several clips at one step to the Audio dashboard, which shows them one below the other.</summary>
    /// <param name="writer">The writer.</param>
    /// <param name="tag">The tag, such as <c>speech</c>.</param>
    /// <param name="clips">
    /// The clips, as in <see cref="AddAudio"/>: all of any floating-point types or all 16-bit integers, with the same
    /// number of channels. Lengths may differ.
    /// </param>
    /// <param name="step">The step; any 64-bit number.</param>
    /// <param name="sampleRate">Samples per second and channel: 3000 to 768000, 44100 by default.</param>
    /// <param name="layout">
    /// <see cref="AudioLayout.Planar"/>, the default, for [C, T]; <see cref="AudioLayout.Interleaved"/> for [T, C].
    /// </param>
    /// <param name="wallTime">The time the values were recorded; the current time by default.</param>
    /// <remarks>The number of clips must be the same at every step of a tag; otherwise, TensorBoard fails.</remarks>
    /// <exception cref="ArgumentException">
    /// See <see cref="AddAudio"/>; or there are no clips, they differ in type or channels, or an earlier step of the
    /// tag has another number of clips.
    /// </exception>
    /// <exception cref="ObjectDisposedException">The writer is disposed.</exception>
    public static void AddAudioClips(
        this SummaryWriter writer, string tag, IReadOnlyList<Tensor> clips, long step,
        int sampleRate = DefaultSampleRate, AudioLayout layout = AudioLayout.Planar, DateTimeOffset? wallTime = null)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(clips);
        if (clips.Count == 0)
            throw new ArgumentException("At least one clip is required.", nameof(clips));
        int channels = ChannelsOf(clips[0], layout, nameof(clips));
        if (clips.Any(clip => ChannelsOf(clip, layout, nameof(clips)) != channels))
            throw new ArgumentException("All clips must have the same number of channels.", nameof(clips));
        bool isShort = clips[0].dtype == ScalarType.Int16;
        if (clips.Any(clip => clip.dtype == ScalarType.Int16 != isShort))
            throw new ArgumentException("The clips must be all floats or all integers.", nameof(clips));

        if (isShort)
            writer.AddAudioClips(tag, ArraysOf<short>(clips), step, sampleRate, channels, layout, wallTime);
        else
            writer.AddAudioClips(tag, ArraysOf<float>(clips), step, sampleRate, channels, layout, wallTime);
    }

    private static T[][] ArraysOf<T>(IReadOnlyList<Tensor> clips)
        where T : unmanaged
    {
        var arrays = new T[clips.Count][];
        for (int i = 0; i < arrays.Length; i++)
        {
            using HostTensor host = SamplesOf(clips[i], nameof(clips));
            arrays[i] = host.Values<T>().ToArray();
        }

        return arrays;
    }

    private static int ChannelsOf(Tensor samples, AudioLayout layout, string argument)
    {
        int[] shape = TensorArgument.ShapeOf(samples, argument);
        if (!Enum.IsDefined(layout))
            throw new ArgumentOutOfRangeException(nameof(layout), layout, "The layout must be Interleaved or Planar.");
        if (shape.Length == 1)
            return 1;
        int channels = shape.Length != 2 ? 0 : layout == AudioLayout.Planar ? shape[0] : shape[1];
        if (channels is not (1 or 2))
        {
            throw new ArgumentException(
                $"The shape must be [T], or {(layout == AudioLayout.Planar ? "[C, T]" : "[T, C]")} with 1 or 2 "
                + $"channels; was {TensorArgument.ShapeText(samples)}. Check the layout.",
                argument);
        }

        return channels;
    }

    private static HostTensor SamplesOf(Tensor samples, string argument)
    {
        if (samples.dtype == ScalarType.Int16)
            return new HostTensor(samples, ScalarType.Int16);
        if (!TensorArgument.IsFloatingPoint(samples.dtype))
        {
            throw new ArgumentException(
                $"The tensor must hold floats from -1 to 1 or 16-bit integers; was {samples.dtype}.", argument);
        }

        return new HostTensor(samples, ScalarType.Float32);
    }
}
