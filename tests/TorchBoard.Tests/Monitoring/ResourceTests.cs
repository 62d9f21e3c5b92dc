using TorchBoard.Monitoring;

namespace TorchBoard.Tests.Monitoring;

/// <summary>Disks, networks and the limits of containers, from the files in which Linux tells about them.</summary>
internal sealed class ResourceTests
{
    private static readonly TimeSpan TwoSeconds = TimeSpan.FromSeconds(2);

    [Test]
    public void What_a_process_reads_and_writes_is_a_rate_since_the_previous_sample()
    {
        using var root = new TestDirectory();
        var clock = new ManualClock();
        Write(root, "proc/self/io", "rchar: 9\nread_bytes: 1048576\nwrite_bytes: 0\ncancelled_write_bytes: 5");
        using var probe = RateProbe.OfDisk(root, clock);

        Assert.That(probe.Sample(), Is.Empty, "no time has passed");
        clock.Advance(TwoSeconds);
        Write(root, "proc/self/io", "rchar: 9\nread_bytes: 5242880\nwrite_bytes: 1048576\n");
        Assert.That(
            probe.Sample(), Is.EqualTo(new[] { ("disk_read_mib_per_second", 2.0), ("disk_write_mib_per_second", 0.5) }));
        clock.Advance(TwoSeconds);
        Write(root, "proc/self/io", "read_bytes: 0\nwrite_bytes: 1048576\n");
        Assert.That(probe.Sample(), Is.EqualTo(new[] { ("disk_write_mib_per_second", 0.0) }), "a counter that began again");
        File.Delete(Path.Combine(root, "proc/self/io"));
        clock.Advance(TwoSeconds);
        Assert.That(probe.Sample(), Is.Empty, "the system does not tell");
    }

    [Test]
    public void A_real_network_has_rates()
    {
        var clock = new ManualClock();
        using var probe = RateProbe.OfNetwork(clock);
        clock.Advance(TwoSeconds);
        (string Name, double Value)[] sample = [.. probe.Sample()];
        Assert.That(
            sample.Select(one => one.Name), Is.EqualTo(new[] { "network_received_mib_per_second", "network_sent_mib_per_second" }));
        Assert.That(sample.Select(one => one.Value), Has.All.AtLeast(0));
    }

    [Test]
    public void The_limits_of_a_container_are_the_smallest_of_its_group_and_those_above_it()
    {
        using var root = new TestDirectory();
        Write(root, "proc/self/cgroup", "0::/pod/app");
        Write(root, "sys/fs/cgroup/cgroup.controllers", "cpu memory");
        Write(root, "sys/fs/cgroup/pod/memory.max", "1073741824");
        Write(root, "sys/fs/cgroup/pod/memory.current", "268435456");
        Write(root, "sys/fs/cgroup/pod/cpu.max", "150000 100000");
        Write(root, "sys/fs/cgroup/pod/cpu.stat", "nr_periods 7\nusage_usec 3000000\nuser_usec 1");
        Write(root, "sys/fs/cgroup/pod/app/memory.max", "max");
        Write(root, "sys/fs/cgroup/pod/app/cpu.max", "max 100000");

        Assert.That(ContainerLimits.Read(root), Is.EqualTo(new ContainerLimits(1 << 30, 1 << 28, 1.5, 3)));
    }

    [Test]
    public void The_limits_of_control_groups_of_version_1_are_read_too()
    {
        using var root = new TestDirectory();
        Write(root, "proc/self/cgroup", "5:memory:/docker/7\n4:cpu,cpuacct:/docker/7\n1:name=systemd:/x");
        Write(root, "sys/fs/cgroup/memory/memory.limit_in_bytes", "1073741824");
        Write(root, "sys/fs/cgroup/memory/memory.usage_in_bytes", "536870912");
        Write(root, "sys/fs/cgroup/cpu/cpu.cfs_quota_us", "50000");
        Write(root, "sys/fs/cgroup/cpu/cpu.cfs_period_us", "100000");
        Write(root, "sys/fs/cgroup/cpu/cpuacct.usage", "2000000000");

        Assert.That(ContainerLimits.Read(root), Is.EqualTo(new ContainerLimits(1 << 30, 1 << 29, 0.5, 2)));
    }

    [TestCase("0::/", "max", "max 100000")]
    [TestCase("0::/../../elsewhere", "no number", "150000")]
    [TestCase("nonsense", "", "")]
    public void Without_limits_there_are_no_samples(string group, string memory, string processors)
    {
        using var root = new TestDirectory();
        Write(root, "proc/self/cgroup", group);
        Write(root, "sys/fs/cgroup/cgroup.controllers", "cpu memory");
        Write(root, "sys/fs/cgroup/memory.max", memory);
        Write(root, "sys/fs/cgroup/cpu.max", processors);
        var clock = new ManualClock();
        using var probe = new ContainerProbe(root, clock);
        clock.Advance(TwoSeconds);
        Assert.That(probe.Sample(), Is.Empty);
    }

    [Test]
    public void An_unlimited_group_of_version_1_has_no_limits()
    {
        using var root = new TestDirectory();
        Write(root, "sys/fs/cgroup/memory/memory.limit_in_bytes", "9223372036854771712");
        Write(root, "sys/fs/cgroup/cpu/cpu.cfs_quota_us", "-1");
        Write(root, "sys/fs/cgroup/cpu/cpu.cfs_period_us", "100000");
        Assert.That(ContainerLimits.Read(root), Is.EqualTo(new ContainerLimits(null, null, null, null)));
    }

    [Test]
    public void The_use_of_a_container_is_in_percent_of_its_limits()
    {
        using var root = new TestDirectory();
        var clock = new ManualClock();
        Write(root, "proc/self/cgroup", "0::/");
        Write(root, "sys/fs/cgroup/cgroup.controllers", "cpu memory");
        Write(root, "sys/fs/cgroup/memory.max", "1000");
        Write(root, "sys/fs/cgroup/memory.current", "250");
        Write(root, "sys/fs/cgroup/cpu.max", "200000 100000");
        Write(root, "sys/fs/cgroup/cpu.stat", "usage_usec 1000000");
        using var probe = new ContainerProbe(root, clock);
        clock.Advance(TwoSeconds);
        Write(root, "sys/fs/cgroup/cpu.stat", "usage_usec 2000000");

        Assert.That(probe.Sample(), Is.EqualTo(new[] { ("container_memory_percent", 25.0), ("container_cpu_percent", 25.0) }));
    }

    private static void Write(string root, string file, string text)
    {
        string path = Path.Combine(root, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }
}
