using static TorchSharp.torch;

namespace TorchBoard.Benchmarks.Quick;

/// <summary>
/// A loop of matrix products on a device: alone, logging a scalar each step, and reading it by item().
/// </summary>
internal static class DeviceFigures
{
    private const int Runs = 7;

    public static IEnumerable<Figure> All(Device device, double millisecondsAStep)
    {
        using IDisposable noGradients = no_grad();
        using Tensor matrix = randn([1024, 1024], device: device);
        int products = ProductsIn(matrix, millisecondsAStep / 1000);
        int steps = (int)Math.Max(20, 1500 / millisecondsAStep);

        // Alternate, because machines slow down when warm.
        var alone = new List<double>();
        var logged = new List<double>();
        var items = new List<double>();
        for (int run = 0; run <= Runs; run++)
        {
            double Time(Action<SummaryWriter, Tensor, long>? log) =>
                Place.InMemory(directory => Seconds(directory, matrix, products, steps, log)) / steps * 1000;
            (double without, double with, double item) = (
                Time(null),
                Time((writer, value, step) => writer.AddScalar("loss", value, step)),
                Time((writer, value, step) => writer.AddScalar("loss", value.item<float>(), step)));
            if (run == 0)
                continue;
            alone.Add(without);
            logged.Add(with / without);
            items.Add(item / without);
        }

        yield return new Figure($"a step on {device}", Median(alone), "ms");
        yield return new Figure("a step that logs a scalar of the device", Median(logged), "× a step");
        yield return new Figure("a step that logs by item()", Median(items), "× a step");
    }

    private static double Seconds(
        string directory, Tensor matrix, int products, int steps, Action<SummaryWriter, Tensor, long>? log)
    {
        using var writer = new SummaryWriter(Path.Combine(directory, Path.GetRandomFileName()));
        Finish(matrix);
        return Repeat.Seconds(() =>
        {
            for (int step = 0; step < steps; step++)
            {
                using var scope = NewDisposeScope();
                log?.Invoke(writer, Step(matrix, products), step);
                if (log is null)
                    Step(matrix, products);
            }

            Finish(matrix);
        });
    }

    private static Tensor Step(Tensor matrix, int products)
    {
        Tensor result = matrix;
        for (int i = 0; i < products; i++)
            result = result.matmul(matrix).clamp(-1, 1);
        return result.mean();
    }

    private static int ProductsIn(Tensor matrix, double seconds)
    {
        const int tried = 50;
        Time();
        return Math.Max(1, (int)(seconds * tried / Time()));

        double Time() => Repeat.Seconds(() =>
        {
            using var scope = NewDisposeScope();
            Step(matrix, tried).item<float>();
        });
    }

    // Reading a value waits for all preceding work.
    private static void Finish(Tensor matrix)
    {
        using var scope = NewDisposeScope();
        matrix.mean().item<float>();
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
