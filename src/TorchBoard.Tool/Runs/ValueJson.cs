using TorchBoard.Histograms;
using TorchBoard.Hyperparameters;

namespace TorchBoard.Tool.Runs;

/// <summary>Converts values for JSON: to numbers, or to objects that describe the content.</summary>
internal static class ValueJson
{
    public static object Of(object value) => value switch
    {
        double number => number,
        Histogram h => new
        {
            h.Min,
            h.Max,
            h.Count,
            h.Sum,
            h.SumOfSquares,
            Limits = h.Limits.ToArray(),
            Counts = h.Counts.ToArray(),
        },
        IReadOnlyList<ImageSample> images => images.Select(image => new
        {
            image.Width,
            image.Height,
            image.Format,
            Bytes = image.Encoded.Length,
        }),
        IReadOnlyList<AudioClip> clips => clips.Select(clip => new
        {
            clip.SampleRate,
            clip.Channels,
            clip.ContentType,
            clip.Label,
            Bytes = clip.Encoded.Length,
        }),
        TextValue text => new { Shape = text.Shape.ToArray(), Strings = text.Strings.ToArray() },
        PrCurve curve => new
        {
            TruePositives = curve.TruePositives.ToArray(),
            FalsePositives = curve.FalsePositives.ToArray(),
            TrueNegatives = curve.TrueNegatives.ToArray(),
            FalseNegatives = curve.FalseNegatives.ToArray(),
            Precision = curve.Precision.ToArray(),
            Recall = curve.Recall.ToArray(),
        },
        MeshPart part => new { part.Mesh, part.Kind, Data = Of(part.Data), part.ConfigJson },
        TensorValue tensor => new
        {
            tensor.Type,
            Shape = tensor.Shape.ToArray(),
            Values = tensor.Type == TensorType.String ? (object)tensor.ToStrings() : tensor.ToDoubles(),
        },
        HyperparameterLog log => new
        {
            Values = log.Values.ToDictionary(entry => entry.Key, entry => Of(entry.Value)),
            log.GroupName,
            StartTime = Seconds(log.StartTime),
            log.Status,
            EndTime = Seconds(log.EndTime),
        },
        _ => value.ToString() ?? "",
    };

    private static double? Seconds(DateTimeOffset? time) => time is { } given ? UnixSeconds.Of(given) : null;

    private static object? Of(Hyperparameter value) => value.Number ?? (object?)value.Boolean ?? value.Text;
}
