namespace TorchBoard.Audio;

/// <summary>The sample rate, channels and layout of audio samples.</summary>
internal readonly record struct AudioFormat(int SampleRate, int Channels, AudioLayout Layout)
{
    // The rates that browsers play.
    private const int LowestRate = 3_000;
    private const int HighestRate = 768_000;

    // Sizes have 32 bits in a WAV file and 31 in a value of an event file.
    private const int MostSamples = (1 << 30) - (1 << 16);

    public void ThrowIfInvalid()
    {
        if (SampleRate is < LowestRate or > HighestRate)
        {
            throw new ArgumentOutOfRangeException(
                "sampleRate", SampleRate,
                $"The sample rate must be between {LowestRate} and {HighestRate} Hz, the limits of browsers.");
        }

        if (Channels is < 1 or > 2)
        {
            throw new ArgumentOutOfRangeException(
                "channels", Channels, "The number of channels must be 1 (mono) or 2 (stereo).");
        }

        if (Layout is not (AudioLayout.Interleaved or AudioLayout.Planar))
            throw new ArgumentOutOfRangeException("layout", Layout, "The layout must be Interleaved or Planar.");
    }

    public void ThrowIfNotOf(int samples, string argument)
    {
        if (samples == 0)
            throw new ArgumentException("There must be at least one sample; was 0.", argument);
        if (samples % Channels != 0)
        {
            throw new ArgumentException(
                $"The number of samples must be a multiple of {Channels}, the number of channels; was {samples}.",
                argument);
        }

        if (samples > MostSamples)
            throw new ArgumentException($"A clip must have at most {MostSamples} samples; was {samples}.", argument);
    }
}
