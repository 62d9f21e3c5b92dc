namespace TorchBoard.Testing.Checks;

internal static class PlateauRule
{
    private const int FewestPoints = 4;

    public static Finding Check(Curve curve, long? length, double leastChange)
    {
        (long[] steps, double[] values) = curve.Finite();
        if (values.Length == 0)
            return Finding.NoFinitePoint(curve);

        double window = length ?? ((double)steps[^1] - steps[0]) / 4;
        int next = 0;
        for (double start = steps[0]; window > 0 && start + window <= steps[^1]; start += window / 4)
        {
            while (next < steps.Length && steps[next] < start)
                next++;
            int end = next;
            while (end < steps.Length && steps[end] <= start + window)
                end++;
            if (end - next < FewestPoints)
                continue;

            double first = Median.Of(values.AsSpan(next..((next + end) / 2)));
            double second = Median.Of(values.AsSpan(((next + end) / 2)..end));
            double change = Math.Abs(second - first);
            double size = Math.Max(Math.Abs(first), Math.Abs(second));
            if (change < leastChange * size || change == 0)
            {
                return new Finding(
                    false,
                    $"from {Number.Rounded(first)} to {Number.Rounded(second)} between the halves of steps "
                    + $"{Number.Text(steps[next])} to {Number.Text(steps[end - 1])}",
                    curve.Steps.IndexOf(steps[next]));
            }
        }

        return new Finding(true, "none");
    }
}
