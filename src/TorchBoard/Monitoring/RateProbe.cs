using System.Net.NetworkInformation;

namespace TorchBoard.Monitoring;

/// <summary>Samples how fast counters of the system grow, such as of bytes read. The first sample is since its creation.</summary>
/// <param name="clock">The time provider.</param>
/// <param name="read">Returns the counters with the names of their rates per second.</param>
internal sealed class RateProbe(TimeProvider clock, Func<IEnumerable<(string Name, double Total)>> read) : IProbe
{
    private const double BytesPerMiB = 1 << 20;

    private long _lastTime = clock.GetTimestamp();
    private Dictionary<string, double> _last = read().ToDictionary(one => one.Name, one => one.Total);

    /// <summary>What this process reads from disks and writes to them, in Linux.</summary>
    /// <param name="root">The root of the file system, <c>/</c>.</param>
    /// <param name="clock">The time provider.</param>
    public static RateProbe OfDisk(string root, TimeProvider clock)
    {
        string file = Path.Combine(root, "proc/self/io");
        return new RateProbe(clock, Read);

        IEnumerable<(string, double)> Read()
        {
            if (SystemFile.NumberOf(file, "read_bytes") is { } read)
                yield return ("disk_read_mib_per_second", read / BytesPerMiB);
            if (SystemFile.NumberOf(file, "write_bytes") is { } written)
                yield return ("disk_write_mib_per_second", written / BytesPerMiB);
        }
    }

    /// <summary>What the machine, or the container, receives and sends, except to itself.</summary>
    public static RateProbe OfNetwork(TimeProvider clock)
    {
        return new RateProbe(clock, Read);

        static IEnumerable<(string, double)> Read()
        {
            (long received, long sent) = NetworkBytes();
            yield return ("network_received_mib_per_second", received / BytesPerMiB);
            yield return ("network_sent_mib_per_second", sent / BytesPerMiB);
        }
    }

    public IEnumerable<(string Name, double Value)> Sample()
    {
        long time = clock.GetTimestamp();
        double elapsed = clock.GetElapsedTime(_lastTime, time).TotalSeconds;
        if (elapsed <= 0)
            yield break;
        Dictionary<string, double> totals = read().ToDictionary(one => one.Name, one => one.Total);

        // A counter begins again when its source is replaced, such as a network adapter.
        foreach ((string name, double total) in totals)
        {
            if (_last.TryGetValue(name, out double last) && total >= last)
                yield return (name, (total - last) / elapsed);
        }

        (_lastTime, _last) = (time, totals);
    }

    public void Dispose()
    {
    }

    private static (long Received, long Sent) NetworkBytes()
    {
        long received = 0;
        long sent = 0;
        try
        {
            foreach (NetworkInterface adapter in NetworkInterface.GetAllNetworkInterfaces())
            {
                if (adapter.NetworkInterfaceType is NetworkInterfaceType.Loopback or NetworkInterfaceType.Tunnel
                    || IsOfContainers(adapter.Name))
                {
                    continue;
                }

                IPInterfaceStatistics statistics = adapter.GetIPStatistics();
                received += statistics.BytesReceived;
                sent += statistics.BytesSent;
            }
        }
        catch (Exception e) when (e is NetworkInformationException or PlatformNotSupportedException or IOException)
        {
            // The system does not tell.
        }

        return (received, sent);
    }

    // What they receive also passes the machine's own adapter.
    private static bool IsOfContainers(string name) =>
        name.StartsWith("veth", StringComparison.Ordinal) || name.StartsWith("docker", StringComparison.Ordinal)
        || name.StartsWith("br-", StringComparison.Ordinal) || name.StartsWith("virbr", StringComparison.Ordinal);
}
