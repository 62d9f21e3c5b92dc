namespace TorchBoard.Testing.Checks;

internal static class FiniteRules
{
    public static Finding Check(Curve curve, Func<double, bool> isBad)
    {
        if (curve.Count == 0)
            return Finding.NoFinitePoint(curve);

        int[] bad = [.. Enumerable.Range(0, curve.Count).Where(i => isBad(curve.Values[i]))];
        return bad.Length == 0
            ? new Finding(true, $"none in {Number.Points(curve.Count)}")
            : new Finding(
                false,
                $"{Number.Text(curve.Values[bad[0]])}; {bad.Length} of {Number.Points(curve.Count)} NaN or infinite",
                bad[0]);
    }
}
