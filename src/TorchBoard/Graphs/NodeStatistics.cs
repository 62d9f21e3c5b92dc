namespace TorchBoard.Graphs;

/// <summary>The time and memory that one node used in one run of its graph.</summary>
/// <param name="Node">The node's name in the graph; statistics of other names are not shown.</param>
/// <param name="ComputeTime">The compute time; not negative, stored in microseconds.</param>
/// <param name="MemoryBytes">The number of bytes allocated; not negative, 0 by default.</param>
public sealed record NodeStatistics(string Node, TimeSpan ComputeTime, long MemoryBytes = 0)
{
    /// <summary>The device that ran the node; <c>/device:CPU:0</c> by default.</summary>
    public string Device { get; init; } = "/device:CPU:0";

    /// <summary>
    /// The start time, relative to any reference; zero by default. The time shown for a box of nodes is from the first
    /// start to the last end.
    /// </summary>
    public TimeSpan Start { get; init; }

    /// <summary>The actual shapes of the outputs; none by default.</summary>
    public IReadOnlyList<IReadOnlyList<long>> OutputShapes { get; init; } = [];
}
