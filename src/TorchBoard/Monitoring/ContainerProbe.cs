namespace TorchBoard.Monitoring;

/// <summary>Samples what is used of the limits of a container, or of another control group of Linux.</summary>
/// <param name="root">The root of the file system, <c>/</c>.</param>
/// <param name="clock">The time provider.</param>
internal sealed class ContainerProbe(string root, TimeProvider clock) : IProbe
{
    private long _lastTime = clock.GetTimestamp();
    private double? _lastSeconds = ContainerLimits.Read(root).ProcessorSeconds;

    public IEnumerable<(string Name, double Value)> Sample()
    {
        ContainerLimits limits = ContainerLimits.Read(root);
        long time = clock.GetTimestamp();
        double elapsed = clock.GetElapsedTime(_lastTime, time).TotalSeconds;
        if (limits is { MemoryLimit: > 0 and var limit, MemoryUsed: { } used })
            yield return ("container_memory_percent", 100 * used / limit);
        if (limits.ProcessorLimit is { } processors && limits.ProcessorSeconds - _lastSeconds is { } seconds && elapsed > 0)
            yield return ("container_cpu_percent", 100 * seconds / (elapsed * processors));
        (_lastTime, _lastSeconds) = (time, limits.ProcessorSeconds);
    }

    public void Dispose()
    {
    }
}
