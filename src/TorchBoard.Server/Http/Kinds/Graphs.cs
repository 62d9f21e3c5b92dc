using Microsoft.AspNetCore.Http;
using TorchBoard.Graphs;
using TorchBoard.Indexing;
using static System.FormattableString;

namespace TorchBoard.Server.Http.Kinds;

/// <summary>A graph with its execution statistics: <c>/api/graph</c>.</summary>
internal static class Graphs
{
    /// <summary>The maximum number of nodes. The page lays out only unfolded ones, but searches and lists all.</summary>
    private const int MostNodes = 200_000;

    public static ApiAnswer One(ApiRequest request) => ApiAnswer.Of(Of(request), KindJson.Default.NodesAndTimes);

    private static NodesAndTimes Of(ApiRequest request)
    {
        string tag = request.Text("tag");
        IndexedRun run = request.Run;
        bool isKeras = false;
        IReadOnlyList<Node> nodes;
        try
        {
            if (!run.TryFind(tag, out IndexedSeries? series))
                throw NotFound(tag);
            isKeras = series.PluginName == SeriesKind.Keras;
            nodes = isKeras
                ? KerasGraph.Read(series.ReadValues(1) is [{ Items: [var json, ..] }] ? json : throw NotFound(tag))
                : series.ReadGraphs() is [.., var last] ? [.. last.ReadNodes().Select(Describe)] : throw NotFound(tag);
        }
        catch (InvalidDataException e)
        {
            throw new ApiException(StatusCodes.Status415UnsupportedMediaType, e.Message);
        }

        if (nodes.Count > MostNodes)
        {
            throw new ApiException(
                StatusCodes.Status413PayloadTooLarge, Invariant($"The graph has {nodes.Count} nodes; at most {MostNodes} are shown."));
        }

        // The layers of a model have other names than the operations that were measured.
        return new NodesAndTimes(
            nodes, isKeras ? [] : [.. run.Series.Select(StatisticsOf).Where(one => one.Nodes.Length > 0)]);
    }

    private static ApiException NotFound(string tag) => ApiRequest.NotFound($"The run has no graph '{tag}'.");

    private static Node Describe(GraphNode node) => new(
        node.Name,
        node.Op,
        node.Inputs.Count > 0 ? [.. node.Inputs] : null,
        node.Device.Length > 0 ? node.Device : null,
        node.Type == TensorType.Unknown ? null : node.Type.ToString(),
        node.OutputShapes.Count > 0 ? [.. node.OutputShapes.Select(TextOf)] : null,
        node.Attributes.Count > 0 ? [.. node.Attributes.Select(attribute => new[] { attribute.Key, attribute.Value.ToString() })] : null);

    private static string TextOf(IReadOnlyList<long>? shape) => shape is null
        ? "?"
        : string.Join("×", shape.Select(size => size < 0 ? "?" : Invariant($"{size}"))) is { Length: > 0 } text ? text : "1";

    private static Statistics StatisticsOf(IndexedSeries series) => new(
        series.Tag,
        [
            .. series.ReadStatistics().GroupBy(node => node.Node, StringComparer.Ordinal).Select(node => new Usage(
                node.Key, node.Sum(one => one.ComputeTime.TotalMicroseconds), node.Sum(one => (double)one.MemoryBytes))),
        ]);

    /// <param name="Nodes">The nodes, in the order of the file.</param>
    /// <param name="Statistics">The execution statistics of the run.</param>
    internal sealed record NodesAndTimes(IReadOnlyList<Node> Nodes, Statistics[] Statistics);

    /// <param name="Name">The name, whose slashes nest it.</param>
    /// <param name="Op">The operation.</param>
    /// <param name="Inputs">The inputs as written.</param>
    /// <param name="Device">The device.</param>
    /// <param name="Type">The type of the outputs.</param>
    /// <param name="Shapes">The shapes of the outputs.</param>
    /// <param name="Attributes">Names and values.</param>
    internal sealed record Node(
        string Name, string Op, string[]? Inputs, string? Device, string? Type, string[]? Shapes, string[][]? Attributes);

    internal sealed record Statistics(string Tag, Usage[] Nodes);

    /// <param name="Name">The node.</param>
    /// <param name="Micros">The compute time, in microseconds.</param>
    /// <param name="Bytes">The memory.</param>
    internal sealed record Usage(string Name, double Micros, double Bytes);
}
