using System.Globalization;
using TorchBoard.Tool.Files;

namespace TorchBoard.Tool.Exporting;

/// <summary>
/// Writes images, audio, text and tensors as files: <c>RUN/TAG/STEP.png</c>, numbered if a step has several.
/// </summary>
internal sealed class MediaExport(SafeNames names, NewFiles files)
{
    /// <summary>The kinds whose values are files of their own.</summary>
    public static readonly TagKind[] Kinds = [TagKind.Image, TagKind.Audio, TagKind.Text, TagKind.Tensor];

    /// <returns>The paths of the files.</returns>
    public IEnumerable<string> Write(ExportedRun run, IReadOnlyCollection<TagKind> kinds, string[] tags)
    {
        var atStep = new Dictionary<(string Tag, long Step), int>();
        foreach (ExportedValue value in run.Values(kinds, tags))
        {
            foreach ((string extension, ReadOnlyMemory<byte> bytes) in Parts(value.Value))
            {
                // A step can occur twice and can have several images.
                int number = atStep.GetValueOrDefault((value.Tag, value.Step));
                atStep[(value.Tag, value.Step)] = number + 1;
                string suffix = number > 0 ? FormattableString.Invariant($"-{number}") : "";
                string step = value.Step.ToString(CultureInfo.InvariantCulture);
                string path = names.PathOf(run.Name, value.Tag, step + suffix, extension);
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
        TensorValue tensor => NpyFile.Of(tensor) is { } bytes ? [("npy", bytes)] : [],
        _ => [],
    };

    private static string Extension(AudioClip clip) =>
        clip.ContentType is "" or "audio/wav" or "audio/x-wav" || clip.Encoded.Span.StartsWith("RIFF"u8)
            ? "wav"
            : "bin";
}
