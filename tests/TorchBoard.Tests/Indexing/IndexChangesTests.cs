using TorchBoard.Indexing;

namespace TorchBoard.Tests.Indexing;

/// <summary>What an index tells of changes, and how many points it keeps.</summary>
internal sealed class IndexChangesTests
{
    private static readonly RunIndexOptions Once = new() { ReloadInterval = Timeout.InfiniteTimeSpan };

    [Test]
    public async Task Only_what_has_changed_has_another_version()
    {
        using var directory = new TestDirectory();
        using var first = new SummaryWriter(Path.Combine(directory, "first"));
        using var second = new SummaryWriter(Path.Combine(directory, "second"));
        foreach (SummaryWriter writer in (SummaryWriter[])[first, second])
        {
            writer.AddMetrics([("loss", 1), ("accuracy", 1)], 0);
            writer.AddHistogram("weights", [1f], 0);
            writer.Flush();
        }

        await using RunIndex index = RunIndex.Open(directory, Once);
        await index.Loaded;
        long list = index.ListVersion;
        long version = index.Version;
        long[] before = Versions();

        await index.ReloadAsync();
        Assert.That(index.Version, Is.EqualTo(version), "nothing new");

        first.AddScalar("loss", 2, 1);
        first.Flush();
        await index.ReloadAsync();
        long[] after = Versions();
        Assert.That(after[0], Is.GreaterThan(version), "first/loss");
        Assert.That(after[1..], Is.EqualTo(before[1..]), "all others");
        Assert.That(index.Runs.Select(run => run.Version > version), Is.EqualTo([true, false]));
        Assert.That(index.ListVersion, Is.EqualTo(list), "no new tag");

        second.AddHistogram("weights", [2f], 1);
        second.AddScalar("new", 1, 1);
        second.Flush();
        await index.ReloadAsync();
        Assert.That(Versions()[5], Is.GreaterThan(after[5]), "second/weights");
        Assert.That(index.ListVersion, Is.GreaterThan(list));

        long[] Versions() =>
            [.. index.Runs.SelectMany(run => (string[])["loss", "accuracy", "weights"], (run, tag) => run.Series.Single(series => series.Tag == tag).Version)];
    }

    [Test]
    public async Task A_restart_changes_the_series_whose_points_it_removes()
    {
        using var directory = new TestDirectory();
        using (var writer = new SummaryWriter(directory))
        {
            writer.AddScalar("early", 1, 0);
            writer.AddScalar("late", 1, 10);
        }

        await using RunIndex index = RunIndex.Open(directory, Once);
        await index.Loaded;
        IndexedSeries early = index.Runs[0].Series.Single(series => series.Tag == "early");
        IndexedSeries late = index.Runs[0].Series.Single(series => series.Tag == "late");
        (long earlyBefore, long lateBefore) = (early.Version, late.Version);

        using (var resumed = new SummaryWriter(directory, new() { PurgeStep = 5 }))
            resumed.Flush();
        await index.ReloadAsync();

        Assert.That(early.Version, Is.EqualTo(earlyBefore));
        Assert.That(late.Version, Is.GreaterThan(lateBefore));
        Assert.That((early.Count, late.Count), Is.EqualTo((1, 0)));
    }

    [Test]
    public async Task Who_waits_for_a_change_is_told_of_it_and_not_before()
    {
        using var directory = new TestDirectory();
        using var writer = new SummaryWriter(directory);
        writer.AddScalar("loss", 1, 0);
        writer.Flush();
        await using RunIndex index = RunIndex.Open(directory, Once);
        await index.Loaded;
        long version = index.Version;

        Task<long> first = index.WaitForChangeAsync(version);
        Task<long> second = index.WaitForChangeAsync(version);
        await index.ReloadAsync();
        Assert.That(first.IsCompleted || second.IsCompleted, Is.False, "nothing new");

        writer.AddScalar("loss", 2, 1);
        writer.Flush();
        await index.ReloadAsync();
        Assert.That(await first, Is.GreaterThan(version));
        Assert.That(await second, Is.GreaterThan(version));
        Assert.That(index.WaitForChangeAsync(version).IsCompleted, Is.True, "it has changed since");

        using var stop = new CancellationTokenSource();
        Task<long> canceled = index.WaitForChangeAsync(index.Version, stop.Token);
        await stop.CancelAsync();
        Assert.That(async () => await canceled, Throws.InstanceOf<OperationCanceledException>());
    }

