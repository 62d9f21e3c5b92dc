namespace TorchBoard.Tests.Reading;

/// <summary>
/// Restarts without end, each of which takes points back. The files are so large that looking at each point once
/// for each restart would take hours: they end, which is the test.
/// </summary>
internal sealed class ManyRestartsTests
{
    private const int Points = 500_000;

    [Test]
    [CancelAfter(60_000)]
    public void Half_a_million_restarts_that_descend_take_one_point_each()
    {
        using var directory = new TestDirectory();
        EventBytes.Write(
            directory,
            [
                EventBytes.Opening(),
                .. Enumerable.Range(0, Points).Select(step => EventBytes.Scalar("x", step, step)),
                .. Enumerable.Range(0, Points - 10).Select(i => EventBytes.SessionStart(Points - 1 - i)),
            ]);

        Assert.That(RunLog.Open(directory).Scalars["x"].Steps.ToArray(), Is.EqualTo(Enumerable.Range(0, 10)));
    }

    [Test]
    [CancelAfter(60_000)]
    public void Restarts_between_points_that_descend_take_only_what_was_before_them()
    {
        using var directory = new TestDirectory();
        EventBytes.Write(
            directory,
            [
                EventBytes.Opening(),
                EventBytes.Scalar("x", -1, -1),
                .. Enumerable.Range(0, Points / 2).SelectMany(i => (byte[][])
                [
                    EventBytes.Scalar("x", Points - i, i), EventBytes.SessionStart(Points - i),
                ]),
                EventBytes.Scalar("x", Points, 7),
            ]);

        Assert.That(RunLog.Open(directory).Scalars["x"].Steps.ToArray(), Is.EqualTo([-1L, Points]));
    }

    [Test]
    [CancelAfter(60_000)]
    public void Restarts_of_a_run_with_many_tags_do_not_look_at_each_tag()
    {
        const int Tags = 50_000;
        using var directory = new TestDirectory();
        EventBytes.Write(
            directory,
            [
                EventBytes.Opening(),
                .. Enumerable.Range(0, Tags).Select(tag => EventBytes.Scalar($"tag {tag}", tag, 1)),
                .. Enumerable.Range(0, Points).Select(i => EventBytes.SessionStart(Tags - (i / 20))),
            ]);

        RunLog run = RunLog.Open(directory);

        Assert.That(run.Tags, Has.Count.EqualTo(Tags));
        Assert.That(run.Scalars.Values.Count(series => series.Count == 1), Is.EqualTo(Tags - (Points / 20) + 1));
    }

    [Test]
    [CancelAfter(20_000)]
    public void Sessions_that_start_without_end_take_no_time_of_their_own()
    {
        using var directory = new TestDirectory();
        EventBytes.Write(
            directory,
            [
                EventBytes.Opening(),
                .. Enumerable.Range(0, 100_000).Select(i => EventBytes.Scalar("x", i, i)),
                .. Enumerable.Repeat(EventBytes.SessionStart(200_000), 200_000),
            ]);

        Assert.That(RunLog.Open(directory).Scalars["x"].Count, Is.EqualTo(100_000));
    }

    [Test]
    public void What_restarts_leave_is_what_applying_each_at_once_would_leave([Range(1, 50)] int seed)
    {
        var random = new Random(seed);
        var expected = new Dictionary<string, List<long>> { ["a"] = [], ["b"] = [] };
        List<byte[]> records = [EventBytes.Opening()];
        for (int i = 0; i < 60; i++)
        {
            long step = random.Next(20);
            string tag = random.Next(2) == 0 ? "a" : "b";
            if (random.Next(4) == 0)
            {
                records.Add(EventBytes.SessionStart(step));
                foreach (List<long> steps in expected.Values)
                    steps.RemoveAll(s => s >= step);
            }
            else
            {
                records.Add(EventBytes.Scalar(tag, step, i));
                expected[tag].Add(step);
            }
        }

        using var directory = new TestDirectory();
        EventBytes.Write(directory, records);
        RunLog run = RunLog.Open(directory);

        foreach ((string tag, List<long> steps) in expected)
        {
            long[] read = run.Scalars.TryGetValue(tag, out ScalarSeries? series) ? series.Steps.ToArray() : [];
            Assert.That(read, Is.EqualTo(steps), tag);
        }
    }
}
