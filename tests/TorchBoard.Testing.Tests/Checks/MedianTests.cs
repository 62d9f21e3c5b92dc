using TorchBoard.Testing.Checks;

namespace TorchBoard.Testing.Tests.Checks;

internal sealed class MedianTests
{
    [Test]
    public void It_is_the_middle_of_the_sorted_values([Values(1, 2, 15, 16, 17, 18, 100, 1001)] int count, [Values(3, 1000)] int different)
    {
        var random = new Random(count);
        for (int round = 0; round < 20; round++)
        {
            double[] values = [.. Enumerable.Range(0, count).Select(_ => (double)random.Next(different))];
            Assert.That(Median.Of(values), Is.EqualTo(MiddleOf(values)));
        }
    }

    [Test]
    public void It_is_exact_for_ordered_values_and_infinities()
    {
        double[] rising = [.. Enumerable.Range(0, 1000).Select(i => (double)i)];
        Assert.That(Median.Of(rising), Is.EqualTo(499.5));
        Assert.That(Median.Of([.. rising.Reverse()]), Is.EqualTo(499.5));
        Assert.That(Median.Of([.. rising, .. Enumerable.Repeat(double.PositiveInfinity, 998)]), Is.EqualTo(998.5));
    }

    [Test]
    public void A_sliding_median_is_that_of_the_values_in_its_window()
    {
        const int width = 7;
        var random = new Random(1);
        double[] values = [.. Enumerable.Range(0, 500).Select(_ => (double)random.Next(20))];
        var median = new SlidingMedian(width);
        for (int i = 0; i < values.Length; i++)
        {
            if (i >= width)
                median.Remove(values[i - width]);
            median.Add(values[i]);
            Assert.That(median.Value, Is.EqualTo(MiddleOf(values[Math.Max(0, i + 1 - width)..(i + 1)])));
        }
    }

    private static double MiddleOf(double[] values)
    {
        double[] sorted = [.. values.Order()];
        int middle = sorted.Length / 2;
        return sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
