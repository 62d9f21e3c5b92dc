using TorchBoard.Figures.Axes;
using TorchBoard.Histograms;

namespace TorchBoard.Figures.Marks;

/// <summary>Five numbers and the outliers of a sample, as Tukey's box plot shows them.</summary>
/// <param name="LowWhisker">The least value within 1.5 times the box's height below it.</param>
/// <param name="LowQuartile">A quarter of the values lie below.</param>
/// <param name="Median">Half of the values lie below.</param>
/// <param name="HighQuartile">A quarter of the values lie above.</param>
/// <param name="HighWhisker">The greatest value within 1.5 times the box's height above it.</param>
/// <param name="Outliers">What lies beyond the whiskers.</param>
internal sealed record BoxStatistics(
    double LowWhisker, double LowQuartile, double Median, double HighQuartile, double HighWhisker, double[] Outliers)
{
    private const double Reach = 1.5;

    /// <summary>The numbers of the finite values of a sample; null where there are none.</summary>
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
