using System.Globalization;
using System.Text.Json;

namespace TorchBoard.Graphs;

/// <summary>
/// Reads profiles of ONNX Runtime: the times of the nodes in one run of a session. Of several runs, that is the one of
/// median duration, because the first ones load and allocate.
/// </summary>
internal static class OnnxProfile
{
    private const string NodeSuffix = "_kernel_time";
    private const string ProviderSuffix = "ExecutionProvider";

    public static IReadOnlyList<NodeStatistics> Read(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        try
        {
            using FileStream file = File.OpenRead(path);
            using JsonDocument json = JsonDocument.Parse(file);
            JsonElement[] events = [.. json.RootElement.EnumerateArray()];
            Span? run = MedianRun(events);
            NodeStatistics[] nodes =
            [
                .. events.Where(e => IsOf(e, "Node") && NameOf(e).EndsWith(NodeSuffix, StringComparison.Ordinal))
                    .Where(e => run is not { } within || within.Contains(Span.Of(e)))
                    .Select(e => NodeOf(e, run?.Start ?? 0)),
            ];
            return nodes.Length > 0 ? nodes : throw new InvalidDataException(
                $"'{path}' has no times of nodes: run the session before EndProfiling.");
        }
        catch (JsonException e)
        {
            throw new InvalidDataException(
                $"'{path}' is not a profile of ONNX Runtime, or is truncated; EndProfiling completes it: {e.Message}", e);
        }
        catch (Exception e) when (e is InvalidOperationException or KeyNotFoundException or FormatException or OverflowException)
        {
            throw new InvalidDataException($"'{path}' is not a profile of ONNX Runtime: {e.Message}", e);
        }
    }

    private static Span? MedianRun(JsonElement[] events)
    {
        Span[] runs = [.. events.Where(e => IsOf(e, "Session") && NameOf(e) == "model_run").Select(Span.Of)];
        Array.Sort(runs, (a, b) => a.Length.CompareTo(b.Length));
        return runs.Length > 0 ? runs[(runs.Length - 1) / 2] : null;
    }

    private static bool IsOf(JsonElement e, string category) =>
        e.TryGetProperty("cat", out JsonElement value) && value.GetString() == category;

    private static string NameOf(JsonElement e) => e.GetProperty("name").GetString() ?? "";

    private static NodeStatistics NodeOf(JsonElement e, long start)
    {
        JsonElement arguments = e.GetProperty("args");
        Span span = Span.Of(e);
        return new NodeStatistics(
            NodeNames.Valid(NameOf(e)[..^NodeSuffix.Length]), TimeSpan.FromMicroseconds(span.Length), BytesOf(arguments))
        {
            Device = DeviceOf(arguments),
            Start = TimeSpan.FromMicroseconds(Math.Max(0, span.Start - start)),
            OutputShapes = ShapesOf(arguments),
        };
    }

    private static long BytesOf(JsonElement arguments) => arguments.TryGetProperty("output_size", out JsonElement size)
        ? Math.Max(0, long.Parse(size.GetString() ?? "", CultureInfo.InvariantCulture))
        : 0;

    private static string DeviceOf(JsonElement arguments)
    {
        string provider = arguments.TryGetProperty("provider", out JsonElement value) ? value.GetString() ?? "" : "";
        string device = provider.EndsWith(ProviderSuffix, StringComparison.Ordinal)
            ? provider[..^ProviderSuffix.Length]
            : provider;
        return device switch
        {
            "" => "/device:CPU:0",
            "CUDA" or "Tensorrt" or "ROCM" or "MIGraphX" or "Dml" => "/device:GPU:0",
            _ => $"/device:{device}:0",
        };
    }

    /// <summary>The shapes of the outputs, each an object from a type to a shape.</summary>
    private static IReadOnlyList<long>[] ShapesOf(JsonElement arguments) =>
        arguments.TryGetProperty("output_type_shape", out JsonElement outputs)
            ?
            [
                .. outputs.EnumerateArray().SelectMany(output => output.EnumerateObject())
                    .Select(shape => shape.Value.EnumerateArray().Select(size => Math.Max(0, size.GetInt64())).ToArray()),
            ]
            : [];

    /// <summary>A time in microseconds since the start of the profile.</summary>
    private readonly record struct Span(long Start, long Length)
    {
        public static Span Of(JsonElement e)
        {
            (long start, long length) = (e.GetProperty("ts").GetInt64(), e.GetProperty("dur").GetInt64());
            return start >= 0 && length >= 0 ? new Span(start, length) : throw new FormatException("A time is negative.");
        }

        public bool Contains(Span other) => other.Start >= Start && other.Start - Start <= Length
            && other.Length <= Length - (other.Start - Start);
    }
}
