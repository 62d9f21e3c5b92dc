namespace TorchBoard.Tool.Output;

/// <summary>The mean, the least and the greatest of many curves at even distances.</summary>
/// <param name="X">The positions.</param>
/// <param name="Mean">The mean of the curves there.</param>
/// <param name="Least">The least value.</param>
/// <param name="Greatest">The greatest value.</param>
/// <param name="Fewest">The smallest number of curves at a position.</param>
internal sealed record CurveRange(double[] X, double[] Mean, double[] Least, double[] Greatest, int Fewest)
{
    /// <param name="curves">The curves: positions and values.</param>
    /// <param name="positions">The number of positions.</param>
    public static CurveRange Of(IReadOnlyList<(double[] X, double[] Y)> curves, int positions)
    {
        (double[] X, double[] Y)[] finite = [.. curves.Select(Finite).Where(curve => curve.X.Length > 0)];
        if (finite.Length == 0)
            return new CurveRange([], [], [], [], 0);

        double left = finite.Min(curve => curve.X[0]);
        double right = finite.Max(curve => curve.X[^1]);
        var values = new List<double>();
        var points = new List<(double X, double Mean, double Least, double Greatest, int Count)>();
        for (int i = 0; i < positions; i++)
        {
            double x = i == positions - 1 ? right : left + ((right - left) * i / (positions - 1));
            values.Clear();
            foreach ((double[] xs, double[] ys) in finite)
            {
                if (At(xs, ys, x) is double value)
                    values.Add(value);
            }

            if (values.Count > 0)
                points.Add((x, values.Average(), values.Min(), values.Max(), values.Count));
        }

        return new CurveRange(
            [.. points.Select(point => point.X)], [.. points.Select(point => point.Mean)], [.. points.Select(point => point.Least)],
            [.. points.Select(point => point.Greatest)], points.Min(point => point.Count));
    }

    private static (double[] X, double[] Y) Finite((double[] X, double[] Y) curve)
    {
        int[] finite = [.. Enumerable.Range(0, curve.X.Length)
            .Where(i => double.IsFinite(curve.X[i]) && double.IsFinite(curve.Y[i])).OrderBy(i => curve.X[i])];
        return (Array.ConvertAll(finite, i => curve.X[i]), Array.ConvertAll(finite, i => curve.Y[i]));
    }

    /// <summary>The value at a position, linear between points; null before the first and after the last.</summary>
    private static double? At(double[] xs, double[] ys, double x)
    {
        if (x < xs[0] || x > xs[^1])
            return null;
        int at = Array.BinarySearch(xs, x);
        if (at >= 0)
            return ys[at];
        (int before, int after) = (~at - 1, ~at);
        double share = (x - xs[before]) / (xs[after] - xs[before]);
        return (ys[before] * (1 - share)) + (ys[after] * share);
    }
}
