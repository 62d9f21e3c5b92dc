namespace Dashboards;

/// <summary>
/// A spoken vowel, given by its first three formants (resonances of the vocal tract) in Hz: averages for men from
/// Peterson and Barney, "Control Methods Used in a Study of the Vowels", JASA 24 (1952), table II.
/// </summary>
internal sealed record Vowel(string Word, double First, double Second, double Third)
{
    public const int SampleRate = 16_000;

    private const double Seconds = 0.8;
    private const double Pitch = 115;

    private static readonly double[] Bandwidths = [60, 90, 120];

    public static readonly Vowel[] All =
    [
        new("heed", 270, 2290, 3010),
        new("head", 530, 1840, 2480),
        new("hod", 730, 1090, 2440),
        new("hawed", 570, 840, 2410),
        new("who'd", 300, 870, 2240),
    ];

    /// <summary>Synthesizes the vowel with a slightly falling pitch, through the given number of formants.</summary>
    public float[] Speak(int formants)
    {
        float[] sound = Voice();
        double[] frequencies = [First, Second, Third];
        for (int i = 0; i < formants; i++)
            Resonate(sound, frequencies[i], Bandwidths[i]);
        return Faded(sound);
    }

    // The vocal cords open slowly and close at once: a sawtooth.
    private static float[] Voice()
    {
        float[] sound = new float[(int)(Seconds * SampleRate)];
        double phase = 0;
        for (int i = 0; i < sound.Length; i++)
        {
            double t = (double)i / SampleRate;
            phase += Pitch * (1 - (0.15 * t)) * (1 + (0.01 * Math.Sin(2 * Math.PI * 5 * t))) / SampleRate;
            phase -= Math.Floor(phase);
            sound[i] = (float)((2 * phase) - 1);
        }

        return sound;
    }

    // A two-pole filter.
    private static void Resonate(float[] sound, double frequency, double bandwidth)
    {
        double radius = Math.Exp(-Math.PI * bandwidth / SampleRate);
        double a = 2 * radius * Math.Cos(2 * Math.PI * frequency / SampleRate);
        double b = -radius * radius;
        (double last, double beforeLast) = (0, 0);
        for (int i = 0; i < sound.Length; i++)
        {
            double next = ((1 - a - b) * sound[i]) + (a * last) + (b * beforeLast);
            (last, beforeLast) = (next, last);
            sound[i] = (float)next;
        }
    }

    private static float[] Faded(float[] sound)
    {
        float loudest = sound.Max(Math.Abs);
        int fade = SampleRate / 20;
        for (int i = 0; i < sound.Length; i++)
        {
            float edge = Math.Min(1f, Math.Min(i, sound.Length - 1 - i) / (float)fade);
            sound[i] *= 0.8f / loudest * edge;
        }

        return sound;
    }
}
