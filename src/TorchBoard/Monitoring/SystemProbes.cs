namespace TorchBoard.Monitoring;

/// <summary>The probes of this machine besides that of the process.</summary>
internal static class SystemProbes
{
    private const string Root = "/";

    public static IReadOnlyList<IProbe> Open(SystemMonitorOptions options, TimeProvider clock)
    {
        var probes = new List<IProbe>();
        if (options.Disk && OperatingSystem.IsLinux())
            probes.Add(RateProbe.OfDisk(Root, clock));
        if (options.Network)
            probes.Add(RateProbe.OfNetwork(clock));
        if (OperatingSystem.IsLinux())
            probes.Add(new ContainerProbe(Root, clock));
        if (!options.Gpus)
            return probes;

        int nvidia = 0;
        if (NvidiaProbe.TryOpen(NvidiaLibrary.DefaultName) is { } gpus)
        {
            probes.Add(gpus);
            nvidia = gpus.Count;
        }

        if (OperatingSystem.IsLinux() && AmdProbe.TryOpen(Root, nvidia) is { } others)
            probes.Add(others);
        return probes;
    }

    /// <summary>Returns the names of the GPUs.</summary>
    public static IReadOnlyList<string> DescribeGpus()
    {
        using NvidiaProbe? nvidia = NvidiaProbe.TryOpen(NvidiaLibrary.DefaultName);
        using AmdProbe? amd = OperatingSystem.IsLinux() ? AmdProbe.TryOpen(Root, 0) : null;
        return [.. nvidia?.Describe() ?? [], .. amd?.Describe() ?? []];
    }
}
