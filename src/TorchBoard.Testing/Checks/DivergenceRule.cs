namespace TorchBoard.Testing.Checks;

internal static class DivergenceRule
{
    private const int MostBlocks = 10;
    private const int FewestForNoise = 10;

    public static Finding Check(Curve curve)
    {
        (_, double[] values) = curve.Finite();
        if (values.Length == 0)
            return Finding.NoFinitePoint(curve);

        int last = curve.Count - 1;
        if (!double.IsFinite(curve.Values[last]))
            return new Finding(false, $"it ends in {Number.Seen(curve.Values[last])}", last);

        double[] levels = Median.OfBlocks(values, Math.Min(MostBlocks, values.Length));
        double start = values[0];
        double best = Math.Min(start, levels.Min());
        double end = levels[^1];

        // The second half does not measure the noise, because a diverging curve can take any value there. Few points do
        // not either.
        double margin = values.Length < FewestForNoise
            ? Math.Abs(start) / 2
            : Math.Max(Math.Abs(start) / 10, 5 * Noise.Deviation(Noise.Bends(values[..(values.Length / 2)])));
        bool passed = end <= best + ((start - best) / 2) + margin;
        return new Finding(
            passed,
            $"it starts at {Number.Rounded(start)}, its lowest level is {Number.Rounded(best)} "
            + $"and its last {Number.Rounded(end)}",
            last);
    }
}
