using System.Globalization;
using System.Text;
using TorchBoard.Testing;

namespace TorchBoard.Tool.Asserting;

/// <summary>
/// A picture of a curve for a page that renders Mermaid, as GitHub's do; they render neither pictures within the text nor
/// SVG. It contains numbers only, so that no name can change what it says.
/// </summary>
internal static class CurvePicture
{
    private const int Spans = 60;
    private const string CurveColor = "#0969da";
    private const string LimitColor = "#cf222e";
    private const string BaselineColor = "#8c959f";

    // Beyond them, not all numbers can be written without an exponent, which Mermaid does not read.
    private const double Largest = 1e15;
    private const double Smallest = 1e-12;

    /// <summary>Returns the picture with its legend as Markdown; null if it cannot be drawn.</summary>
    public static string? Of(Curve curve, IReadOnlyList<double> limits, IReadOnlyList<Curve> baselines)
    {
        (double[] steps, double[] values) = Finite(curve);
        if (values.Length < 2 || Array.Exists(steps, step => Math.Abs(step) > Largest))
            return null;

        // Whole steps, so that their sums are exact: Mermaid draws the values at even distances.
        double left = steps.Min();
        double stride = Math.Max(1, Math.Ceiling((steps.Max() - left) / (2 * Spans)));
        int points = (int)Math.Ceiling((steps.Max() - left) / stride) + 1;
        if (points < 2)
            return null;

        Curve? baseline = baselines.FirstOrDefault(one => Covers(one, left, steps.Max()));
        (double[] at, double[] of) = baseline is null ? ([], []) : Finite(baseline);
        bool isLogarithmic = Decades.AreSpanned([.. values, .. of, .. limits]);
        var lines = new List<(string Color, double[] Values)>();
        lines.AddRange(limits.Distinct().Select(limit => (LimitColor, (double[])[limit, limit])));
        if (baseline is not null)
            lines.Add((BaselineColor, Sampled(at, of, left, stride, points)));

        lines.Add((CurveColor, Sampled(steps, values, left, stride, points)));
        if (isLogarithmic)
            lines = [.. lines.Select(line => (line.Color, Array.ConvertAll(line.Values, Math.Log10)))];
        string? chart = Chart(left, left + (stride * (points - 1)), lines, isLogarithmic);
        return chart is null ? null : $"{chart}\n\n{Legend(curve, limits, baseline, curve.Count - values.Length)}";
    }

    private static (double[] Steps, double[] Values) Finite(Curve curve)
    {
        int[] finite = [.. Enumerable.Range(0, curve.Count).Where(i => double.IsFinite(curve.Values[i]))];
        return (Array.ConvertAll(finite, i => (double)curve.Steps[i]), Array.ConvertAll(finite, i => curve.Values[i]));
    }

    // A line that ended earlier would be stretched.
    private static bool Covers(Curve curve, double left, double right)
    {
        (double[] steps, _) = Finite(curve);
        return steps.Length > 1 && steps.Min() <= left && steps.Max() >= right;
    }

    /// <summary>
    /// The values at even distances. Where several points share two of them, these are the least and the greatest, so that
    /// no spike is lost.
    /// </summary>
    private static double[] Sampled(double[] steps, double[] values, double left, double stride, int points)
    {
        double[] sampled = new double[points];
        Array.Fill(sampled, double.NaN);
        var pairs = new Dictionary<int, (int Least, int Greatest)>();
        for (int i = 0; i < steps.Length; i++)
        {
            double place = Math.Floor((steps[i] - left) / stride / 2);
            if (!(place >= 0 && place <= (points - 1) / 2))
                continue;
            int pair = (int)place;
            (int least, int greatest) = pairs.GetValueOrDefault(pair, (i, i));
            pairs[pair] = (values[i] < values[least] ? i : least, values[i] > values[greatest] ? i : greatest);
        }

        foreach ((int pair, (int least, int greatest)) in pairs)
        {
            sampled[2 * pair] = values[Math.Min(least, greatest)];
            if ((2 * pair) + 1 < points)
                sampled[(2 * pair) + 1] = values[Math.Max(least, greatest)];
        }

        // Between points, the line goes on as before.
        double last = sampled.First(double.IsFinite);
        for (int i = 0; i < points; i++)
            sampled[i] = last = double.IsNaN(sampled[i]) ? last : sampled[i];
        return sampled;
    }

    private static string? Chart(double left, double right, List<(string Color, double[] Values)> lines, bool isLogarithmic)
    {
        double least = lines.Min(line => line.Values.Min());
        double greatest = lines.Max(line => line.Values.Max());
        double size = Math.Max(Math.Abs(least), Math.Abs(greatest));
        if (!(size <= Largest) || (size > 0 && size < Smallest))
            return null;
        double margin = greatest > least ? (greatest - least) / 20 : size > 0 ? size / 2 : 1;

        var text = new StringBuilder("```mermaid\n---\nconfig:\n  xyChart:\n    width: 900\n    height: 300\n");
        text.Append("  themeVariables:\n    xyChart:\n      plotColorPalette: \"");
        text.AppendJoin(", ", lines.Select(line => line.Color)).Append("\"\n---\nxychart-beta\n");
        text.Append(CultureInfo.InvariantCulture, $"  x-axis \"step\" {Number(left)} --> {Number(right)}\n");
        text.Append(isLogarithmic ? "  y-axis \"log10\" " : "  y-axis ");
        text.Append(CultureInfo.InvariantCulture, $"{Number(least - margin)} --> {Number(greatest + margin)}\n");
        foreach ((_, double[] values) in lines)
            text.Append("  line [").AppendJoin(", ", values.Select(Number)).Append("]\n");
        return text.Append("```").ToString();
    }

    private static string Legend(Curve curve, IReadOnlyList<double> limits, Curve? baseline, int notFinite)
    {
        var parts = new List<string> { "🟦 the curve" };
        parts.AddRange(limits.Distinct().Select(limit => $"🟥 the limit {Output.Shown.Value(limit)}"));
        if (baseline is not null)
            parts.Add("⬜ the baseline");
        if (notFinite > 0)
            parts.Add($"{Output.Shown.Count(notFinite)} NaN or infinite");
        return string.Join(" · ", parts);
    }

    // Six digits, without an exponent.
    private static string Number(double value) =>
        (value is > -1e6 and < 1e6 ? double.Parse(value.ToString("G6", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture) : value)
            .ToString("0.####################", CultureInfo.InvariantCulture);
}
