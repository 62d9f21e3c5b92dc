using TorchBoard;
using TorchBoard.Hyperparameters;

namespace Dashboards;

/// <summary>
/// Logs gradient descent on Rosenbrock's function, (1 − x)² + 100 (y − x²)², from (−1, 1) with several settings, one
/// run each. Which settings reach the valley, and which diverge?
/// </summary>
internal static class HyperparametersDashboard
{
    private const int Steps = 200;
    private const double Diverged = 1e6;

    public static void Write(string directory)
    {
        double[] learningRates = [1e-4, 1e-3, 1e-2];
        bool[] clippings = [false, true];
        foreach (double learningRate in learningRates)
        {
            foreach (string optimizer in (string[])["gradient descent", "momentum"])
            {
                foreach (bool clipping in clippings)
                {
                    Run(
                        Path.Combine(
                            directory, $"{optimizer} {(Hyperparameter)learningRate}{(clipping ? " clipped" : "")}"),
                        learningRate, optimizer, clipping);
                }
            }
        }
    }

    private static void Run(string directory, double learningRate, string optimizer, bool clipping)
    {
        using var writer = new SummaryWriter(directory);
        writer.AddHyperparameters(new Dictionary<string, Hyperparameter>
        {
            ["learning rate"] = learningRate,
            ["optimizer"] = optimizer,
            ["gradient clipping"] = clipping,
            ["steps"] = Steps,
        });

        double momentum = optimizer == "momentum" ? 0.9 : 0;
        (double x, double y, double dx, double dy) = (-1, 1, 0, 0);
        double value = Value(x, y);
        for (int step = 0; step <= Steps && value < Diverged; step++)
        {
            writer.AddScalar("rosenbrock/value", value, step);
            writer.AddScalar("rosenbrock/distance", Math.Sqrt(((x - 1) * (x - 1)) + ((y - 1) * (y - 1))), step);
            double gx = (-2 * (1 - x)) - (400 * x * (y - (x * x)));
            double gy = 200 * (y - (x * x));
            double scale = clipping ? 1 / Math.Max(1, Math.Sqrt((gx * gx) + (gy * gy))) : 1;
            (dx, dy) = ((momentum * dx) - (learningRate * scale * gx), (momentum * dy) - (learningRate * scale * gy));
            (x, y) = (x + dx, y + dy);
            value = Value(x, y);
        }

        writer.EndHyperparameters(value < Diverged ? RunStatus.Success : RunStatus.Failure);
    }

    private static double Value(double x, double y) => ((1 - x) * (1 - x)) + (100 * (y - (x * x)) * (y - (x * x)));
}
