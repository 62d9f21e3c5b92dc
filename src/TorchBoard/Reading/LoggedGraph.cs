namespace TorchBoard;

/// <summary>A computation graph of a run.</summary>
/// <param name="Step">The step.</param>
/// <param name="WallTime">When it was written: seconds since 1970-01-01 UTC.</param>
/// <param name="GraphDef">The graph as a serialized GraphDef message.</param>
public sealed record LoggedGraph(long Step, double WallTime, ReadOnlyMemory<byte> GraphDef);
