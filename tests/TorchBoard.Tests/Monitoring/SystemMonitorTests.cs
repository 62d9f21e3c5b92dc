using System.Diagnostics;
using TorchBoard.Monitoring;

namespace TorchBoard.Tests.Monitoring;

internal sealed class SystemMonitorTests
{
    [Test]
    public void Samples_are_curves_whose_steps_are_seconds()
    {
        using var directory = new TestDirectory();
        var clock = new ManualClock();
        using (var writer = new SummaryWriter(directory, new SummaryWriterOptions { TimeProvider = clock }))
        using (writer.MonitorSystem(new SystemMonitorOptions { Interval = TimeSpan.FromSeconds(2), Gpus = false }))
        {
            clock.Advance(TimeSpan.FromSeconds(2));
            clock.Advance(TimeSpan.FromSeconds(2));
            clock.Advance(TimeSpan.FromSeconds(1));
        }

        RunLog run = RunLog.Open(directory);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                run.Scalars.Keys,
                Is.SupersetOf(new[]
                {
                    "system/cpu_percent", "system/gc_pause_percent", "system/memory_working_set_mib",
                    "system/memory_managed_heap_mib", "system/gc_collections_gen0", "system/gc_collections_gen2",
                }));
            foreach (string tag in run.Scalars.Keys)
                Assert.That(run.Scalars[tag].Steps.ToArray(), Is.EqualTo(new long[] { 2, 4 }), tag);
            Assert.That(run.Scalars["system/memory_working_set_mib"].Values[1], Is.InRange(10, 100_000));
            Assert.That(run.Scalars["system/cpu_percent"].Values[1], Is.AtLeast(0));
        }
    }

    [Test]
    public void Samples_within_a_second_have_steps_of_their_own()
    {
        using var directory = new TestDirectory();
        var clock = new ManualClock();
        using (var writer = new SummaryWriter(directory, new SummaryWriterOptions { TimeProvider = clock }))
        using (writer.MonitorSystem(new SystemMonitorOptions { Interval = TimeSpan.FromMilliseconds(250), Gpus = false }))
        {
            for (int i = 0; i < 4; i++)
                clock.Advance(TimeSpan.FromMilliseconds(250));
        }

        Assert.That(
            RunLog.Open(directory).Scalars["system/memory_working_set_mib"].Steps.ToArray(),
            Is.EqualTo((long[])[250, 500, 750, 1000]));
    }

    [Test]
    public void A_disposed_writer_stops_its_monitor()
    {
        using var directory = new TestDirectory();
        var clock = new ManualClock();
        var writer = new SummaryWriter(directory, new SummaryWriterOptions { TimeProvider = clock });
        writer.MonitorSystem();
        writer.Dispose();

        clock.Advance(TimeSpan.FromSeconds(5));

        Assert.That(clock.Timers, Is.Zero);
    }

    [Test]
    public void A_machine_without_a_GPU_has_no_GPU_samples() =>
        Assert.That(NvidiaProbe.TryOpen("lib-that-is-not-there.so"), Is.Null);

    [Test]
    [Platform("Linux", Reason = "builds a small shared library")]
    public void GPUs_are_sampled_through_the_drivers_library()
    {
        using var directory = new TestDirectory();
        string library = BuildStandIn(directory);

        using NvidiaProbe probe = NvidiaProbe.TryOpen(library)!;

        Assert.That(
            probe.Sample(),
            Is.EqualTo(new[]
            {
                ("gpu0_percent", 10.0), ("gpu0_memory_used_mib", 256.0), ("gpu0_memory_percent", 25.0),
                ("gpu1_percent", 20.0), ("gpu1_memory_used_mib", 512.0), ("gpu1_memory_percent", 50.0),
            }));
    }

    // Two GPUs with NVML's functions and structures; machines that run tests rarely have real ones.
    private static string BuildStandIn(string directory)
    {
        string source = Path.Combine(directory, "nvml.c");
        string library = Path.Combine(directory, "libnvml-stand-in.so");
        File.WriteAllText(source, """
            struct utilization { unsigned gpu, memory; };
            struct memory { unsigned long long total, free, used; };
            int nvmlInit_v2(void) { return 0; }
            int nvmlShutdown(void) { return 0; }
            int nvmlDeviceGetCount_v2(unsigned *n) { *n = 2; return 0; }
            int nvmlDeviceGetHandleByIndex_v2(unsigned i, void **d) { *d = (char *)0 + i + 1; return 0; }
            int nvmlDeviceGetUtilizationRates(void *d, struct utilization *u)
            { u->gpu = 10 * (unsigned)(unsigned long)d; u->memory = 1; return 0; }
            int nvmlDeviceGetMemoryInfo(void *d, struct memory *m)
            { m->total = 1ull << 30; m->used = (1ull << 28) * (unsigned long)d; m->free = m->total - m->used; return 0; }
            """);
        try
        {
            using Process compiler = Process.Start("cc", ["-shared", "-fPIC", "-o", library, source]);
            compiler.WaitForExit();
            Assume.That(compiler.ExitCode, Is.Zero, "the C compiler works");
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Ignore("There is no C compiler to build a stand-in for the driver's library with.");
        }

        return library;
    }
}
