
namespace TorchBoard.Monitoring;

/// <summary>
/// Samples this process and the machine's memory. Percentages of time refer to the time since the previous sample.
/// </summary>
internal sealed class ProcessProbe(TimeProvider clock)
{
    private const double BytesPerMiB = 1 << 20;

    private long _lastTime = clock.GetTimestamp();
    private TimeSpan _lastCpu = Environment.CpuUsage.TotalTime;
    private TimeSpan _lastPause = GC.GetTotalPauseDuration();

    public IEnumerable<(string Name, double Value)> Sample()
    {
        long time = clock.GetTimestamp();
        double elapsed = clock.GetElapsedTime(_lastTime, time).TotalSeconds;
        (_lastTime, TimeSpan cpu, TimeSpan pause) = (time, Environment.CpuUsage.TotalTime, GC.GetTotalPauseDuration());

        // The first sample can come immediately; a percentage of zero time is undefined.
        if (elapsed > 0)
        {
            yield return ("cpu_percent", 100 * (cpu - _lastCpu).TotalSeconds / (elapsed * Environment.ProcessorCount));
            yield return ("gc_pause_percent", 100 * (pause - _lastPause).TotalSeconds / elapsed);
        }

        (_lastCpu, _lastPause) = (cpu, pause);
        GCMemoryInfo memory = GC.GetGCMemoryInfo();
        yield return ("memory_working_set_mib", Environment.WorkingSet / BytesPerMiB);
        yield return ("memory_managed_heap_mib", GC.GetTotalMemory(forceFullCollection: false) / BytesPerMiB);
        if (memory.TotalAvailableMemoryBytes > 0 && memory.MemoryLoadBytes > 0)
            yield return ("memory_machine_percent", 100.0 * memory.MemoryLoadBytes / memory.TotalAvailableMemoryBytes);
        for (int generation = 0; generation <= GC.MaxGeneration; generation++)
            yield return ($"gc_collections_gen{generation}", GC.CollectionCount(generation));
        yield return ("thread_pool_queue", ThreadPool.PendingWorkItemCount);
    }
}
