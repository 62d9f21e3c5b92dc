using TorchBoard.Histograms;

namespace TorchBoard.Tests.Histograms;

/// <summary>Which buckets can be chosen, and what is refused. Numbers of bins are those of NumPy 1.24.</summary>
internal sealed class HistogramBinsTests
{
    private static readonly double[] MostlyZero = [0, 0, 0, 0, 0, 0, 0, 0, 1, 2];
    private static readonly double[] Powers = [1, 2, 4, 8, 16, 32, 64, 128];

    private static readonly (HistogramBins Bins, int MostlyZero, int Powers)[] Rules =
    [
        (HistogramBins.Auto, 5, 4), (HistogramBins.FreedmanDiaconis, 1, 4), (HistogramBins.Scott, 2, 2),
        (HistogramBins.Sturges, 5, 4), (HistogramBins.Rice, 5, 4), (HistogramBins.SquareRoot, 4, 3),
    ];

    [Test]
    public void Rules_give_as_many_bins_as_NumPy_also_where_half_of_the_values_are_equal([Range(0, 5)] int row)
    {
        (HistogramBins bins, int mostlyZero, int powers) = Rules[row];
        Assert.That((bins.Count, bins.ChosenEdges.Length), Is.EqualTo((0, 0)), "the data determine them");
        Assert.That(EqualBins(MostlyZero, bins), Is.EqualTo(mostlyZero));
        Assert.That(EqualBins(Powers, bins), Is.EqualTo(powers));
        Assert.That(EqualBins([double.NaN, .. Powers, double.PositiveInfinity], bins), Is.EqualTo(powers));
    }

    // numpy.percentile([1, 2, 4, …, 128], …)
    [TestCase(0, 1)]
    [TestCase(0.1, 1.7)]
    [TestCase(0.25, 3.5)]
    [TestCase(0.5, 12)]
    [TestCase(0.75, 40)]
    [TestCase(0.99, 123.52)]
    [TestCase(1, 128)]
    public void Percentiles_are_interpolated_as_by_NumPy(double share, double expected) =>
        Assert.That(BinCount.Percentile(Powers, share), Is.EqualTo(expected).Within(1e-12));

    [Test]
    public void A_number_of_buckets_is_1_to_65536()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(HistogramBins.Equal(1).Count, Is.EqualTo(1));
            Assert.That(HistogramBins.Equal(65_536).Count, Is.EqualTo(65_536));
            Assert.That(HistogramBins.Equal(65_536, 0, 1).Count, Is.EqualTo(65_536));
            Assert.That(HistogramBins.Equal(1, 0, 1).ChosenEdges.ToArray(), Is.EqualTo(new double[] { 0, 1 }));
            Refusal.Of("count", () => HistogramBins.Equal(65_537));
            Refusal.Of("count", () => HistogramBins.Equal(65_537, 0, 1));
            Refusal.Of("count", () => HistogramBins.Equal(-1, 0, 1));
        }
    }

    [Test]
    public void A_range_is_finite_and_not_empty()
    {
        const string Message = "The range must be finite, with min < max";
        using (Assert.EnterMultipleScope())
        {
            Refusal.Of("max", () => HistogramBins.Equal(2, 1, 0.5), Message, "min was 1, max was 0.5");
            Refusal.Of("max", () => HistogramBins.Equal(2, 0, double.PositiveInfinity), Message);
            Refusal.Of("max", () => HistogramBins.Equal(2, double.NegativeInfinity, 0), Message);
            Refusal.Of("max", () => HistogramBins.Equal(2, double.NaN, 0), Message);
            Refusal.Of(
                "edges", () => HistogramBins.Equal(4, 1, Math.BitIncrement(1.0)), "strictly ascending; edge 1 is 1");
        }
    }

    [Test]
    public void Edges_are_at_least_two_finite_ascending_numbers()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(HistogramBins.Between(-1, 0.5).ChosenEdges.ToArray(), Is.EqualTo(new[] { -1, 0.5 }));
            Assert.That(HistogramBins.Between(-1, 0.5, 3).Count, Is.EqualTo(2));
            Refusal.Of("edges", () => HistogramBins.Between(), "at least two edges; was 0");
            Refusal.Of("edges", () => HistogramBins.Between(1), "at least two edges; was 1");
            Refusal.Of("edges", () => HistogramBins.Between(0, 2, 1), "edge 2 is 1");
            Refusal.Of("edges", () => HistogramBins.Between(double.NaN, 1), "finite and strictly ascending; edge 0 is NaN");
            Refusal.Of("edges", () => HistogramBins.Between(0, double.PositiveInfinity), "edge 1 is Infinity");
        }
    }

    [Test]
    public void Equal_buckets_of_values_that_hardly_differ_still_ascend()
    {
        double next = Math.BitIncrement(1.0);
        Histogram close = Histogram.Of<double>([1, next], HistogramBins.Equal(4));
        Histogram large = Histogram.Of<double>([1L << 53, 1L << 53], HistogramBins.Equal(2));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(close.Counts.ToArray().Sum(), Is.EqualTo(2));
            Assert.That(close.Limits.ToArray(), Is.Ordered.Ascending.And.Unique);
            Assert.That(close.Limits[^1], Is.EqualTo(next));
            Assert.That(large.Counts.ToArray().Sum(), Is.EqualTo(2));
            Assert.That(large.Limits.ToArray(), Is.Ordered.Ascending.And.Unique);
        }
    }

    [Test]
    public void Equal_buckets_over_the_whole_range_of_double_are_finite()
    {
        Histogram histogram = Histogram.Of<double>([double.MinValue, 0, double.MaxValue], HistogramBins.Equal(4));
        Assert.That(histogram.Counts.ToArray(), Is.EqualTo(new double[] { 1, 0, 1, 1 }));
        Assert.That(
            histogram.Limits.ToArray(),
            Is.EqualTo(new[] { double.MinValue / 2, 0, double.MaxValue / 2, double.MaxValue }).Within(1e-12).Percent);
    }

    // The buckets between the first and the last edge, which the histogram has as both have values.
    private static int EqualBins(double[] values, HistogramBins bins)
    {
        Histogram histogram = Histogram.Of<double>(values, bins);
        Assert.That(histogram.Limits[^1], Is.EqualTo(histogram.Max));
        return histogram.Limits.Length;
    }
}
