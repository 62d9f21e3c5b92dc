using Microsoft.AspNetCore.Http;

namespace TorchBoard.Server.Http.Kinds;

/// <summary>Audio clips: <c>/api/audios</c> lists them, <c>/api/audio</c> is one.</summary>
internal static class Audios
{
    public static ApiAnswer List(ApiRequest request) => ApiAnswer.Of(
        KindValues<Clip[]>.Of(
            request, TagKind.Audio, series => series.ReadAudio(), clips => [.. clips.Select(Describe)]),
        KindJson.Default.KindValuesClipArray);

    public static ApiAnswer One(ApiRequest request)
    {
        AudioClip clip = OneValue.ItemOf(
            request, OneValue.Of(request, TagKind.Audio, (series, step) => series.ReadAudio(step: step)));
        return IsWav(clip.Encoded.Span)
            ? new ApiAnswer("audio/wav", clip.Encoded)
            : throw new ApiException(StatusCodes.Status415UnsupportedMediaType, "The clip is not a WAV file.");
    }

    private static Clip Describe(AudioClip clip) => new(clip.SampleRate, clip.Channels, clip.Encoded.Length);

    private static bool IsWav(ReadOnlySpan<byte> encoded) =>
        encoded.Length > 12 && encoded.StartsWith("RIFF"u8) && encoded[8..12].SequenceEqual("WAVE"u8);

    /// <param name="SampleRate">Samples per second; 0 if the clip does not state it.</param>
    /// <param name="Channels">1 or 2; 0 if the clip does not state it.</param>
    /// <param name="Bytes">The encoded length.</param>
    internal sealed record Clip(double SampleRate, int Channels, int Bytes);
}
