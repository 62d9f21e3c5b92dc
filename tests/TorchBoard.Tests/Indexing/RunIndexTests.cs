using TorchBoard.Indexing;
using TorchBoard.Tests.Reading;

namespace TorchBoard.Tests.Indexing;

/// <summary>The index follows what happens to the files of runs. Each test reloads when it wants to.</summary>
internal sealed class RunIndexTests
{
    private const string Later = "events.out.tfevents.0000000002.host.1.0";

    [Test]
    public async Task A_directory_that_is_created_later_is_read_then()
    {
        using var directory = new TestDirectory();
        string runs = Path.Combine(directory, "runs");
        await using RunIndex index = await LoadAsync(runs);
        Assert.That(index.Runs, Is.Empty);

        EventBytes.Write(Path.Combine(runs, "a"), [EventBytes.Opening(), EventBytes.Scalar("loss", 1, 0.5f)]);
        await index.ReloadAsync();

        IndexedRun run = index.Runs.Single();
        Assert.That((run.Name, run.StartTime, Points(run, "loss")), Is.EqualTo(("a", 1.5, "1:0.5")));
    }

    [Test]
    public async Task Appended_events_are_read_and_a_torn_record_when_it_is_whole()
    {
        using var directory = new TestDirectory();
        byte[] second = EventBytes.Scalar("loss", 2, 2);
        string file = EventBytes.Write(directory, [EventBytes.Opening(), EventBytes.Scalar("loss", 1, 1), second[..9]]);
        await using RunIndex index = await LoadAsync(directory);
        IndexedRun run = index.Runs.Single();
        Assert.That(Points(run, "loss"), Is.EqualTo("1:1"));

        Append(file, second[9..], EventBytes.Scalar("accuracy", 3, 3));
        await index.ReloadAsync();

        Assert.That(Points(run, "loss"), Is.EqualTo("1:1 2:2"), "the same run");
        Assert.That(Points(run, "accuracy"), Is.EqualTo("3:3"));
    }

    [Test]
    public async Task A_deleted_run_is_gone_and_another_appears()
    {
        using var directory = new TestDirectory();
        string file = EventBytes.Write(Path.Combine(directory, "a"), [EventBytes.Scalar("loss", 1, 1)]);
        await using RunIndex index = await LoadAsync(directory);

        File.Delete(file);
        EventBytes.Write(Path.Combine(directory, "b"), [EventBytes.Scalar("loss", 1, 2)]);
        await index.ReloadAsync();

        Assert.That(index.Runs.Select(run => run.Name), Is.EqualTo(["b"]));
        Assert.That(index.TryFind("a", out _), Is.False);
    }

    [TestCase(false, TestName = "A_run_whose_file_is_replaced_by_a_shorter_one_is_read_anew")]
    [TestCase(true, TestName = "A_run_whose_file_is_replaced_by_a_longer_one_is_read_anew")]
    public async Task A_replaced_file(bool isLonger)
    {
        using var directory = new TestDirectory();
        EventBytes.Write(directory, [EventBytes.Scalar("loss", 1, 1), EventBytes.Scalar("loss", 2, 2)]);
        await using RunIndex index = await LoadAsync(directory);

        EventBytes.Write(
            directory, Enumerable.Range(1, isLonger ? 3 : 1).Select(step => EventBytes.Scalar("loss", step, 10 * step)));
        await index.ReloadAsync();

        Assert.That(Points(index.Runs.Single(), "loss"), Is.EqualTo(isLonger ? "1:10 2:20 3:30" : "1:10"));
    }

    [Test]
    public async Task A_run_one_of_whose_files_is_deleted_has_only_the_points_of_the_others()
    {
        using var directory = new TestDirectory();
        string first = EventBytes.Write(directory, [EventBytes.Scalar("loss", 1, 1)]);
        EventBytes.Write(directory, [EventBytes.Scalar("loss", 2, 2)], Later);
        await using RunIndex index = await LoadAsync(directory);
        Assert.That(Points(index.Runs.Single(), "loss"), Is.EqualTo("1:1 2:2"));

        File.Delete(first);
        await index.ReloadAsync();

        Assert.That(Points(index.Runs.Single(), "loss"), Is.EqualTo("2:2"));
    }

    [Test]
    public async Task A_restart_removes_the_points_that_it_is_meant_to_as_RunLog_does()
    {
        using var directory = new TestDirectory();
        EventBytes.Write(directory, Enumerable.Range(0, 10).Select(step => EventBytes.Scalar("loss", step, step)));
        EventBytes.Write(
            directory, [EventBytes.SessionStart(5), EventBytes.Scalar("loss", 5, -5), EventBytes.Scalar("other", 5, 5)], Later);
        await using RunIndex index = await LoadAsync(directory);

        Assert.That(Points(index.Runs.Single(), "loss"), Is.EqualTo("0:0 1:1 2:2 3:3 4:4 5:-5"));
        Assert.That(RunLog.Open(directory).Scalars["loss"].Steps.ToArray(), Is.EqualTo([0, 1, 2, 3, 4, 5]));
    }

