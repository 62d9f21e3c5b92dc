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
                    "system/network_received_mib_per_second", "system/network_sent_mib_per_second",
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
}
