namespace TorchBoard.Testing.Checks;

internal static class StepRules
{
    public static Finding Increase(Curve curve)
    {
        if (curve.Count == 0)
            return Finding.NoFinitePoint(curve);
        for (int i = 1; i < curve.Count; i++)
        {
            if (curve.Steps[i] <= curve.Steps[i - 1])
                return new Finding(false, Seen(curve.Steps[i], curve.Steps[i - 1]), i);
        }

        return new Finding(true, $"{Number.Points(curve.Count)} with increasing steps");

        static string Seen(long step, long before) => $"step {Number.Text(step)} after step {Number.Text(before)}";
    }

    public static Finding Complete(Curve curve, long every, long? from, long? to)
    {
        if (curve.Count == 0)
            return Finding.NoFinitePoint(curve);

        long[] steps = [.. curve.Steps.ToArray().Distinct().Order()];
        long first = from ?? steps[0];
        long last = to ?? steps[^1];

        // Wider than a step, because the step after the last expected one may overflow.
        Int128 next = first;
        Int128 missing = 0;
        long? firstMissing = null;
        foreach (Int128 step in steps.Where(step => step >= first && step <= last).Select(step => (Int128)step))
        {
            if ((step - first) % every != 0)
                continue;
            if (step > next)
                firstMissing ??= (long)next;
            missing += (step - next) / every;
            next = step + every;
        }

        if (next <= last)
        {
            firstMissing ??= (long)next;
            missing += ((last - next) / every) + 1;
        }

        if (firstMissing is not long absent)
            return new Finding(true, $"{Number.Points(curve.Count)}, no step missing");

        // Report the point before the gap.
        long before = steps.LastOrDefault(step => step < absent, steps[0]);
        string count = missing == 1 ? "" : FormattableString.Invariant($" and {missing - 1} more");
        return new Finding(false, $"step {Number.Text(absent)}{count} missing", curve.Steps.IndexOf(before));
    }
}
