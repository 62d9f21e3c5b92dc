using System.Globalization;

namespace TorchBoard.Figures;

/// <summary>
/// Round numbers along an axis, from one at or below the smallest value to one at or above the largest, so that the
/// ends of the axis are labeled too.
/// </summary>
internal sealed class AxisTicks
{
    /// <summary>Values beyond this magnitude are drawn at the edge: steps between ticks would overflow.</summary>
    private const double Largest = 1e300;

    private const double Smallest = 1e-290;

    /// <summary>Keeps rounding from pushing 0.3 / 0.1 below 3 and losing a tick.</summary>
    private const double Tolerance = 1e-9;

    private const int MostByDefault = 5;

    private static readonly int[] RoundDigits = [1, 2, 5];

    private readonly double[] _values;
    private readonly string[] _labels;
    private readonly bool _logarithmic;

    private AxisTicks(double[] values, string[] labels, bool logarithmic)
    {
        _values = values;
        _labels = labels;
        _logarithmic = logarithmic;
    }

    /// <summary>The ticks, ascending.</summary>
    public ReadOnlySpan<double> Values => _values;

    /// <summary>The labels of the ticks, precise enough to distinguish them.</summary>
    public ReadOnlySpan<string> Labels => _labels;

    /// <summary>Returns ticks 1, 2 or 5 times a power of ten apart: 3 to 5 ticks if most is 5.</summary>
    /// <param name="min">The smallest value; finite.</param>
    /// <param name="max">
    /// The largest value; finite, not less than <paramref name="min"/>. If both are equal, the axis extends around
    /// them.
    /// </param>
    /// <param name="most">Maximum number of ticks; at least 3.</param>
    public static AxisTicks Linear(double min, double max, int most = MostByDefault)
    {
        (double[] values, int exponent) = EvenlySpaced(min, max, most);
        return new AxisTicks(values, EvenLabels(values, exponent), logarithmic: false);
    }

    /// <summary>
    /// Returns ticks for a logarithmic axis: at 1, 2 and 5 times powers of ten, at powers of ten if these are too many,
    /// and evenly spaced if they are too few.
    /// </summary>
    /// <param name="min">The smallest value; finite and greater than 0.</param>
    /// <param name="max">The largest value; finite, not less than <paramref name="min"/>.</param>
    /// <param name="most">Maximum number of ticks; at least 5.</param>
    public static AxisTicks Logarithmic(double min, double max, int most = MostByDefault)
    {
        const int fewest = 3;
        min = Math.Clamp(min, 1 / Largest, Largest);
        max = Math.Clamp(max, min, Largest);

        double[] values = RoundNumbers(min, max);
        if (values.Length > most)
        {
            values = PowersOfTen(min, max, most);
        }
        else if (values.Length < fewest)
        {
            (values, int exponent) = EvenlySpaced(min, max, most);
            return new AxisTicks(values, EvenLabels(values, exponent), logarithmic: true);
        }

        bool scientific = IsScientific(values[^1]) || values[0] < 1e-4;
        return new AxisTicks(
            values,
            [.. values.Select(v => v.ToString(scientific ? "0e0" : "0.####", CultureInfo.InvariantCulture))],
            logarithmic: true);
    }

    /// <summary>Returns the position of a value: 0 at the first tick, 1 at the last, clamped to that range.</summary>
    public double PositionOf(double value)
    {
        (double first, double last) = (OnScale(_values[0]), OnScale(_values[^1]));
        return Math.Clamp((OnScale(value) - first) / (last - first), 0, 1);
    }

    private double OnScale(double value) => _logarithmic
        ? Math.Log10(Math.Clamp(value, 1 / Largest, Largest))
        : Math.Clamp(value, -Largest, Largest);

    private static (double[] Values, int Exponent) EvenlySpaced(double min, double max, int most)
    {
        (min, max) = WidenConstant(Math.Clamp(min, -Largest, Largest), Math.Clamp(max, -Largest, Largest));
        for (int exponent = (int)Math.Floor(Math.Log10((max - min) / (most - 1))); ; exponent++)
        {
            foreach (int digit in RoundDigits)
            {
                double step = Scaled(digit, exponent);
                double first = Math.Floor((min / step) + Tolerance);
                double last = Math.Ceiling((max / step) - Tolerance);
                if (last - first >= most)
                    continue;

                double[] values = new double[(int)(last - first) + 1];
                for (int i = 0; i < values.Length; i++)
                    values[i] = Scaled((first + i) * digit, exponent);
                return (values, exponent);
            }
        }
    }

    private static (double Min, double Max) WidenConstant(double min, double max)
    {
        double size = Math.Max(Math.Abs(min), Math.Abs(max));
        if (max - min > Math.Max(size * 1e-12, Smallest))
            return (min, max);
        double margin = size > Smallest ? size / 2 : 1;
        return (min - margin, max + margin);
    }

    private static double[] RoundNumbers(double min, double max)
    {
        // Generates one extra decade at either end, then selects the ticks that enclose the data.
        int firstDecade = (int)Math.Floor(Math.Log10(min)) - 1;
        int lastDecade = (int)Math.Ceiling(Math.Log10(max)) + 1;
        double[] candidates = [.. Enumerable.Range(firstDecade, lastDecade - firstDecade + 1)
            .SelectMany(_ => RoundDigits, (decade, digit) => Scaled(digit, decade))];
        int first = Array.FindLastIndex(candidates, v => v <= min);
        int last = Array.FindIndex(candidates, v => v >= max);
        return candidates[first..(last + 1)];
    }

    private static double[] PowersOfTen(double min, double max, int most)
    {
        for (int stride = 1; ; stride++)
        {
            int first = (int)Math.Floor((Math.Log10(min) / stride) + Tolerance);
            int last = (int)Math.Ceiling((Math.Log10(max) / stride) - Tolerance);
            if (last - first < most)
                return [.. Enumerable.Range(first, last - first + 1).Select(k => Scaled(1, k * stride))];
        }
    }

    /// <summary>Divides for small numbers: 3 / 10 is the double nearest to 0.3, 3 × 0.1 is not.</summary>
    private static double Scaled(double digits, int exponent) =>
        exponent < 0 ? digits / Math.Pow(10, -exponent) : digits * Math.Pow(10, exponent);

    private static string[] EvenLabels(double[] values, int exponent)
    {
        double size = Math.Max(Math.Abs(values[0]), Math.Abs(values[^1]));
        string format = IsScientific(size)
            ? "0." + new string('#', (int)Math.Floor(Math.Log10(size)) - exponent) + "e0"
            : "F" + Math.Max(0, -exponent).ToString(CultureInfo.InvariantCulture);
        return [.. values.Select(v => v == 0 ? "0" : v.ToString(format, CultureInfo.InvariantCulture))];
    }

    private static bool IsScientific(double size) => size is >= 1e6 or < 1e-3;
}
