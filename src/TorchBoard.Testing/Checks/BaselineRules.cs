namespace TorchBoard.Testing.Checks;

internal static class BaselineRules
{
    public static Finding Within(
        Curve curve, IReadOnlyList<Curve> baselines, Tolerance tolerance, bool allowMissing)
    {
        var baseline = new Interpolation(baselines[0]);
        if (baseline.Steps.Count == 0 && curve.Count > 0)
            return new Finding(false, "the baseline has no points");
        IEnumerable<long>? expected = allowMissing ? null : baseline.Steps;
        return Compare(curve, expected, 0, step => baseline.TryAt(step, out double value) ? Near(value) : null);

        (Func<double, bool>, string) Near(double wanted) =>
            (value => tolerance.Allows(value, wanted), $"the baseline is {Number.Rounded(wanted)}");
    }

    public static Finding BetweenPercentiles(
        Curve curve, IReadOnlyList<Curve> runs, double low, double high, double allowedOutside, bool allowMissing)
    {
        Interpolation[] seeds = [.. runs.Select(run => new Interpolation(run))];
        IEnumerable<long>? expected = allowMissing ? null : CoveredTwice(seeds);
        return Compare(curve, expected, allowedOutside, step =>
        {
            double[] values = [.. seeds.Select(seed => seed.TryAt(step, out double value) ? value : double.NaN)
                .Where(double.IsFinite).Order()];
            if (values.Length < 2)
                return null;
            (double lowest, double highest) = (Percentile(values, low), Percentile(values, high));
            return (
                value => value >= lowest && value <= highest,
                $"the {values.Length} runs lie between {Number.Rounded(lowest)} and {Number.Rounded(highest)}");
        });
    }

    /// <summary>The percentile of sorted values, linear between them (Hyndman and Fan's definition 7).</summary>
    public static double Percentile(double[] sorted, double percent)
    {
        double place = percent / 100 * (sorted.Length - 1);
        int below = (int)Math.Floor(place);
        int above = Math.Min(below + 1, sorted.Length - 1);
        double share = place - below;
        return (sorted[below] * (1 - share)) + (sorted[above] * share);
    }

    /// <summary>The steps of the runs at which at least two of them can be compared.</summary>
    private static IEnumerable<long> CoveredTwice(Interpolation[] runs) =>
        runs.SelectMany(run => run.Steps).Where(step => runs.Count(run => run.TryAt(step, out _)) >= 2);

    private static Finding Compare(
        Curve curve,
        IEnumerable<long>? expected,
        double allowedOutside,
        Func<long, (Func<double, bool> Allows, string Wanted)?> at)
    {
        if (curve.Count == 0)
        {
            int others = expected?.Count() ?? 0;
            return new Finding(false, others == 0 ? "no points" : $"no points, where the baseline has {Number.Text(others)}");
        }

        int compared = 0;
        int outside = 0;
        (int Point, string Wanted)? first = null;
        for (int i = 0; i < curve.Count; i++)
        {
            if (at(curve.Steps[i]) is not { } reference)
                continue;
            compared++;
            if (reference.Allows(curve.Values[i]))
                continue;
            first ??= (i, reference.Wanted);
            outside++;
        }

        if (compared == 0)
            return new Finding(false, "no step in common with the baseline");

        IReadOnlyList<string> missing = expected is null
            ? []
            : MissingSteps.Of(curve.Steps.ToArray(), expected, curve.First, curve.Last);
        string counts = $"{outside} of {Number.Points(compared)} outside";
        if (first is not { } worst || outside <= allowedOutside * compared)
            return new Finding(missing.Count == 0, string.Join("; ", [.. missing, counts]));
        return new Finding(
            false,
            string.Join("; ", [$"{Number.Seen(curve.Values[worst.Point])} where {worst.Wanted}", counts, .. missing]),
            worst.Point);
    }
}
