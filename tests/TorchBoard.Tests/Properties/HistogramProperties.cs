using FsCheck;
using FsCheck.Fluent;
using TorchBoard.Histograms;

namespace TorchBoard.Tests.Properties;

internal sealed class HistogramProperties
{
    private static readonly Gen<double[]> Values = Seeded.Doubles.ArrayOf();

    private static readonly Gen<HistogramBins> Bins = Gen.OneOf(
        Gen.Constant(HistogramBins.Default),
        Gen.Choose(1, 64).Select(HistogramBins.Equal),
        Gen.Constant(HistogramBins.Between(-10, 0, 1, 50)));

    [Test]
    public void Every_value_is_counted_once_in_ascending_buckets_between_the_extremes() =>
        Seeded.Holds(from values in Values from bins in Bins select (values, bins), input =>
        {
            double[] finite = [.. input.values.Where(double.IsFinite)];
            Histogram histogram = Histogram.Of<double>(input.values, input.bins);
            double[] limits = histogram.Limits.ToArray();
            double[] counts = histogram.Counts.ToArray();
            Assert.That(counts.Sum(), Is.EqualTo(finite.Length));
            Assert.That(histogram.Count, Is.EqualTo(finite.Length));
            Assert.That(histogram.NonFiniteCount, Is.EqualTo(input.values.Length - finite.Length));
            Assert.That(limits, Is.Ordered.Ascending.And.Unique);
            Assert.That(limits.Concat([histogram.Sum, histogram.SumOfSquares]), Is.All.Not.NaN);
            if (finite.Length == 0)
                return;
            Assert.That((histogram.Min, histogram.Max), Is.EqualTo((finite.Min(), finite.Max())));
        });

    [Test]
    public void The_default_buckets_hold_what_a_search_among_their_limits_finds() =>
        Seeded.Holds(Seeded.Doubles.Where(double.IsFinite).NonEmptyListOf(), list =>
        {
            Histogram histogram = Histogram.Of<double>([.. list]);
            double[] limits = histogram.Limits.ToArray();
            double[] expected = new double[limits.Length];
            foreach (double value in list)
            {
                // A bucket holds its left edge but not its right; the last one holds both.
                int at = Array.FindIndex(limits, limit => value < limit);
                expected[at < 0 ? limits.Length - 1 : at]++;
            }

            Assert.That(histogram.Counts.ToArray(), Is.EqualTo(expected));
        });

    [Test]
    public void What_is_written_reads_back() =>
        Seeded.Holds(
            Values,
            values =>
            {
                Histogram histogram = Histogram.Of<double>(values);
                using var directory = new TestDirectory();
                using (var writer = new SummaryWriter(directory))
                    writer.AddHistogram("h", histogram, 0);
                Histogram read = RunLog.Open(directory).Histograms["h"].Values[0];
                histogram = FloatRange.Clip(histogram);
                Assert.That(read.Counts.ToArray(), Is.EqualTo(histogram.Counts.ToArray()));
                Assert.That(read.Limits.ToArray(), Is.EqualTo(histogram.Limits.ToArray()));
                Assert.That(
                    (read.Count, read.Min, read.Max, read.Sum, read.SumOfSquares),
                    Is.EqualTo((histogram.Count, histogram.Min, histogram.Max, histogram.Sum, histogram.SumOfSquares)));
            },
            times: 60);
}
