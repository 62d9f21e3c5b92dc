using Google.Protobuf;
using TorchBoard.Graphs;
using TorchBoard.Plugins;

namespace TorchBoard;

/// <summary>A computation graph of a run. Immutable, thread-safe.</summary>
/// <param name="Step">The step.</param>
/// <param name="WallTime">When it was written.</param>
/// <param name="GraphDef">The graph as a serialized GraphDef message.</param>
public sealed record LoggedGraph(long Step, DateTimeOffset WallTime, ReadOnlyMemory<byte> GraphDef)
{
    /// <summary>
    /// Decodes the graph's nodes, in the order of the file. Names and edges are as they were written; other writers
    /// may have written some that <see cref="GraphBuilder"/> refuses.
    /// </summary>
    /// <exception cref="InvalidDataException">The bytes are no GraphDef.</exception>
    public IReadOnlyList<GraphNode> ReadNodes()
    {
        try
        {
            return GraphSummary.NodesOf(Protos.GraphDef.Parser.ParseFrom(GraphDef.Span));
        }
        catch (InvalidProtocolBufferException e)
        {
            throw new InvalidDataException($"The graph of step {Step} is no valid GraphDef: {e.Message}", e);
        }
    }
}
