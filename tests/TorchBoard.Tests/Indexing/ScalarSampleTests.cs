using TorchBoard.Indexing;

namespace TorchBoard.Tests.Indexing;

/// <summary>The points of a curve that are kept of more than there is space for.</summary>
internal sealed class ScalarSampleTests
{
    [Test]
    public void Fewer_points_than_the_maximum_are_all_kept([Values(1, 15, 999, 1000)] int count)
    {
        var sample = new ScalarSample(1000);
        for (int i = 0; i < count; i++)
            sample.Add(i, 100 + i, Math.Sin(i));

        (long[] steps, double[] wallTimes, double[] values, bool[] extremes) = sample.Read(int.MaxValue);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(steps, Is.EqualTo(Enumerable.Range(0, count)));
            Assert.That(wallTimes, Is.EqualTo(Enumerable.Range(100, count)));
            Assert.That(extremes, Has.Length.EqualTo(count).And.All.False);
            Assert.That(values, Is.EqualTo(Enumerable.Range(0, count).Select(i => Math.Sin(i))));
        }
    }

    [Test]
    public void No_more_points_than_the_maximum_are_kept_and_not_much_fewer(
        [Values(1, 2, 5, 16, 100, 1000)] int max, [Values(1001, 4096, 100_003)] int count)
    {
        var sample = new ScalarSample(max);
        var random = new Random(7);
        for (int i = 0; i < count; i++)
            sample.Add(i, i, random.NextDouble());

        (long[] steps, _, _, _) = sample.Read(int.MaxValue);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(steps, Has.Length.InRange(max < 100 ? max / 2 : max * 9 / 10, max));
            Assert.That(steps, Is.Ordered.And.Unique);
            Assert.That(steps[^1], Is.EqualTo(count - 1), "the last point");
            if (max > 1)
                Assert.That(steps[0], Is.Zero, "the first point");
        }
    }

    [Test]
    public void No_spike_is_lost_wherever_it_is(
        [Values(0, 1, 4999, 50_001, 99_998, 99_999)] int at,
        [Values(1e6, -1e6, double.NaN, double.PositiveInfinity, double.NegativeInfinity)] double spike)
    {
        const int Count = 100_000;
        var sample = new ScalarSample(1000);
        for (int i = 0; i < Count; i++)
            sample.Add(i, i, i == at ? spike : 1.0 / (1 + i));

        (long[] steps, _, double[] values, _) = sample.Read(int.MaxValue);
        Assert.That(values[Array.IndexOf(steps, (long)at)], Is.EqualTo(spike));

        // Nor when fewer are asked for than are kept.
        (steps, _, values, _) = sample.Read(100);
        Assert.That(steps, Has.Length.InRange(40, 100));
        Assert.That(values[Array.IndexOf(steps, (long)at)], Is.EqualTo(spike));
    }

    [Test]
    public void Each_section_has_its_lowest_and_highest_point()
    {
        const int Count = 64_000;
        double[] values = [.. Enumerable.Range(0, Count).Select(i => Math.Sin(i * 0.7) * (1 + (i % 37)))];
        var sample = new ScalarSample(400);
        for (int i = 0; i < Count; i++)
            sample.Add(i, i, values[i]);

        (long[] steps, _, double[] kept, _) = sample.Read(int.MaxValue);
        double[][] sections = [.. values.Chunk(Count / 40)];
        using (Assert.EnterMultipleScope())
        {
            Assert.That(kept, Is.EqualTo(steps.Select(step => values[step])), "every point is one of the file");
            for (int i = 0; i < sections.Length; i++)
            {
                double[] here = [.. kept.Where((_, k) => steps[k] / (Count / 40) == i)];
                Assert.That(here.Max(), Is.GreaterThanOrEqualTo(0.9 * sections[i].Max()), $"section {i}");
                Assert.That(here.Min(), Is.LessThanOrEqualTo(0.9 * sections[i].Min()), $"section {i}");
            }
        }
    }

    [TestCase(int.MaxValue, 0.1)]
    [TestCase(500, 0.2)]
    [TestCase(100, 0.4)]
    public void The_average_of_what_is_not_an_extreme_is_that_of_the_curve(int most, double tolerance)
    {
        const int Count = 100_000;
        var random = new Random(3);
        double[] values = [.. Enumerable.Range(0, Count).Select(_ => random.NextDouble() + (random.Next(50) == 0 ? 10 : 0))];
        var sample = new ScalarSample(1000);
        for (int i = 0; i < Count; i++)
            sample.Add(i, i, values[i]);

        (long[] steps, _, double[] kept, bool[] extremes) = sample.Read(most);
        double[] others = [.. kept.Where((_, i) => !extremes[i])];
        using (Assert.EnterMultipleScope())
        {
            Assert.That(others.Average(), Is.EqualTo(values.Average()).Within(tolerance));
            Assert.That(kept.Average(), Is.GreaterThan(3 * values.Average()), "with the extremes");
            Assert.That(others, Has.Length.InRange(kept.Length / 3, kept.Length * 2 / 3));
            Assert.That((extremes[0], extremes[^1]), Is.EqualTo((false, false)), "the ends of the curve");
            Assert.That(steps, Has.Length.EqualTo(extremes.Length).And.Ordered.And.Unique);
        }
    }

    [Test]
    public void The_last_point_alone_or_with_the_first_can_be_asked_for()
    {
        var sample = new ScalarSample(1000);
        for (int i = 0; i < 50; i++)
            sample.Add(i, i, i);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(sample.Read(0).Steps, Is.Empty);
            Assert.That(sample.Read(1).Steps, Is.EqualTo([49L]));
            Assert.That(sample.Read(2).Steps, Is.EqualTo([0L, 49]));
        }
    }

    [Test]
    public void Points_are_removed_from_a_step_on_and_others_added_after([Values(50, 5000)] int count)
    {
        var sample = new ScalarSample(100);
        for (int i = 0; i < count; i++)
            sample.Add(i, i, i);
        sample.RemoveFrom(count / 2);
        (long[] before, _, _, _) = sample.Read(int.MaxValue);
        for (int i = 0; i < count; i++)
            sample.Add((count / 2) + i, i, -i);

        (long[] steps, _, double[] values, _) = sample.Read(int.MaxValue);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(before, Has.Length.GreaterThan(20).And.All.LessThan(count / 2));
            Assert.That(steps, Is.Ordered.And.Unique);
            Assert.That(steps, Has.Length.InRange(90, 100).Or.Length.EqualTo(count / 2 + count));
            Assert.That(values.Where((_, i) => steps[i] >= count / 2), Is.All.LessThanOrEqualTo(0));
            Assert.That(sample.MaxStep, Is.EqualTo((count / 2) + count - 1));
        }
    }
}
