using TorchBoard.Histograms;

namespace TorchBoard.Tests.Histograms;

/// <summary>One of TensorBoard's readers converts the edges of buckets to float.</summary>
internal sealed class FloatRangeTests
{
    [Test]
    public void Values_beyond_float_are_counted_at_the_ends_of_its_range()
    {
        Histogram histogram = Written(new Histogram(
            -1e300, 1e308, 10, 1, 2, [-1e299, -1e39, 0, 1, 1e39, 1e308], [1, 2, 3, 1, 1, 2]));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(histogram.Limits.ToArray(), Is.EqualTo([0.0, 1, float.MaxValue]));
            Assert.That(histogram.Counts.ToArray(), Is.EqualTo([6.0, 1, 3]));
            Assert.That((histogram.Min, histogram.Max), Is.EqualTo(((double)float.MinValue, (double)float.MaxValue)));
            Assert.That((histogram.Count, histogram.Sum, histogram.SumOfSquares), Is.EqualTo((10.0, 1.0, 2.0)));
        }
    }

    [TestCase(1e300, float.MaxValue)]
    [TestCase(-1e300, float.MinValue)]
    public void Values_that_are_all_beyond_float_are_one_bucket(double value, float end)
    {
        Histogram histogram = Written(Histogram.Of<double>([value, value * 2, double.NaN]));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(histogram.Counts.ToArray(), Is.EqualTo([2.0]));
            Assert.That(float.IsFinite((float)histogram.Limits[0]));
            Assert.That((histogram.Min, histogram.Max), Is.EqualTo(((double)end, (double)end)));
        }
    }

    [Test]
    public void A_histogram_within_the_range_is_the_same_one()
    {
        Histogram histogram = Histogram.Of<double>([float.MinValue, 0, 1e-300, float.MaxValue]);
        Assert.That(FloatRange.Clip(histogram), Is.SameAs(histogram));
    }

    // Each of the four numbers alone.
    [Test]
    public void A_histogram_of_which_one_number_is_beyond_float_is_clipped()
    {
        Histogram[] histograms =
        [
            new(-1e300, 1, 2, 0, 0, [0, 1], [1, 1]), new(0, 1e300, 2, 0, 0, [0, 1], [1, 1]),
            new(0, 1, 2, 0, 0, [-1e300, 1], [1, 1]), new(0, 1, 2, 0, 0, [0, 1e300], [1, 1]),
        ];
        foreach (Histogram histogram in histograms)
        {
            Histogram clipped = FloatRange.Clip(histogram);
            double[] numbers = [clipped.Min, clipped.Max, .. clipped.Limits];
            Assert.That(numbers, Is.All.InRange((double)float.MinValue, (double)float.MaxValue));
            Assert.That(clipped.Counts.ToArray().Sum(), Is.EqualTo(2));
            Assert.That(clipped.Limits.ToArray(), Is.Ordered.Ascending.And.Unique);
        }
    }

    [Test]
    public void The_number_of_values_that_are_not_finite_is_kept() =>
        Assert.That(FloatRange.Clip(Histogram.Of<double>([1e300, double.NaN])).NonFiniteCount, Is.EqualTo(1));

    private static Histogram Written(Histogram histogram)
    {
        using var directory = new TestDirectory();
        using (var writer = new SummaryWriter(directory))
            writer.AddHistogram("h", histogram, 0);
        return RunLog.Open(directory).Histograms["h"].Values[0];
    }
}
