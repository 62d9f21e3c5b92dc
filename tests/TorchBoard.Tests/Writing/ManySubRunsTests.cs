using TorchBoard.Tests.Storage;

namespace TorchBoard.Tests.Writing;

/// <summary>Thousands of short-lived sub-runs, as in a hyperparameter search.</summary>
internal sealed class ManySubRunsTests
{
    private const int Many = 2000;

    [Test]
    public void Every_event_of_thousands_of_disposed_sub_runs_is_in_its_file()
    {
        using var directory = new TestDirectory();
        using (var writer = new SummaryWriter(directory))
            AddSubRuns(writer, Many);

        for (int i = 0; i < Many; i++)
        {
            Assert.That(
                WrittenEvents.Scalars(Path.Combine(directory, $"trial{i}"), "loss"), Is.EqualTo(new[] { (7L, (float)i) }));
        }
    }

    [Test]
    public void A_disposed_sub_run_leaves_nothing_behind()
    {
        using var directory = new TestDirectory();
        using var writer = new SummaryWriter(directory);
        AddSubRuns(writer, 100);
        using (SummaryWriter unused = writer.OpenSubRun("without events"))
            unused.AddScalars("loss", [("a", 1f), ("b", 2f)], 0);
        writer.Flush();

        Assert.That(writer.Session.OpenRuns, Is.EqualTo(1), "only the writer's own run");
    }

    [Test]
    [Platform("Linux", Reason = "/proc lists the open files")]
    public void Files_of_disposed_sub_runs_are_closed_while_the_writer_continues()
    {
        using var directory = new TestDirectory();
        using var writer = new SummaryWriter(directory);
        SummaryWriter open = writer.OpenSubRun("open");
        open.AddScalar("loss", 1, 0);
        AddSubRuns(writer, 100);
        writer.Flush();

        string[] files =
        [
            .. Directory.GetFiles("/proc/self/fd")
                .Select(file => new FileInfo(file).LinkTarget)
                .OfType<string>().Where(file => file.StartsWith(directory.Path, StringComparison.Ordinal)),
        ];
        Assert.That(files, Has.Length.LessThanOrEqualTo(2), "the writer's own and that of the sub-run that is open");
    }

    [Test]
    public void The_work_grows_linearly_with_the_number_of_sub_runs()
    {
        long some = VisitsOf(500);
        Assert.That(VisitsOf(4 * 500), Is.LessThan(8 * some));
    }

    [Test]
    public void Sub_runs_that_are_open_at_once_are_ended_one_by_one()
    {
        using var directory = new TestDirectory();
        using var writer = new SummaryWriter(directory, new SummaryWriterOptions { FlushInterval = Timeout.InfiniteTimeSpan });
        SummaryWriter[] runs = [.. Enumerable.Range(0, 500).Select(i => writer.OpenSubRun($"trial{i}"))];
        foreach (SummaryWriter run in runs)
            run.AddScalar("loss", 1, 0);
        foreach (SummaryWriter run in runs)
            run.Dispose();
        writer.Flush();

        Assert.That(writer.Session.OpenRuns, Is.EqualTo(1));
        Assert.That(writer.Session.Visits, Is.LessThan(3 * runs.Length), "one or two visits each");
        Assert.That(directory.EventFiles(), Has.Length.EqualTo(1 + runs.Length));
    }

    [Test]
    public void Unwritten_data_of_a_disposed_sub_run_is_retried()
    {
        using var directory = new TestDirectory();
        using var writer = new SummaryWriter(directory);
        int failed = 0, recovered = 0;
        writer.WriteFailed += (_, _) => failed++;
        writer.WriteRecovered += (_, _) => recovered++;
        string obstacle = Path.Combine(directory, "run");
        File.WriteAllText(obstacle, "a file in the place of the run's directory");
        using (SummaryWriter run = writer.OpenSubRun("run"))
            run.AddScalar("loss", 1, 0);
        Assert.That(writer.Flush, Throws.InstanceOf<IOException>());
        Assert.That(writer.Session.OpenRuns, Is.EqualTo(2));

        File.Delete(obstacle);
        writer.Flush();

        Assert.That((failed, recovered, writer.Session.OpenRuns), Is.EqualTo((1, 1, 1)));
        Assert.That(WrittenEvents.Scalars(obstacle, "loss"), Is.EqualTo(new[] { (0L, 1f) }));
    }

    private static long VisitsOf(int runs)
    {
        using var writer = new SummaryWriter("runs", new SummaryWriterOptions { Storage = new MemoryStorage() });
        AddSubRuns(writer, runs);
        writer.Flush();
        return writer.Session.Visits;
    }

    private static void AddSubRuns(SummaryWriter writer, int count)
    {
        for (int i = 0; i < count; i++)
        {
            using SummaryWriter run = writer.OpenSubRun($"trial{i}");
            run.AddScalar("loss", i, 7);
        }
    }
}
