using TorchBoard.Histograms;
using TorchBoard.Tool.Runs;

namespace TorchBoard.Tool.Output;

/// <summary>Shows a histogram as bars, and a row of small bars for each earlier step.</summary>
internal sealed class HistogramView(Terminal terminal)
{
    private const int Rows = 16;
    private const int ShownSteps = 12;
    private const int SmallBars = 40;

    public void Write(LoggedSeries series, Histogram histogram)
    {
        if (histogram.Count <= 0)
        {
            terminal.WriteLine("  no values");
            return;
        }

        WriteBars(histogram);
        terminal.WriteLine(
            $"  {Shown.Count((long)histogram.Count, "value")} from {Shown.Value(histogram.Min)} "
            + $"to {Shown.Value(histogram.Max)}, mean {Shown.Value(histogram.Sum / histogram.Count)}");
        if (series.Values.Length > 1)
            WriteSteps(series);
    }

    /// <summary>Distributes the counts to equal buckets of a range, in proportion to the overlap.</summary>
    internal static double[] Rebin(Histogram histogram, double from, double to, int bins)
    {
        double[] counts = new double[bins];
        double width = (to - from) / bins;
        double left = histogram.Min;
        for (int i = 0; i < histogram.Limits.Length; i++)
        {
            // The outer limits of the outermost buckets may be far beyond the values.
            double right = Math.Min(histogram.Limits[i], histogram.Max);
            double count = histogram.Counts[i];
            double bucketLeft = Math.Max(left, histogram.Min);
            left = histogram.Limits[i];
            if (count <= 0)
                continue;
            if (width <= 0 || right <= bucketLeft)
            {
                counts[width <= 0 ? 0 : Place(bucketLeft)] += count;
                continue;
            }

            for (int bin = Place(bucketLeft); bin <= Place(right); bin++)
            {
                double overlap =
                    Math.Min(right, from + ((bin + 1) * width)) - Math.Max(bucketLeft, from + (bin * width));
                counts[bin] += count * Math.Max(0, overlap) / (right - bucketLeft);
            }
        }

        return counts;

        int Place(double value) => Math.Clamp((int)((value - from) / width), 0, bins - 1);
    }

    private void WriteBars(Histogram histogram)
    {
        int rows = histogram.Max > histogram.Min ? Rows : 1;
        double[] counts = Rebin(histogram, histogram.Min, histogram.Max, rows);
        string[] edges = [.. Enumerable.Range(0, rows).Select(i =>
            Shown.Value(histogram.Min + ((histogram.Max - histogram.Min) * i / rows)))];
        int labelWidth = edges.Max(edge => edge.Length);
        int barWidth = terminal.ChartWidth - labelWidth - 14;
        double most = counts.Max();
        for (int i = 0; i < rows; i++)
        {
            string count = Shown.Count((long)Math.Round(counts[i]));
            terminal.WriteLine(
                $"  {edges[i].PadLeft(labelWidth)} ┤{Bar(counts[i] / most, barWidth)} {terminal.Dim(count)}");
        }
    }

    private static string Bar(double share, int width)
    {
        const string eighths = "▏▎▍▌▋▊▉█";
        int filled = (int)Math.Round(share * width * eighths.Length);
        string bar = new('█', filled / eighths.Length);
        return filled % eighths.Length is var rest and > 0 ? bar + eighths[rest - 1] : bar;
    }

    private void WriteSteps(LoggedSeries series)
    {
        Histogram[] all = [.. series.Values.Cast<Histogram>()];
        Histogram[] filled = [.. all.Where(histogram => histogram.Count > 0)];
        double from = filled.Min(histogram => histogram.Min);
        double to = filled.Max(histogram => histogram.Max);

        terminal.WriteLine();
        int stepWidth = Math.Max(4, series.Steps.Max(step => Shown.Step(step).Length));
        string range = Shown.Value(from).PadRight(SmallBars - Shown.Value(to).Length) + Shown.Value(to);
        terminal.WriteLine(terminal.Dim($"  {"step".PadLeft(stepWidth)}  {range}"));
        foreach (int i in Evenly(all.Length, ShownSteps))
        {
            string bars = all[i].Count > 0 ? Sparkline.OfCounts(Rebin(all[i], from, to, SmallBars)) : "no values";
            terminal.WriteLine($"  {Shown.Step(series.Steps[i]).PadLeft(stepWidth)}  {bars}");
        }
    }

    /// <summary>
    /// Returns at most <paramref name="wanted"/> evenly spaced indices, including the first and the last.
    /// </summary>
    private static IEnumerable<int> Evenly(int count, int wanted) => count <= wanted
        ? Enumerable.Range(0, count)
        : Enumerable.Range(0, wanted).Select(i => (int)Math.Round(i * (count - 1.0) / (wanted - 1)));
}
