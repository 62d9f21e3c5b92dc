using System.Globalization;
using System.Text;

namespace TorchBoard.Figures.Axes;

/// <summary>An axis: its scale, ticks and labels.</summary>
/// <param name="Scale">The positions of values.</param>
/// <param name="Ticks">The labeled values, ascending.</param>
/// <param name="Labels">The labels of the ticks.</param>
/// <param name="MinorTicks">Values with a short tick and no label.</param>
/// <param name="IsCategorical">Whether the ticks are names instead of numbers.</param>
internal sealed record Axis(
    AxisScale Scale, IReadOnlyList<double> Ticks, IReadOnlyList<string> Labels, IReadOnlyList<double> MinorTicks,
    bool IsCategorical)
{
    /// <summary>Minimum number of ticks on a readable axis.</summary>
    private const int Fewest = 3;

    /// <summary>Maximum number of additional ticks to try until there are enough.</summary>
    private const int MostMore = 5;

    private const int FewestLinear = 3;
    private const int FewestLogarithmic = 5;

    /// <summary>Creates an axis with names at 0, 1, 2, ….</summary>
    public static Axis OfNames(IReadOnlyList<string> names) => new(
        new AxisScale(-0.5, Math.Max(names.Count, 1) - 0.5, false),
        [.. Enumerable.Range(0, names.Count).Select(i => (double)i)], names, [], IsCategorical: true);

    /// <summary>Creates an axis with round numbers.</summary>
    /// <param name="scale">The positions of values.</param>
    /// <param name="most">Desired maximum number of ticks; there are at least three if possible.</param>
    /// <param name="areWhole">Whether ticks should be whole numbers, as for rows and counts.</param>
    public static Axis OfNumbers(AxisScale scale, int most, bool areWhole = false)
    {
        // The outermost ticks enclose the range; those outside the range are dropped.
        List<(double Value, string Label)> ticks = [];
        for (int more = 1; ticks.Count < Fewest && more <= MostMore; more++)
            ticks = Inside(scale, scale.IsLogarithmic, most + more);
        if (scale.IsLogarithmic && ticks.Count < Fewest && scale.Max < 10 * scale.Min)
            ticks = Inside(scale, isLogarithmic: false, most + MostMore);
        if (areWhole && ticks.Exists(tick => !double.IsInteger(tick.Value))
            && WholeInside(scale, most) is [_, ..] whole)
        {
            ticks = whole;
        }

        // A number beside a single row has no meaning.
        if (areWhole && ticks.Count == 1)
            ticks = [];
        double[] values = [.. ticks.Select(tick => tick.Value)];
        double[] minor = scale.IsLogarithmic ? [.. MinorTicksOf(scale).Except(values)] : [];
        return new(scale, values, [.. ticks.Select(tick => Typeset(tick.Label))], minor, IsCategorical: false);
    }

    /// <summary>Returns the label in mathematical notation: −2×10⁻⁵ for -2e-5.</summary>
    public static string Typeset(string label)
    {
        int e = label.IndexOf('e', StringComparison.Ordinal);
        if (e < 0)
            return label.Replace('-', '−');

        string digits = label[..e].Replace('-', '−');
        var text = new StringBuilder(digits switch
        {
            "1" => "",
            "−1" => "−",
            _ => digits + "×",
        });
        text.Append("10");
        foreach (char c in label.AsSpan(e + 1))
        {
            if (c != '+')
                text.Append(c == '-' ? '⁻' : "⁰¹²³⁴⁵⁶⁷⁸⁹"[c - '0']);
        }

        return text.ToString();
    }

    private static List<(double Value, string Label)> Inside(AxisScale scale, bool isLogarithmic, int most)
    {
        AxisTicks ticks = isLogarithmic
            ? AxisTicks.Logarithmic(scale.Min, scale.Max, Math.Max(most, FewestLogarithmic))
            : AxisTicks.Linear(scale.Min, scale.Max, Math.Max(most, FewestLinear));
        var inside = new List<(double, string)>();
        for (int i = 0; i < ticks.Values.Length; i++)
        {
            if (IsInside(scale, ticks.Values[i]))
                inside.Add((ticks.Values[i], ticks.Labels[i]));
        }

        return inside;
    }

    /// <summary>Returns whole numbers 1, 2, 5, 10, … apart; none if the range contains none.</summary>
    private static List<(double Value, string Label)> WholeInside(AxisScale scale, int most)
    {
        (double first, double last) = (Math.Ceiling(scale.Min), Math.Floor(scale.Max));
        int[] digits = [1, 2, 5];
        for (int i = 0; ; i++)
        {
            double step = digits[i % digits.Length] * Math.Pow(10, i / digits.Length);
            double start = Math.Ceiling(first / step) * step;
            if (Math.Floor((last - start) / step) >= most)
                continue;
            var ticks = new List<(double, string)>();
            for (double value = start; value <= last; value += step)
                ticks.Add((value, value == 0 ? "0" : value.ToString("F0", CultureInfo.InvariantCulture)));
            return ticks;
        }
    }

    private static bool IsInside(AxisScale scale, double value)
    {
        const double rounding = 1e-9;
        return scale.Share(value) is >= -rounding and <= 1 + rounding;
    }

    /// <summary>
    /// Returns multiples of each power of ten; only the powers if there are many; nothing if there are too many.
    /// </summary>
    private static IEnumerable<double> MinorTicksOf(AxisScale scale)
    {
        const int manyDecades = 10;
        const int tooManyDecades = 40;
        int first = (int)Math.Floor(Math.Log10(scale.Min));
        int last = (int)Math.Floor(Math.Log10(scale.Max));
        int digits = (last - first) switch
        {
            > tooManyDecades => 0,
            > manyDecades => 1,
            _ => 9,
        };
        for (int decade = first; decade <= last; decade++)
        {
            for (int digit = 1; digit <= digits; digit++)
            {
                double value = digit * Math.Pow(10, decade);
                if (IsInside(scale, value))
                    yield return value;
            }
        }
    }
}
