namespace Dashboards;

/// <summary>
/// A linear classifier of points in a plane into three overlapping classes, trained by gradient descent.
/// </summary>
internal sealed class SoftmaxRegression
{
    public const int Classes = 3;

    private const int Items = 600;
    private const double LearningRate = 0.2;

    private static readonly (double X, double Y, double Spread)[] Clouds =
        [(0, 1.2, 0.8), (-1, -0.6, 0.9), (1, -0.6, 1.1)];

    private readonly (double X, double Y)[] _points = new (double, double)[Items];
    private readonly double[,] _weights = new double[Classes, 3];

    public SoftmaxRegression(int seed)
    {
        var random = new Random(seed);
        for (int i = 0; i < Items; i++)
        {
            int label = Labels[i] = i % Classes;
            (double x, double y, double spread) = Clouds[label];
            _points[i] = (x + (spread * Normal(random)), y + (spread * Normal(random)));
        }

        for (int c = 0; c < Classes; c++)
        {
            for (int k = 0; k < 3; k++)
                _weights[c, k] = Normal(random);
        }
    }

    public int[] Labels { get; } = new int[Items];

    public IReadOnlyList<(double X, double Y)> Points => _points;

    /// <summary>The probabilities of all items, shape [items, classes].</summary>
    public float[] Predict() => [.. Enumerable.Range(0, Items).SelectMany(i => Probabilities(i).Select(p => (float)p))];

    /// <summary>The most likely class of each item.</summary>
    public int[] Classify() => [.. Enumerable.Range(0, Items).Select(i => Likeliest(Probabilities(i)))];

    /// <summary>Trains one step on all items and returns the mean cross-entropy before it.</summary>
    public double Step()
    {
        double loss = 0;
        double[,] gradient = new double[Classes, 3];
        for (int i = 0; i < Items; i++)
        {
            double[] probabilities = Probabilities(i);
            loss -= Math.Log(probabilities[Labels[i]]) / Items;
            for (int c = 0; c < Classes; c++)
            {
                double error = (probabilities[c] - (Labels[i] == c ? 1 : 0)) / Items;
                gradient[c, 0] += error * _points[i].X;
                gradient[c, 1] += error * _points[i].Y;
                gradient[c, 2] += error;
            }
        }

        for (int c = 0; c < Classes; c++)
        {
            for (int k = 0; k < 3; k++)
                _weights[c, k] -= LearningRate * gradient[c, k];
        }

        return loss;
    }

    /// <summary>Computes the probability of each class at a point of the plane.</summary>
    public double[] Probabilities(double x, double y)
    {
        double[] powers = [.. Enumerable.Range(0, Classes).Select(
            c => Math.Exp((_weights[c, 0] * x) + (_weights[c, 1] * y) + _weights[c, 2]))];
        double sum = powers.Sum();
        return [.. powers.Select(power => power / sum)];
    }

    private double[] Probabilities(int item) => Probabilities(_points[item].X, _points[item].Y);

    private static int Likeliest(double[] probabilities) => Array.IndexOf(probabilities, probabilities.Max());

    // The Box-Muller transform from uniform to normal numbers.
    private static double Normal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
