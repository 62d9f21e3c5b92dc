using System.Runtime.CompilerServices;

namespace TorchBoard.Tests.Reading;

/// <summary>
/// Files with many restarts that each remove points. Reading them takes time linear in their size: no restart visits
/// every point or every tag.
/// </summary>
[NonParallelizable]
internal sealed class ManyRestartsTests
{
    [Test]
    public void Restarts_with_descending_steps_remove_one_point_each() => AssertReadsInLinearTime(
        2_500,
        points =>
        [
            .. Enumerable.Range(0, points).Select(step => EventBytes.Scalar("x", step, step)),
            .. Enumerable.Range(0, points - 10).Select(i => EventBytes.SessionStart(points - 1 - i)),
        ],
        (run, _) => Assert.That(run.Scalars["x"].Steps.ToArray(), Is.EqualTo(Enumerable.Range(0, 10))));

    [Test]
    public void Restarts_between_descending_points_remove_only_earlier_points() => AssertReadsInLinearTime(
        2_500,
        points =>
        [
            EventBytes.Scalar("x", -1, -1),
            .. Enumerable.Range(0, points).SelectMany(i => (byte[][])
            [
                EventBytes.Scalar("x", points - i, i), EventBytes.SessionStart(points - i),
            ]),
            EventBytes.Scalar("x", points, 7),
        ],
        (run, points) => Assert.That(run.Scalars["x"].Steps.ToArray(), Is.EqualTo([-1L, points])));

    [Test]
    public void Restarts_of_a_run_with_many_tags_do_not_look_at_each_tag() => AssertReadsInLinearTime(
        2_500,
        tags =>
        [
            .. Enumerable.Range(0, tags).Select(tag => EventBytes.Scalar($"tag {tag}", tag, 1)),
            .. Enumerable.Range(0, 5 * tags).Select(i => EventBytes.SessionStart(tags - (i / 10))),
        ],
        (run, tags) =>
        {
            Assert.That(run.Tags, Has.Count.EqualTo(tags));
            Assert.That(run.Scalars.Values.Count(series => series.Count == 1), Is.EqualTo((tags / 2) + 1));
        });

    [Test]
    public void Millions_of_session_starts_take_no_extra_time() => AssertReadsInLinearTime(
        2_500,
        points =>
        [
            .. Enumerable.Range(0, points).Select(i => EventBytes.Scalar("x", i, i)),
            .. Enumerable.Repeat(EventBytes.SessionStart(2 * points), 2 * points),
        ],
        (run, points) => Assert.That(run.Scalars["x"].Count, Is.EqualTo(points)));

    [Test]
    public void Restarts_leave_what_applying_each_immediately_would_leave([Range(1, 50)] int seed)
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

    private static void AssertReadsInLinearTime(
        int size,
        Func<int, IEnumerable<byte[]>> records,
        Action<RunLog, int> check,
        [CallerMemberName] string test = "")
    {
        using var directory = new TestDirectory(test);
        Growth.AssertLinear(size, n =>
        {
            string run = Path.Combine(directory, $"{n}");
            EventBytes.Write(run, [EventBytes.Opening(), .. records(n)]);
            return () => check(RunLog.Open(run), n);
        });
    }
}
