using System.Globalization;
using TorchBoard.Histograms;

namespace TorchBoard.Soak;

/// <summary>The values of an event as text that is equal only if the values are.</summary>
internal static class Fingerprint
{
    /// <param name="logged">An event.</param>
    /// <param name="tag">The tag that was passed to the call, with which all tags of the event begin.</param>
    public static string Of(LoggedEvent logged, string tag) => string.Join(
        ' ', logged.Values.Select(value => $"{value.Tag[tag.Length..]}={Text(value.Value)}"));

    private static string Text(object? value) => value switch
    {
        double number => number.ToString("R", CultureInfo.InvariantCulture),
        Histogram h => $"{Text(h.Sum)} {Text(h.SumOfSquares)} {Text(h.Limits)}: {Text(h.Counts)}",
        IReadOnlyList<ImageSample> images => string.Join(", ", images.Select(image => Text(image.Encoded))),
        IReadOnlyList<AudioClip> clips => string.Join(", ", clips.Select(clip => Text(clip.Encoded))),
        TextValue text => string.Join('\0', text.Strings.ToArray()),
        MeshPart part => $"{part.Kind} {Text(part.Data)}",
        TensorValue tensor => Text(tensor.ToDoubles()),
        _ => throw new InvalidDataException($"a value of {value?.GetType().Name ?? "no type"}"),
    };

    private static string Text(ReadOnlySpan<double> numbers) =>
        string.Join(' ', Array.ConvertAll(numbers.ToArray(), number => number.ToString("R", CultureInfo.InvariantCulture)));

    private static string Text(ReadOnlyMemory<byte> bytes) => Convert.ToHexString(bytes.Span);
}