    [Test]
    public async Task A_watched_directory_is_read_when_it_changes_and_an_unwatched_one_is_not()
    {
        using var directory = new TestDirectory();
        using var writer = new SummaryWriter(Path.Combine(directory, "run"));
        int reloads = 0;
        await using RunIndex index = RunIndex.Open(
            directory, new() { ReloadInterval = TimeSpan.FromHours(1), OnReloaded = _ => Interlocked.Increment(ref reloads) });
        await index.Loaded;

        using (index.Watch())
        {
            for (int step = 0; step < 3; step++)
            {
                long version = index.Version;
                writer.AddScalar("loss", step, step);
                writer.Flush();
                do
                    version = await index.WaitForChangeAsync(version).WaitAsync(TimeSpan.FromSeconds(60));
                while (LastStep() != step);
            }
        }

        long last = index.Version;
        using (var other = new SummaryWriter(Path.Combine(directory, "other")))
            other.AddScalar("loss", 1, 0);
        Assert.That(index.Version, Is.EqualTo(last));

        using (index.Watch())
            await index.WaitForChangeAsync(last).WaitAsync(TimeSpan.FromSeconds(60));
        Assert.That(index.Runs.Select(run => run.Name), Is.EqualTo(["other", "run"]), "what changed before it was watched again");

        long LastStep() => index.TryFind("run", out IndexedRun? run) && run.TryFind("loss", out IndexedSeries? loss)
            && loss.TryGetExtent(out long step, out _, out _) ? step : -1;
    }

    [Test]
    public async Task Long_curves_keep_ten_times_as_many_points_while_there_are_extra_ones()
    {
        using var directory = new TestDirectory();
        using (var writer = new SummaryWriter(directory))
        {
            for (int step = 0; step < 12_000; step++)
                writer.AddMetrics([("a", step), ("b", step)], step);
        }

        Assert.That(await CountsAsync(extra: 0), Is.All.InRange(990, 1000));
        Assert.That(await CountsAsync(extra: 18_000), Is.All.InRange(9_990, 10_000));
        int[] some = await CountsAsync(extra: 12_000);
        Assert.That(some.Sum(), Is.InRange(8_000, 14_000), "the first take them");
        Assert.That(await CountsAsync(extra: 18_000, samples: 500), Is.All.InRange(490, 500), "as many as asked for");

        async Task<int[]> CountsAsync(long extra, int? samples = null)
        {
            RunIndexOptions options = Once with { ExtraPoints = extra };
            if (samples is { } count)
                options = options with { Samples = new Dictionary<string, int> { ["scalars"] = count } };
            await using RunIndex index = RunIndex.Open(directory, options);
            await index.Loaded;
            Assert.That(index.Runs[0].Series.Select(series => series.ReadScalars().Count), Is.EqualTo(index.Runs[0].Series.Select(series => series.Count)));
            return [.. index.Runs[0].Series.Select(series => series.Count)];
        }
    }

    [Test]
    public async Task Points_of_a_run_that_is_gone_are_free_for_others()
    {
        using var directory = new TestDirectory();
        Write("a");
        await using RunIndex index = RunIndex.Open(directory, Once with { ExtraPoints = 9_000 });
        await index.Loaded;
        Assert.That(index.Runs[0].Series[0].Count, Is.GreaterThan(9_900));

        Directory.Delete(Path.Combine(directory, "a"), recursive: true);
        await index.ReloadAsync();
        Write("b");
        await index.ReloadAsync();
        Assert.That(index.Runs[0].Series[0].Count, Is.GreaterThan(9_900));

        void Write(string name)
        {
            using var writer = new SummaryWriter(Path.Combine(directory, name));
            for (int step = 0; step < 10_000; step++)
                writer.AddScalar("loss", step, step);
        }
    }
}
