using System.Globalization;
using TorchBoard.Tool.Files;
using TorchBoard.Tool.Runs;

namespace TorchBoard.Tool.Exporting;

/// <summary>Writes images, audio and text as files: <c>RUN/TAG/STEP.png</c>, numbered if a step has several.</summary>
internal sealed class MediaExport(SafeNames names, NewFiles files)
{
    public static bool Takes(TagKind kind) => kind is TagKind.Image or TagKind.Audio or TagKind.Text;

    /// <returns>The paths of the files.</returns>
    public IEnumerable<string> Write(RunLog run, TagInfo info)
    {
        if (LoggedSeries.Of(run, info) is not { } series)
            yield break;
        var atStep = new Dictionary<long, int>();
        for (int i = 0; i < series.Values.Length; i++)
        {
            foreach ((string extension, ReadOnlyMemory<byte> bytes) in Parts(series.Values[i]))
            {
                // A step can occur twice and can have several images.
                int number = atStep.GetValueOrDefault(series.Steps[i]);
                atStep[series.Steps[i]] = number + 1;
                string suffix = number > 0 ? FormattableString.Invariant($"-{number}") : "";
                string step = series.Steps[i].ToString(CultureInfo.InvariantCulture);
                string path = names.PathOf(run.Name, info.Tag, step + suffix, extension);
                File.WriteAllBytes(files.Add(path), bytes.Span);
                yield return path;
            }
        }
    }

    private static IEnumerable<(string Extension, ReadOnlyMemory<byte> Bytes)> Parts(object value) => value switch
    {
        IReadOnlyList<ImageSample> images =>
            images.Select(image => (image.Format == "apng" ? "png" : image.Format, image.Encoded)),
        IReadOnlyList<AudioClip> clips => clips.Select(clip => (Extension(clip), clip.Encoded)),
        TextValue text => [("md", System.Text.Encoding.UTF8.GetBytes(text.ToString()))],
        _ => [],
    };

    private static string Extension(AudioClip clip) =>
        clip.ContentType is "" or "audio/wav" or "audio/x-wav" || clip.Encoded.Span.StartsWith("RIFF"u8)
            ? "wav"
            : "bin";
}
