using TorchBoard.Indexing;

namespace TorchBoard.Tests.Indexing;

/// <summary>How much was logged of what is kept.</summary>
internal sealed class TotalCountTests
{
    [Test]
    public async Task A_series_tells_how_many_values_were_logged()
    {
        using var directory = new TestDirectory();
        using (var writer = new SummaryWriter(directory))
        {
            for (int step = 0; step < 5000; step++)
                writer.AddScalar("long", step, step);
            for (int step = 0; step < 50; step++)
                writer.AddText("text", "a", step);
            writer.AddScalar("short", 1, 0);
        }

        await using RunIndex index = await OpenAsync(directory);
        IndexedRun run = index.Runs.Single();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Of(run, "long").Count, Is.LessThanOrEqualTo(1000));
            Assert.That(Of(run, "long").Total, Is.EqualTo(5000));
            Assert.That(Of(run, "text").Total, Is.EqualTo(50));
            Assert.That(Of(run, "short"), Is.EqualTo((1, 1L)));
        }
    }

    [TestCase(500, 400, 400)]
    [TestCase(5000, 4000, 4000)]
    [TestCase(5000, 0, 0)]
    public async Task A_restart_removes_its_share(int points, int from, int expected)
    {
        using var directory = new TestDirectory();
        using (var writer = new SummaryWriter(directory))
        {
            for (int step = 0; step < points; step++)
                writer.AddScalar("a", step, step);
        }

        using (var writer = new SummaryWriter(directory, new() { PurgeStep = from }))
            writer.AddScalar("b", 1, from);

        await using RunIndex index = await OpenAsync(directory);
        Assert.That(Of(index.Runs.Single(), "a").Total, Is.EqualTo(expected).Within(points / 50));
    }

    [Test]
    public async Task The_greatest_step_is_a_step()
    {
        using var directory = new TestDirectory();
        using (var writer = new SummaryWriter(directory))
        {
            writer.AddScalar("a", 1, long.MinValue);
            writer.AddScalar("a", 2, long.MaxValue);
            writer.AddText("text", "last", long.MaxValue);
        }

        await using RunIndex index = await OpenAsync(directory);
        IndexedRun run = index.Runs.Single();
        Assert.That(run.TryFind("a", out IndexedSeries? scalars) && run.TryFind("text", out _));
        Assert.That(scalars!.ReadScalars().Steps.ToArray(), Is.EqualTo([long.MinValue, long.MaxValue]));
    }

    private static (int Count, long Total) Of(IndexedRun run, string tag)
    {
        Assert.That(run.TryFind(tag, out IndexedSeries? series));
        return (series!.Count, series.TotalCount);
    }

    private static async Task<RunIndex> OpenAsync(string directory)
    {
        RunIndex index = RunIndex.Open(directory, new() { ReloadInterval = Timeout.InfiniteTimeSpan });
        await index.Loaded;
        return index;
    }
}
