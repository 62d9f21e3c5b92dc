namespace TorchBoard.Audio;

/// <summary>How samples stand in an array, and how fast they follow one another.</summary>
internal readonly record struct AudioFormat(int SampleRate, int Channels, AudioLayout Layout)
{
    // What browsers play.
    private const int LowestRate = 3_000;
    private const int HighestRate = 768_000;

    // A WAV file counts its bytes with 32 bits, an event file's value with 31.
    private const int MostSamples = (1 << 30) - (1 << 16);

    public void ThrowIfInvalid()
    {
        if (SampleRate is < LowestRate or > HighestRate)
        {
            throw new ArgumentOutOfRangeException(
                "sampleRate", SampleRate, $"Browsers play {LowestRate} to {HighestRate} samples a second.");
        }

        if (Channels is < 1 or > 2)
            throw new ArgumentOutOfRangeException("channels", Channels, "1 channel (mono) or 2 (stereo) are wanted.");
        if (Layout is not (AudioLayout.Interleaved or AudioLayout.Planar))
            throw new ArgumentOutOfRangeException("layout", Layout, "The layout is Interleaved or Planar.");
    }

    public void ThrowIfNotOf(int samples, string argument)
    {
        if (samples == 0)
            throw new ArgumentException("The clip is empty; at least one sample is wanted.", argument);
        if (samples % Channels != 0)
        {
            throw new ArgumentException(
                $"{Channels} channels have equally many samples; {samples} were given, an odd number.", argument);
        }

        if (samples > MostSamples)
            throw new ArgumentException($"A clip has at most {MostSamples} samples; {samples} were given.", argument);
    }
}
