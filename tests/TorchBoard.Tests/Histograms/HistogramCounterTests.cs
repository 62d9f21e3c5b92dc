using TorchBoard.Histograms;

namespace TorchBoard.Tests.Histograms;

internal sealed class HistogramCounterTests
{
    private static readonly float[] Values =
        [.. Enumerable.Range(-500, 1000).Select(i => i * 0.37f), float.NaN, float.PositiveInfinity, 0, 1e30f, -1e-20f];

    [Test]
    public void Parts_give_the_histogram_of_the_whole()
    {
        var whole = new HistogramCounter();
        whole.Add<float>(Values);
        var pieces = new HistogramCounter();
        foreach (float[] piece in Values.Chunk(7))
            pieces.Add<float>(piece);

        Histogram expected = Histogram.Of<float>(Values);
        foreach (Histogram histogram in (Histogram[])[whole.ToHistogram(), pieces.ToHistogram()])
        {
            Assert.That(histogram.Limits.ToArray(), Is.EqualTo(expected.Limits.ToArray()));
            Assert.That(histogram.Counts.ToArray(), Is.EqualTo(expected.Counts.ToArray()));
            Assert.That((histogram.Min, histogram.Max), Is.EqualTo((expected.Min, expected.Max)));
            Assert.That(histogram.Sum, Is.EqualTo(expected.Sum).Within(1e-6).Percent);
        }

        Assert.That((pieces.Count, pieces.NonFiniteCount), Is.EqualTo((Values.Length - 2, 2)));
    }

    [Test]
    public void Counts_made_elsewhere_with_the_edges_give_the_same_histogram()
    {
        float[] finite = [.. Values.Where(float.IsFinite)];
        long[] counts = new long[HistogramCounter.Edges.Length + 1];
        foreach (float value in finite)
        {
            int slot = 0;
            while (slot < HistogramCounter.SingleEdges.Length && value >= HistogramCounter.SingleEdges[slot])
                slot++;
            counts[slot]++;
        }

        var counter = new HistogramCounter();
        counter.AddCounts(
            counts, finite.Min(), finite.Max(), finite.Sum(v => (double)v), finite.Sum(v => (double)v * v), 2);

        Histogram expected = Histogram.Of<float>(Values);
        Histogram histogram = counter.ToHistogram();
        Assert.That(histogram.Limits.ToArray(), Is.EqualTo(expected.Limits.ToArray()));
        Assert.That(histogram.Counts.ToArray(), Is.EqualTo(expected.Counts.ToArray()));
        Assert.That(counter.NonFiniteCount, Is.EqualTo(2));
    }

    [Test]
    public void Counting_continues_after_a_histogram_is_taken()
    {
        var counter = new HistogramCounter();
        counter.Add<double>([1, 2, 1e25]);
        Histogram first = counter.ToHistogram();
        counter.Add<double>([1e25]);

        Assert.That(first.Counts.ToArray().Sum(), Is.EqualTo(3));
        Assert.That(counter.ToHistogram().Counts.ToArray().Sum(), Is.EqualTo(4));
    }

    [Test]
    public void A_single_edge_is_the_smallest_float_that_is_not_below_the_edge()
    {
        Assert.That(HistogramCounter.SingleEdges.Length, Is.EqualTo(HistogramCounter.Edges.Length));
        for (int i = 0; i < HistogramCounter.Edges.Length; i++)
        {
            Assert.That((double)HistogramCounter.SingleEdges[i], Is.GreaterThanOrEqualTo(HistogramCounter.Edges[i]));
            Assert.That(
                (double)float.BitDecrement(HistogramCounter.SingleEdges[i]), Is.LessThan(HistogramCounter.Edges[i]));
        }
    }

    [Test]
    public void Counts_of_no_value_add_only_what_is_not_finite()
    {
        var counter = new HistogramCounter();
        counter.Add<double>([1, 2]);
        counter.AddCounts(new long[HistogramCounter.Edges.Length + 1], double.NaN, double.NaN, 0, 0, nonFiniteCount: 7);
        Assert.That((counter.Count, counter.NonFiniteCount), Is.EqualTo((2L, 7L)));
        Assert.That((counter.ToHistogram().Min, counter.ToHistogram().Max), Is.EqualTo((1.0, 2.0)));
    }

    [Test]
    public void Counts_of_one_value_have_an_empty_range()
    {
        var counter = new HistogramCounter();
        long[] counts = new long[HistogramCounter.Edges.Length + 1];
        counts[^1] = 1;
        counter.AddCounts(counts, 1e25, 1e25, 1e25, 1e50);
        Assert.That(counter.ToHistogram().Limits.ToArray(), Is.EqualTo([1e25]));
        Assert.That(counter.ToHistogram().Counts.ToArray(), Is.EqualTo([1.0]));
    }

    [Test]
    public void Invalid_counts_are_refused()
    {
        var counter = new HistogramCounter();
        long[] counts = new long[HistogramCounter.Edges.Length + 1];
        counts[5] = 1;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(() => counter.AddCounts([1, 2], 0, 1, 1, 1), Throws.ArgumentException.With.Message.Contains("1550"));
            Assert.That(() => counter.AddCounts(counts, 2, 1, 1, 1), Throws.ArgumentException.With.Message.Contains("min 2"));
            Assert.That(
                () => counter.AddCounts(counts, double.NaN, 1, 1, 1), Throws.ArgumentException.With.Message.Contains("NaN"));
            Refusal.Of(
                "min", () => counter.AddCounts(counts, 0, double.PositiveInfinity, 1, 1),
                "The range must be finite, with min ≤ max; was min 0 and max Infinity");
            Assert.That(() => counter.AddCounts(counts, 0, 1, 1, 1, -1), Throws.InstanceOf<ArgumentOutOfRangeException>());
            counts[5] = -1;
            Refusal.Of("counts", () => counter.AddCounts(counts, 0, 1, 1, 1), "Counts must not be negative; one was -1");
            Assert.That(counter.Count, Is.Zero, "nothing of them was taken");
        }
    }
}
