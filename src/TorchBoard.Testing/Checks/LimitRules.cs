namespace TorchBoard.Testing.Checks;

/// <summary>Rules for values below, above or between limits. NaN satisfies none of them.</summary>
internal static class LimitRules
{
    public static Finding Ends(Curve curve, Func<double, bool> holds, int over)
    {
        if (curve.Count == 0)
            return Finding.NoFinitePoint(curve);

        int last = curve.Count - 1;
        int first = Math.Max(0, curve.Count - over);
        for (int i = first; i <= last; i++)
        {
            if (!double.IsFinite(curve.Values[i]))
                return new Finding(false, $"{Number.Seen(curve.Values[i])} at the end", i);
        }

        double end = Median.Of(curve.Values[first..]);
        string seen = over == 1
            ? $"the last value is {Number.Seen(end)}"
            : $"the median of the last {Number.Points(last - first + 1)} is {Number.Seen(end)}";
        return new Finding(holds(end), seen, last);
    }

    public static Finding Stays(Curve curve, Func<double, bool> holds)
    {
        if (curve.Count == 0)
            return Finding.NoFinitePoint(curve);

        int? first = null;
        int outside = 0;
        for (int i = 0; i < curve.Count; i++)
        {
            if (holds(curve.Values[i]))
                continue;
            first ??= i;
            outside++;
        }

        return first is int point
            ? new Finding(
                false, $"{Number.Seen(curve.Values[point])}; {outside} of {Number.Points(curve.Count)} outside", point)
            : new Finding(true, $"all {Number.Points(curve.Count)} inside");
    }

    public static Finding Reaches(Curve curve, Func<double, bool> holds, bool below, long? byStep)
    {
        int? nearest = null;
        for (int i = 0; i < curve.Count; i++)
        {
            double value = curve.Values[i];
            if (curve.Steps[i] > (byStep ?? long.MaxValue) || !double.IsFinite(value))
                continue;
            if (holds(value))
                return new Finding(true, $"{Number.Seen(value)} at step {Number.Text(curve.Steps[i])}", i);
            if (nearest is not int best || (below ? value < curve.Values[best] : value > curve.Values[best]))
                nearest = i;
        }

        string until = byStep is long last ? $" up to step {Number.Text(last)}" : "";
        if (nearest is not int point)
            return byStep is null ? Finding.NoFinitePoint(curve) : new Finding(false, "no finite point" + until);
        return new Finding(
            false, $"the {(below ? "lowest" : "highest")} value{until} is {Number.Seen(curve.Values[point])}", point);
    }
}
