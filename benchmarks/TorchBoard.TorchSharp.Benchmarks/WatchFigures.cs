using System.Diagnostics;
using System.Runtime.InteropServices;
using TorchBoard.Watching;
using TorchSharp;
using static TorchSharp.torch;

namespace TorchBoard.Benchmarks.Quick;

/// <summary>
/// The cost of a watch per training step of a resnet18 on 4×3×64×64 images. On the CPU, libtorch uses one thread, and so
/// does the writer in the background. Processor time includes both; the loop's time is reported separately.
/// </summary>
internal static class WatchFigures
{
    private const int Steps = 100;
    private const int StepsWatchedEach = 20;

    public static IEnumerable<Figure> All(int runs, Device device)
    {
        set_num_threads(1);
        using nn.Module<Tensor, Tensor> model = torchvision.models.resnet18(num_classes: 10).to(device);
        using Tensor pictures = randn(4, 3, 64, 64, device: device);
        using Tensor labels = tensor([0L, 1, 2, 3], device: device);
        using var optimizer = optim.SGD(model.parameters(), 0.001);

        // Alternate, because a machine's speed changes from minute to minute; the first run is a warm-up.
        var alone = new List<(double Loop, double Processor)>();
        var each = new List<(double Loop, double Processor)>();
        for (int run = 0; run <= runs; run++)
        {
            (double Loop, double Processor) without = Time(null, StepsWatchedEach);
            each.Add(Over(Time(new() { Interval = 1 }, StepsWatchedEach), without));
            alone.Add((without.Loop * 1000, without.Processor * 1000));
        }

        yield return new Figure("a step of a resnet18", Median(alone, time => time.Loop), "ms");
        yield return new Figure("a step of a resnet18, processor time", Median(alone, time => time.Processor), "ms");
        yield return new Figure("with a watch, every step", Median(each, time => time.Loop), "× a step");
        yield return new Figure(
            "with a watch, every step, processor time", Median(each, time => time.Processor), "× a step");

        var byDefault = new List<(double Loop, double Processor)>();
        for (int run = 0; run <= runs; run++)
            byDefault.Add(Over(Time(new(), Steps), Time(null, Steps)));
        yield return new Figure("with a watch, every 100th step", Median(byDefault, time => time.Loop), "× a step");
        yield return new Figure(
            "with a watch, every 100th step, processor time", Median(byDefault, time => time.Processor), "× a step");

        (double, double) Time(WatchOptions? options, int steps)
        {
            while (true)
            {
                try
                {
                    return Place.InMemory(
                        directory => Run(directory, model, pictures, labels, optimizer, options, steps));
                }
                catch (ExternalException e)
                {
                    // TorchSharp's BatchNorm and SGD pass libtorch numbers that nothing references.
                    Console.Error.WriteLine($"Retrying, because TorchSharp failed: {e.Message.Split('\n')[0]}");
                }
            }
        }
    }

    // The measured time includes closing the file.
    private static (double Loop, double Processor) Run(
        string directory, nn.Module<Tensor, Tensor> model, Tensor pictures, Tensor labels, optim.Optimizer optimizer,
        WatchOptions? options, int steps)
    {
        TimeSpan processor = ProcessorTime();
        double seconds = Repeat.Seconds(() =>
        {
            using SummaryWriter? writer = options is null ? null : new SummaryWriter(directory);
            using ModelWatch? watch = options is null ? null : writer!.Watch(model, options);
            for (int step = 0; step < steps; step++)
            {
                using DisposeScope scope = NewDisposeScope();
                optimizer.zero_grad();
                Tensor loss = nn.functional.cross_entropy(model.call(pictures), labels);
                loss.backward();
                watch?.Step(step);
                optimizer.step();
            }

            if (pictures.device_type == DeviceType.CUDA)
                cuda.synchronize();
        });
        return (seconds / steps, (ProcessorTime() - processor).TotalSeconds / steps);
    }

    private static TimeSpan ProcessorTime()
    {
        using var process = Process.GetCurrentProcess();
        return process.TotalProcessorTime;
    }

    private static (double Loop, double Processor) Over(
        (double Loop, double Processor) with, (double Loop, double Processor) without) =>
        (with.Loop / without.Loop, with.Processor / without.Processor);

    private static double Median(
        List<(double Loop, double Processor)> times, Func<(double Loop, double Processor), double> take) =>
        times.Skip(1).Select(take).Order().ElementAt((times.Count - 1) / 2);
}
