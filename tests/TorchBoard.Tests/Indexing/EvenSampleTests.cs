using TorchBoard.Indexing;

namespace TorchBoard.Tests.Indexing;

/// <summary>The values that are kept of more than there is space for.</summary>
internal sealed class EvenSampleTests
{
    [Test]
    public void First_and_last_are_kept_and_the_others_are_evenly_spaced(
        [Values(2, 3, 10, 100)] int max, [Values(1, 2, 10, 11, 999, 1000)] int count)
    {
        EvenSample sample = Of(max, count);

        long[] steps = Steps(sample, int.MaxValue);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(steps, Has.Length.InRange(Math.Min(count, (max / 2) + 1), Math.Min(count, max)));
            Assert.That((steps[0], steps[^1]), Is.EqualTo((0L, count - 1L)));
            Assert.That(
                steps.Zip(steps.Skip(1), (a, b) => b - a).SkipLast(1).Distinct().Count(), Is.LessThanOrEqualTo(1), "distances");
        }
    }

    [Test]
    public void Of_one_it_is_the_last([Values(1, 2, 100)] int count) =>
        Assert.That(Steps(Of(1, count), int.MaxValue), Is.EqualTo([count - 1L]));

    [Test]
    public void Values_are_removed_from_a_step_on_and_others_added_after([Values(1, 2, 10)] int max)
    {
        EvenSample sample = Of(max, 100);
        sample.RemoveFrom(50);
        Assert.That(Steps(sample, int.MaxValue), Is.All.LessThan(50));
        for (int step = 50; step < 60; step++)
            sample.Add(Value(step));

        long[] steps = Steps(sample, int.MaxValue);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(steps, Is.Ordered.And.Unique.And.Length.LessThanOrEqualTo(max));
            Assert.That(steps[^1], Is.EqualTo(59));
            Assert.That((sample.MaxStep, sample.Count), Is.EqualTo((59L, steps.Length)));
        }
    }

    [Test]
    public void Fewer_can_be_asked_for_and_a_step_be_found()
    {
        EvenSample sample = Of(10, 10);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Steps(sample, 4), Is.EqualTo([0L, 3, 6, 9]));
            Assert.That(Steps(sample, 1), Is.EqualTo([9L]));
            Assert.That(sample.TryFind(4, out IndexedValue found) ? found.Step : -1, Is.EqualTo(4));
            Assert.That(sample.TryFind(10, out _), Is.False);
        }
    }

    private static EvenSample Of(int max, int count)
    {
        var sample = new EvenSample(max);
        for (int step = 0; step < count; step++)
            sample.Add(Value(step));
        return sample;
    }

    private static IndexedValue Value(long step) => new(step, 100 + step, [new byte[] { 1 }]);

    private static long[] Steps(EvenSample sample, int most) => [.. sample.Read(most).Select(value => value.Step)];
}
