namespace TorchBoard.Numerics;

/// <summary>Gauss–Legendre quadrature on the interval from 0 to 1.</summary>
internal static class GaussLegendre
{
    private const int MaxIterations = 100;

    /// <summary>
    /// Returns points in ascending order, the roots of a Legendre polynomial, and their weights, which sum to 1.
    /// </summary>
    public static (double[] Points, double[] Weights) Rule(int count)
    {
        double[] points = new double[count];
        double[] weights = new double[count];
        for (int i = 0; i < (count + 1) / 2; i++)
        {
            // Newton's method from an approximation of the root.
            double root = Math.Cos(Math.PI * (i + 0.75) / (count + 0.5));
            double slope = 0;
            for (int iteration = 0; iteration < MaxIterations; iteration++)
            {
                (double value, slope) = Legendre(count, root);
                double step = value / slope;
                root -= step;
                if (Math.Abs(step) < 1e-16)
                    break;
            }

            slope = Legendre(count, root).Slope;
            double weight = 1 / ((1 - (root * root)) * slope * slope);
            points[i] = (1 - root) / 2;
            points[count - 1 - i] = (1 + root) / 2;
            weights[i] = weight;
            weights[count - 1 - i] = weight;
        }

        return (points, weights);
    }

    /// <summary>Returns the value of the polynomial of a degree and its derivative.</summary>
    private static (double Value, double Slope) Legendre(int degree, double x)
    {
        (double before, double value) = (0, 1);
        for (int k = 0; k < degree; k++)
            (before, value) = (value, (((2 * k) + 1) * x * value - (k * before)) / (k + 1));
        return (value, degree * ((x * value) - before) / ((x * x) - 1));
    }
}
