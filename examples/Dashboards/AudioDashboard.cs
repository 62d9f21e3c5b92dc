using TorchBoard;

namespace Dashboards;

/// <summary>
/// Logs speech-like sound: five vowels, clearer with each formant, and a voice that walks by in stereo.
/// </summary>
internal static class AudioDashboard
{
    public static void Write(SummaryWriter writer)
    {
        string words = string.Join(", ", Vowel.All.Select(vowel => $"*{vowel.Word}*"));
        writer.Describe("speech/vowels", "Five vowels", $"As in {words}; the step is the number of formants.");
        for (int formants = 1; formants <= 3; formants++)
        {
            float[][] clips = [.. Vowel.All.Select(vowel => vowel.Speak(formants))];
            writer.AddAudioClips("speech/vowels", clips, formants, Vowel.SampleRate);
        }

        writer.Describe("speech/stereo", "Walking by", "The same voice, from left to right.");
        float[] sound = [.. Vowel.All.SelectMany(vowel => vowel.Speak(3))];
        writer.AddAudio("speech/stereo", WalkingBy(sound), 0, Vowel.SampleRate, channels: 2);
    }

    // From left to right at equal power; interleaved channels.
    private static float[] WalkingBy(float[] sound)
    {
        float[] stereo = new float[2 * sound.Length];
        for (int i = 0; i < sound.Length; i++)
        {
            float angle = MathF.PI / 2 * i / sound.Length;
            stereo[2 * i] = sound[i] * MathF.Cos(angle);
            stereo[(2 * i) + 1] = sound[i] * MathF.Sin(angle);
        }

        return stereo;
    }
}
