using System.Runtime.CompilerServices;

namespace TorchBoard.Tests.Reading;

/// <summary>Reading with a limit on stored points: counts stay exact, and memory does not grow with the points.</summary>
internal sealed class StoredPointsTests
{
    [Test]
    public void A_limited_curve_has_evenly_spaced_points_with_the_first_and_the_last(
        [Values(1, 2, 3, 7, 8, 9, 10, 100, 1000, 4097)] int count, [Values(2, 3, 8, 9)] int max)
    {
        using var directory = new TestDirectory();
        EventBytes.Write(directory, Steps(count));

        RunLog run = RunLog.Open(directory, new RunLogOptions { MaxPoints = max });
        ScalarSeries curve = run.Scalars["loss"];
        Assert.That(run.Tags["loss"].Count, Is.EqualTo(count));
        Assert.That(run.Tags["loss"].LastStep, Is.EqualTo(count - 1));
        Assert.That(curve.Count, Is.AtMost(max).And.AtLeast(Math.Min(count, Math.Max(2, max / 2))));
        Assert.That(curve.Steps[0], Is.Zero);
        Assert.That(curve.Steps[^1], Is.EqualTo(count - 1));
        Assert.That(curve.Values.ToArray(), Is.EqualTo(curve.Steps.ToArray().Select(step => (double)step)));
        long[] distances = [.. curve.Steps.ToArray().Zip(curve.Steps.ToArray().Skip(1), (a, b) => b - a)];
        Assert.That(distances.Take(distances.Length - 1).Distinct().Count(), Is.AtMost(1), "even");
        if (count < max)
            Assert.That(curve.Count, Is.EqualTo(count));
    }

    [Test]
    public void Restarts_remove_points_that_were_not_stored()
    {
        using var directory = new TestDirectory();
        EventBytes.Write(
            directory,
            [
                .. Steps(1000), EventBytes.SessionStart(500), EventBytes.Scalar("other", 7, 1), EventBytes.Scalar("loss", 700, -1),
                EventBytes.SessionStart(600), EventBytes.Scalar("other", 8, 1),
            ]);

        RunLog whole = RunLog.Open(directory);
        var reported = new List<EventFileInfo>();
        RunLog limited = RunLog.Open(directory, new RunLogOptions { MaxPoints = 10, OnFileRead = reported.Add });
        RunLog listed = RunLog.Open(directory, new RunLogOptions { Kinds = [] });
        Assert.That(whole.Tags["loss"], Has.Property("Count").EqualTo(500).And.Property("LastStep").EqualTo(499));
        Assert.That(limited.Tags.Values, Is.EqualTo(whole.Tags.Values));
        Assert.That(listed.Tags.Values, Is.EqualTo(whole.Tags.Values));
        Assert.That(limited.Scalars["loss"].Values[^1], Is.EqualTo(499));
        Assert.That(limited.Files, Is.EqualTo(whole.Files));
        Assert.That(reported, Is.EqualTo(whole.Files), "told once, though the file is read twice");
    }

    [Test]
    [NonParallelizable]
    public void Tags_are_listed_without_memory_for_their_points()
    {
        using var directory = new TestDirectory();
        byte[] point = EventBytes.Scalar("loss", 1, 2);
        const int Points = 400_000;
        string path = EventBytes.Write(directory, [EventBytes.Opening()]);
        using (FileStream file = File.Open(path, FileMode.Append))
        {
            for (int i = 0; i < Points; i++)
                file.Write(point);
        }

        long stored = AllocatedBy(() => RunLog.Open(directory));
        long listed = AllocatedBy(() => RunLog.Open(directory, new RunLogOptions { Kinds = [] }));
        long limited = AllocatedBy(() => RunLog.Open(directory, new RunLogOptions { MaxPoints = 100 }));
        Assert.That(stored, Is.AtLeast(24L * Points), "the measure works");
        Assert.That(listed, Is.LessThan(2 * Points));
        Assert.That(limited, Is.LessThan(2 * Points));
    }

    [Test]
    public void A_limit_below_two_is_rejected() =>
        Assert.That(() => new RunLogOptions { MaxPoints = 1 }, Throws.InstanceOf<ArgumentOutOfRangeException>());

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static long AllocatedBy(Func<RunLog> open)
    {
        open();
        long before = GC.GetAllocatedBytesForCurrentThread();
        open();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private static byte[][] Steps(int count) =>
        [EventBytes.Opening(), .. Enumerable.Range(0, count).Select(step => EventBytes.Scalar("loss", step, step))];
}
