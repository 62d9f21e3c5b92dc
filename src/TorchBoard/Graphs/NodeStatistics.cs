namespace TorchBoard.Graphs;

/// <summary>What one node took when its graph was run once.</summary>
/// <param name="Node">The node's name, as in the graph; others are not shown.</param>
/// <param name="ComputeTime">How long it ran; not negative, kept to the microsecond.</param>
/// <param name="MemoryBytes">How many bytes it allocated; not negative, 0 by default.</param>
public sealed record NodeStatistics(string Node, TimeSpan ComputeTime, long MemoryBytes = 0)
{
    /// <summary>The device that it ran on; the processor, <c>/device:CPU:0</c>, by default.</summary>
    public string Device { get; init; } = "/device:CPU:0";

    /// <summary>
    /// When it began, counted from any moment; zero by default. A box of nodes is shown to take from the first
    /// beginning to the last end.
    /// </summary>
    public TimeSpan Start { get; init; }

    /// <summary>The shapes of its outputs, as they were; none by default.</summary>
    public IReadOnlyList<IReadOnlyList<long>> OutputShapes { get; init; } = [];
}
