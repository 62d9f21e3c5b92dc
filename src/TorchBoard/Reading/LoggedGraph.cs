using Google.Protobuf;
using TorchBoard.Graphs;
using TorchBoard.Plugins;

namespace TorchBoard;

/// <summary>A computation graph of a run. Immutable, thread-safe.</summary>
/// <param name="Step">The step.</param>
/// <param name="WallTime">The time it was recorded.</param>
/// <param name="GraphDef">The graph as a serialized GraphDef message.</param>
public sealed record LoggedGraph(long Step, DateTimeOffset WallTime, ReadOnlyMemory<byte> GraphDef)
{
    /// <summary>
    /// Decodes the nodes of the graph, in the order of the file. Names and edges are as written; other writers may use
    /// some that <see cref="GraphBuilder"/> rejects.
    /// </summary>
    /// <exception cref="InvalidDataException">The bytes are not a GraphDef message.</exception>
    public IReadOnlyList<GraphNode> ReadNodes()
    {
        try
        {
            return GraphSummary.NodesOf(Protos.GraphDef.Parser.ParseFrom(GraphDef.Span));
        }
        catch (InvalidProtocolBufferException e)
        {
            throw new InvalidDataException($"The graph at step {Step} is not a valid GraphDef: {e.Message}", e);
        }
    }
}
