using System.Globalization;
using System.Text;

namespace TorchBoard.Figures.Axes;

/// <summary>An axis: its scale, and what stands along it.</summary>
/// <param name="Scale">Where values stand.</param>
/// <param name="Ticks">The values that are labeled, ascending.</param>
/// <param name="Labels">Their labels.</param>
/// <param name="MinorTicks">Values that have a short tick and no label.</param>
/// <param name="IsCategorical">Whether the ticks are names and not numbers.</param>
internal sealed record Axis(
    AxisScale Scale, IReadOnlyList<double> Ticks, IReadOnlyList<string> Labels, IReadOnlyList<double> MinorTicks,
    bool IsCategorical)
{
    /// <summary>An axis with fewer numbers says too little.</summary>
    private const int Fewest = 3;

    /// <summary>How many more ticks are tried for until there are that many.</summary>
    private const int MostMore = 5;

    private const int FewestLinear = 3;
    private const int FewestLogarithmic = 5;

    /// <summary>An axis with names at 0, 1, 2, ….</summary>
    public static Axis OfNames(IReadOnlyList<string> names) => new(
        new AxisScale(-0.5, Math.Max(names.Count, 1) - 0.5, false),
        [.. Enumerable.Range(0, names.Count).Select(i => (double)i)], names, [], IsCategorical: true);

    /// <summary>An axis with round numbers.</summary>
    /// <param name="scale">Where they stand.</param>
    /// <param name="most">How many there should be at most; there are three where that is possible.</param>
    /// <param name="areWhole">Whether only whole numbers make sense, as for rows and counts.</param>
    public static Axis OfNumbers(AxisScale scale, int most, bool areWhole = false)
    {
        // The outermost of the ticks enclose the range, and are left out where they are not in it.
        List<(double Value, string Label)> ticks = [];
        for (int more = 1; ticks.Count < Fewest && more <= MostMore; more++)
            ticks = Inside(scale, scale.IsLogarithmic, most + more);
        if (scale.IsLogarithmic && ticks.Count < Fewest && scale.Max < 10 * scale.Min)
            ticks = Inside(scale, isLogarithmic: false, most + MostMore);
        if (areWhole && ticks.Exists(tick => !double.IsInteger(tick.Value))
            && WholeInside(scale, most) is [_, ..] whole)
            ticks = whole;

        // A lone number beside a single row says nothing.
        if (areWhole && ticks.Count == 1)
            ticks = [];
        double[] values = [.. ticks.Select(tick => tick.Value)];
        double[] minor = scale.IsLogarithmic ? [.. MinorTicksOf(scale).Except(values)] : [];
        return new(scale, values, [.. ticks.Select(tick => Typeset(tick.Label))], minor, IsCategorical: false);
    }

    /// <summary>The label as it is written by hand: −2×10⁻⁵ for -2e-5.</summary>
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

    /// <summary>Whole numbers 1, 2, 5, 10, … apart; none where the scale has none.</summary>
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

    /// <summary>Multiples of each power of ten; the powers alone where there are many, or none.</summary>
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
