namespace TorchBoard.Testing.Checks;

internal static class TrendRule
{
    public static Finding Check(Curve curve, bool falling, double significance)
    {
        (long[] steps, double[] values) = curve.Finite(measured: true);
        if (values.Length == 0)
            return Finding.NoFinitePoint(curve);
        int needed = LeastPoints(significance);
        if (values.Length < needed)
        {
            return new Finding(
                false,
                $"{Number.Points(values.Length)}, too few to distinguish a trend from noise: at least {needed} are "
                + $"needed for a probability of {Number.Text(significance)}");
        }

        var trend = new MannKendall(steps, values);
        bool always = falling
            ? trend.NeverRises && values[^1] < values[0]
            : trend.NeverFalls && values[^1] > values[0];
        double likely = trend.Significance(falling);
        bool passed = always || likely < significance;
        return new Finding(passed, Seen(trend, likely, passed, falling));
    }

    /// <summary>The number of points of which one order in random order is rarer than the significance.</summary>
    private static int LeastPoints(double significance)
    {
        int points = 1;
        for (double orders = 1; 1 / orders >= significance; orders *= points)
            points++;
        return points;
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
