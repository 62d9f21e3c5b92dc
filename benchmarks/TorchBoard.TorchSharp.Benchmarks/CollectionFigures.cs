using TorchBoard.Watching;
using TorchSharp;
using static TorchSharp.torch;

namespace TorchBoard.Benchmarks.Quick;

/// <summary>
/// The number of steps that fail in a loop with a watch at every step while a thread constantly collects garbage. The
/// loop itself passes libtorch no unreferenced number, as TorchSharp's optimizers do.
/// </summary>
internal static class CollectionFigures
{
    public static IEnumerable<Figure> All(int steps)
    {
        int failed = 0;
        int collections = GC.CollectionCount(0);
        using var stop = new CancellationTokenSource();
        CancellationToken stopped = stop.Token;
        var collecting = new Thread(() =>
        {
            while (!stopped.IsCancellationRequested)
            {
                GC.Collect(0);
                GC.WaitForPendingFinalizers();
            }
        });
        collecting.Start();
        double seconds = Repeat.Seconds(() => failed = Place.InMemory(directory => Failed(directory, steps)));
        stop.Cancel();
        collecting.Join();
        yield return new Figure("steps beside a collecting thread", steps, "steps");
        yield return new Figure("of them failed", failed, "steps");
        yield return new Figure("collections", GC.CollectionCount(0) - collections, "collections");
        yield return new Figure("time", seconds, "s");
    }

    private static int Failed(string directory, int steps)
    {
        using nn.Module<Tensor, Tensor> model = nn.Sequential(
            ("conv", nn.Conv2d(1, 8, 3, padding: 1)), ("relu", nn.ReLU()), ("flatten", nn.Flatten()),
            ("linear", nn.Linear(8 * 64, 10)));
        using Tensor pictures = randn(8, 1, 8, 8);
        using Tensor rate = tensor(-0.01f);
        using Scalar one = 1;
        using var writer = new SummaryWriter(directory);
        using ModelWatch watch = writer.Watch(model, new() { Interval = 1, Activations = true });
        int failed = 0;
        for (int step = 0; step < steps; step++)
        {
            using DisposeScope scope = NewDisposeScope();
            try
            {
                Tensor loss = model.call(pictures).mean();
                loss.backward();
                watch.Step(step);
                writer.AddScalar("loss", loss, step);
                writer.AddImages("pictures", pictures, step);
                using IDisposable noGradients = no_grad();
                foreach (Tensor parameter in model.parameters())
                    parameter.add_(parameter.grad! * rate, one);
                model.zero_grad();
            }
#pragma warning disable CA1031 // Every failure is counted.
            catch (Exception e)
#pragma warning restore CA1031
            {
                Console.Error.WriteLine($"{step}: {e}");
                failed++;
            }
        }

        GC.KeepAlive(one);
        return failed;
    }
}
