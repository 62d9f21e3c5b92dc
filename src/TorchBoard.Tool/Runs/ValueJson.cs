using TorchBoard.Histograms;
using TorchBoard.Hyperparameters;
using TorchBoard.Tool.Output;

namespace TorchBoard.Tool.Runs;

/// <summary>Converts values for JSON: to numbers, or to objects that describe the content.</summary>
internal static class ValueJson
{
    public static object Of(object value) => value switch
    {
        double number => number,
        Histogram h => new JsonFields
        {
            ["min"] = h.Min,
            ["max"] = h.Max,
            ["count"] = h.Count,
            ["sum"] = h.Sum,
            ["sumOfSquares"] = h.SumOfSquares,
            ["limits"] = h.Limits.ToArray(),
            ["counts"] = h.Counts.ToArray(),
        },
        IReadOnlyList<ImageSample> images => images.Select(image => new JsonFields
        {
            ["width"] = image.Width,
            ["height"] = image.Height,
            ["format"] = image.Format,
            ["bytes"] = image.Encoded.Length,
        }).ToArray(),
        IReadOnlyList<AudioClip> clips => clips.Select(clip => new JsonFields
        {
            ["sampleRate"] = clip.SampleRate,
            ["channels"] = clip.Channels,
            ["contentType"] = clip.ContentType,
            ["label"] = clip.Label,
            ["bytes"] = clip.Encoded.Length,
        }).ToArray(),
        TextValue text => new JsonFields
        {
            ["shape"] = text.Shape.ToArray(),
            ["strings"] = text.Strings.ToArray(),
        },
        PrCurve curve => new JsonFields
        {
            ["truePositives"] = curve.TruePositives.ToArray(),
            ["falsePositives"] = curve.FalsePositives.ToArray(),
            ["trueNegatives"] = curve.TrueNegatives.ToArray(),
            ["falseNegatives"] = curve.FalseNegatives.ToArray(),
            ["precision"] = curve.Precision.ToArray(),
            ["recall"] = curve.Recall.ToArray(),
        },
        MeshPart part => new JsonFields
        {
            ["mesh"] = part.Mesh,
            ["kind"] = part.Kind,
            ["data"] = Of(part.Data),
            ["configJson"] = part.ConfigJson,
        },
        TensorValue tensor => new JsonFields
        {
            ["type"] = tensor.Type,
            ["shape"] = tensor.Shape.ToArray(),
            ["values"] = tensor.Type == TensorType.String ? tensor.ToStrings() : (object?)TensorNumbers.Of(tensor),
        },
        HyperparameterLog log => new JsonFields
        {
            ["values"] = FieldsOf(log.Values),
            ["groupName"] = log.GroupName,
            ["startTime"] = Seconds(log.StartTime),
            ["status"] = log.Status,
            ["endTime"] = Seconds(log.EndTime),
        },
        _ => value.ToString() ?? "",
    };

    private static JsonFields FieldsOf(IEnumerable<KeyValuePair<string, Hyperparameter>> values)
    {
        var fields = new JsonFields();
        foreach ((string name, Hyperparameter value) in values)
            fields.Add(name, Of(value));
        return fields;
    }

    private static double? Seconds(DateTimeOffset? time) => time is { } given ? UnixSeconds.Of(given) : null;

    private static object? Of(Hyperparameter value) => value.Number ?? (object?)value.Boolean ?? value.Text;
}