    [Test]
    public async Task What_an_earlier_file_gets_after_a_restart_is_removed_as_if_read_in_order()
    {
        using var directory = new TestDirectory();
        string first = EventBytes.Write(directory, [EventBytes.Scalar("loss", 4, 4)]);
        EventBytes.Write(directory, [EventBytes.SessionStart(5), EventBytes.Scalar("loss", 6, 6)], Later);
        await using RunIndex index = await LoadAsync(directory);

        Append(first, EventBytes.Scalar("loss", 7, 7));
        await index.ReloadAsync();

        Assert.That(Points(index.Runs.Single(), "loss"), Is.EqualTo("4:4 6:6"));
        Assert.That(RunLog.Open(directory).Scalars["loss"].Steps.ToArray(), Is.EqualTo([4, 6]));
    }

    [Test]
    public async Task Damage_and_what_cannot_be_read_are_reported_once_and_the_rest_is_there()
    {
        using var directory = new TestDirectory();
        byte[] damaged = EventBytes.Scalar("loss", 1, 1);
        damaged[^6] ^= 1;
        EventBytes.Write(Path.Combine(directory, "a"), [damaged, EventBytes.Scalar("loss", 2, 2)]);
        EventBytes.Write(Path.Combine(directory, "b"), [EventBytes.Scalar("loss", 3, 3)]);
        string failing = Path.Combine(directory, "b", Later);
        if (OperatingSystem.IsLinux())
            HostileFiles.LinkToFailingFile(failing);
        var errors = new System.Collections.Concurrent.ConcurrentQueue<CorruptRecord>();
        await using RunIndex index = await LoadAsync(directory, new RunIndexOptions { OnCorruptRecord = errors.Enqueue });
        await index.ReloadAsync();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(index.Runs.Select(run => Points(run, "loss")), Is.EqualTo(["2:2", "3:3"]));
            Assert.That(errors.Count(error => error.Reason.Contains("checksum")), Is.EqualTo(1));
            if (OperatingSystem.IsLinux())
                Assert.That(errors.Count(error => error.File == failing), Is.EqualTo(1));
        }
    }

    [Test]
    public async Task As_many_values_of_each_plugin_are_kept_as_are_asked_for()
    {
        using var directory = new TestDirectory();
        using (var writer = new SummaryWriter(directory))
        {
            for (int step = 0; step < 3000; step++)
                writer.AddScalar("loss", step, step);
            for (int step = 0; step < 200; step++)
            {
                writer.AddText("text", $"step {step}", step);
                writer.AddHistogram<float>("weights", [step, 1, 2], step);
            }
        }

        await using RunIndex index = await LoadAsync(
            directory, new RunIndexOptions { Samples = new Dictionary<string, int> { ["text"] = 7, ["scalars"] = 0 } });
        IndexedRun run = index.Runs.Single();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Series(run, "loss").ReadScalars().Count, Is.EqualTo(3000), "0 is for all");
            Assert.That(Series(run, "text").ReadValues(), Has.Count.InRange(4, 7));
            Assert.That(Series(run, "weights").ReadValues(), Has.Count.InRange(51, 100), "the default");
            Assert.That(Series(run, "text").ReadValues()[^1].Step, Is.EqualTo(199));
        }
    }

    [Test]
    public async Task A_disposed_index_can_still_be_read()
    {
        using var directory = new TestDirectory();
        EventBytes.Write(directory, [EventBytes.Scalar("loss", 1, 1)]);
        RunIndex index = await LoadAsync(directory);
        await index.DisposeAsync();

        Assert.That(Points(index.Runs.Single(), "loss"), Is.EqualTo("1:1"));
        Assert.That(() => index.ReloadAsync(), Throws.InstanceOf<OperationCanceledException>());
    }

    [Test]
    public void Wrong_arguments_are_refused() => Assert.Multiple(() =>
    {
        Assert.That(() => RunIndex.Open(""), Throws.ArgumentException);
        Assert.That(() => RunIndex.Open("nothing://bucket"), Throws.ArgumentException.With.Message.Contains("nothing://"));
        Assert.That(
            () => new RunIndexOptions { ReloadInterval = TimeSpan.Zero },
            Throws.InstanceOf<ArgumentOutOfRangeException>().With.Message.Contains("greater than zero"));
        Assert.That(
            () => new RunIndexOptions { Samples = new Dictionary<string, int> { ["images"] = -1 } },
            Throws.InstanceOf<ArgumentOutOfRangeException>().With.Message.Contains("images"));
    });

    private static async Task<RunIndex> LoadAsync(string path, RunIndexOptions? options = null)
    {
        var index = RunIndex.Open(path, (options ?? new()) with { ReloadInterval = Timeout.InfiniteTimeSpan });
        await index.Loaded;
        return index;
    }

    private static IndexedSeries Series(IndexedRun run, string tag) =>
        run.TryFind(tag, out IndexedSeries? series) ? series : throw new KeyNotFoundException(tag);

    private static string Points(IndexedRun run, string tag) => string.Join(
        ' ', Series(run, tag).ReadScalars().Select(point => FormattableString.Invariant($"{point.Step}:{point.Value}")));

    private static void Append(string file, params byte[][] records)
    {
        using var stream = new FileStream(file, FileMode.Append, FileAccess.Write, FileShare.ReadWrite);
        foreach (byte[] record in records)
            stream.Write(record);
    }
}
