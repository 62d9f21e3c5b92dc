namespace TorchBoard.Tests.Writing;

/// <summary>A writer without data costs nothing.</summary>
internal sealed class IdleTests
{
    [Test]
    public void Without_data_the_thread_sleeps_however_short_the_flush_interval_is()
    {
        using var directory = new TestDirectory();
        var options = new SummaryWriterOptions { FlushInterval = TimeSpan.FromTicks(1) };
        using var idle = new SummaryWriter(Path.Combine(directory, "idle"), options);
        using var busy = new SummaryWriter(Path.Combine(directory, "busy"), options);
        idle.AddScalar("loss", 1, 0);
        idle.Flush();

        // The other one shows that time passes; the first one may have looked once more after the flush.
        long before = idle.Session.Passes;
        long until = busy.Session.Passes + 50;
        Assert.That(SpinWait.SpinUntil(
            () =>
            {
                busy.AddScalar("loss", 1, 0);
                return busy.Session.Passes >= until;
            },
            TimeSpan.FromSeconds(30)));
        Assert.That(idle.Session.Passes, Is.LessThanOrEqualTo(before + 2));
    }

    [Test]
    public void A_floor_of_a_millisecond_bounds_what_the_shortest_interval_costs()
    {
        using var directory = new TestDirectory();
        using var writer = new SummaryWriter(directory, new SummaryWriterOptions { FlushInterval = TimeSpan.FromTicks(1) });
        long start = Environment.TickCount64;
        long passes = writer.Session.Passes;
        SpinWait.SpinUntil(() =>
        {
            writer.AddScalar("loss", 1, 0);
            return Environment.TickCount64 - start > 200;
        });
        Assert.That(writer.Session.Passes - passes, Is.LessThanOrEqualTo(2 * (Environment.TickCount64 - start)));
    }

    [Test]
    public void After_a_pause_data_is_written_within_the_flush_interval_without_a_flush()
    {
        using var directory = new TestDirectory();
        using var writer = new SummaryWriter(directory, new SummaryWriterOptions { FlushInterval = TimeSpan.FromMilliseconds(5) });
        for (int step = 0; step < 20; step++)
        {
            writer.AddScalar("loss", step, step);
            int written = step + 1;
            Assert.That(
                () => WrittenEvents.WholeRecords(File.ReadAllBytes(writer.FilePath), out _), Has.Count.EqualTo(1 + written).After(30_000, 5));
        }
    }
}
