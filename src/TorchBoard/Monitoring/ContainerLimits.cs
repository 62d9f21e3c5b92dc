namespace TorchBoard.Monitoring;

/// <summary>
/// The limits of the control groups that this process is in, of version 1 or 2, such as a container's, and what is used of
/// them. Null for no limit.
/// </summary>
/// <param name="MemoryLimit">The memory that may be used, in bytes.</param>
/// <param name="MemoryUsed">The memory that is used, in bytes.</param>
/// <param name="ProcessorLimit">The processors that may be used, such as 1.5.</param>
/// <param name="ProcessorSeconds">The processor time that was used, in seconds.</param>
internal sealed record ContainerLimits(
    double? MemoryLimit, double? MemoryUsed, double? ProcessorLimit, double? ProcessorSeconds)
{
    /// <summary>A limit of version 1 that is none.</summary>
    private const double NoLimit = 1L << 60;

    /// <param name="root">The root of the file system, <c>/</c>.</param>
    public static ContainerLimits Read(string root)
    {
        string mount = Path.Combine(root, "sys/fs/cgroup");
        string[][] groups =
        [
            .. (SystemFile.TextOf(Path.Combine(root, "proc/self/cgroup")) ?? "").Split('\n').Select(line => line.Split(':', 3))
                .Where(parts => parts.Length == 3),
        ];
        return File.Exists(Path.Combine(mount, "cgroup.controllers"))
            ? ReadSecond(mount, groups.FirstOrDefault(parts => parts[1].Length == 0)?[2] ?? "/")
            : ReadFirst(mount, groups);
    }

    private static ContainerLimits ReadSecond(string mount, string group)
    {
        ContainerLimits limits = new(null, null, null, null);
        foreach (string folder in Upwards(mount, group))
        {
            // The smallest limit of the group and those above it holds.
            if (SystemFile.NumberOf(Path.Combine(folder, "memory.max")) is { } memory && !(memory >= limits.MemoryLimit))
                limits = limits with { MemoryLimit = memory, MemoryUsed = SystemFile.NumberOf(Path.Combine(folder, "memory.current")) };
            if ((SystemFile.TextOf(Path.Combine(folder, "cpu.max")) ?? "").Split(' ') is [var quota, var period]
                && Processors(SystemFile.Number(quota), SystemFile.Number(period)) is { } processors
                && !(processors >= limits.ProcessorLimit))
            {
                double? microseconds = SystemFile.NumberOf(Path.Combine(folder, "cpu.stat"), "usage_usec ");
                limits = limits with { ProcessorLimit = processors, ProcessorSeconds = microseconds / 1e6 };
            }
        }

        return limits;
    }

    private static ContainerLimits ReadFirst(string mount, string[][] groups)
    {
        ContainerLimits limits = new(null, null, null, null);
        foreach (string folder in Upwards(Path.Combine(mount, "memory"), GroupOf("memory")))
        {
            if (SystemFile.NumberOf(Path.Combine(folder, "memory.limit_in_bytes")) is < NoLimit and var memory
                && !(memory >= limits.MemoryLimit))
            {
                double? used = SystemFile.NumberOf(Path.Combine(folder, "memory.usage_in_bytes"));
                limits = limits with { MemoryLimit = memory, MemoryUsed = used };
            }
        }

        foreach (string folder in Upwards(Path.Combine(mount, "cpu"), GroupOf("cpu")))
        {
            double? quota = SystemFile.NumberOf(Path.Combine(folder, "cpu.cfs_quota_us"));
            double? period = SystemFile.NumberOf(Path.Combine(folder, "cpu.cfs_period_us"));
            if (Processors(quota, period) is { } processors && !(processors >= limits.ProcessorLimit))
            {
                double? nanoseconds = SystemFile.NumberOf(Path.Combine(folder, "cpuacct.usage"));
                limits = limits with { ProcessorLimit = processors, ProcessorSeconds = nanoseconds / 1e9 };
            }
        }

        return limits;

        string GroupOf(string controller) =>
            groups.FirstOrDefault(parts => parts[1].Split(',').Contains(controller))?[2] ?? "/";
    }

    private static double? Processors(double? quota, double? period) =>
        quota is > 0 && period is > 0 ? quota / period : null;

    // In a container, the path may be one of the host, which does not exist there: the mount is its own group.
    private static IEnumerable<string> Upwards(string mount, string group)
    {
        for (string path = group.Trim('/'); path.Length > 0; path = path.Contains('/') ? path[..path.LastIndexOf('/')] : "")
        {
            if (!path.Split('/').Contains(".."))
                yield return Path.Combine(mount, path);
        }

        yield return mount;
    }
}
