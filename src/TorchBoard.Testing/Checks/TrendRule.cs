namespace TorchBoard.Testing.Checks;

internal static class TrendRule
{
    public static Finding Check(Curve curve, bool falling, double significance)
    {
        (long[] steps, double[] values) = curve.Finite(measured: true);
        if (values.Length == 0)
            return Finding.NoFinitePoint(curve);
        if (values.Length == 1)
            return new Finding(false, "one finite point, which has no trend");

        var trend = new MannKendall(steps, values);
        bool always = falling
            ? trend.NeverRises && values[^1] < values[0]
            : trend.NeverFalls && values[^1] > values[0];
        double likely = trend.Significance(falling);
        bool passed = always || likely < significance;
        return new Finding(passed, Seen(trend, likely, passed, falling));
    }

    private static string Seen(MannKendall trend, double likely, bool passed, bool falling)
    {
        bool opposite = falling ? trend.Tau > 0 : trend.Tau < 0;
        string verdict = passed == falling ? "it falls" : "it rises";
        if (!passed && !(opposite && trend.Significance(!falling) < 0.01))
            verdict = "no trend above the noise";
        string chance = likely < 1e-6 ? "p < 1e-6" : "p = " + Number.Rounded(likely);
        return $"{verdict}: slope {Number.Rounded(trend.Slope)} per step, tau {Number.Rounded(trend.Tau)}, {chance}";
    }
}
