namespace TorchBoard.Tests.Reading;

/// <summary>
/// Curves of lengths at which the storage of their points grows during reading, and of other lengths.
/// </summary>
internal sealed class ManyPointsTests
{
    private static readonly int[] Counts = [1, 15, 16, 17, 47, 48, 49, 111, 112, 113, 65_521, 65_520, 70_000];

    [Test]
    public void Points_of_many_tags_in_turn_read_back_whole_and_in_order([Values] bool isRestarted)
    {
        using var directory = new TestDirectory();
        using (var writer = new SummaryWriter(directory))
        {
            for (int step = 0; step < Counts.Max(); step++)
            {
                foreach (int count in Counts.Where(count => step < count))
                {
                    writer.AddScalar(
                        $"{count}", step * 0.5f, step, DateTimeOffset.FromUnixTimeSeconds(1_700_000_000 + step));
                }
            }
        }

        const int RestartedFrom = 40;
        if (isRestarted)
        {
            using var writer = new SummaryWriter(directory, new SummaryWriterOptions { PurgeStep = RestartedFrom });
            writer.AddScalar("17", 1, RestartedFrom);
        }

        RunLog run = RunLog.Open(directory);
        foreach (int count in Counts)
        {
            ScalarSeries series = run.Scalars[$"{count}"];
            int kept = isRestarted ? Math.Min(count, RestartedFrom) : count;
            Assert.That(series.Count, Is.EqualTo(isRestarted && count == 17 ? 18 : kept), $"{count} points");
            for (int i = 0; i < kept; i++)
            {
                if ((series.Steps[i], series.Values[i], series.WallTimes[i]) != (i, i * 0.5, 1_700_000_000 + i))
                {
                    Assert.Fail(
                        $"Point {i} of {count} is {series.Steps[i]}, {series.Values[i]}, {series.WallTimes[i]}.");
                }
            }
        }
    }
}
