using TorchBoard.Figures.Axes;
using TorchBoard.Histograms;

namespace TorchBoard.Figures.Marks;

/// <summary>The five numbers and the outliers of a sample in Tukey's box plot.</summary>
/// <param name="LowWhisker">The smallest value within 1.5 times the box's height below the box.</param>
/// <param name="LowQuartile">The first quartile.</param>
/// <param name="Median">The median.</param>
/// <param name="HighQuartile">The third quartile.</param>
/// <param name="HighWhisker">The largest value within 1.5 times the box's height above the box.</param>
/// <param name="Outliers">The values beyond the whiskers.</param>
internal sealed record BoxStatistics(
    double LowWhisker, double LowQuartile, double Median, double HighQuartile, double HighWhisker, double[] Outliers)
{
    private const double Reach = 1.5;

    /// <summary>Returns the statistics of the finite values of a sample; null if there are none.</summary>
    public static BoxStatistics? Of(IEnumerable<double> sample)
    {
        const double largest = AxisScale.Largest;
        double[] sorted = [.. sample.Where(double.IsFinite).Select(v => Math.Clamp(v, -largest, largest)).Order()];
        if (sorted.Length == 0)
            return null;
        double low = BinCount.Percentile(sorted, 0.25);
        double high = BinCount.Percentile(sorted, 0.75);
        double reach = Reach * (high - low);
        return new BoxStatistics(
            sorted.First(v => v >= low - reach), low, BinCount.Percentile(sorted, 0.5), high,
            sorted.Last(v => v <= high + reach), [.. sorted.Where(v => v < low - reach || v > high + reach)]);
    }
}
