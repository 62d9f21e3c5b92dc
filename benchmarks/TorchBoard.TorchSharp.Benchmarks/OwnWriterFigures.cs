using static TorchSharp.torch;

namespace TorchBoard.Benchmarks.Quick;

/// <summary>The same work with this library's writer and with TorchSharp's own, in one process.</summary>
internal static class OwnWriterFigures
{
    private const int Runs = 7;

    public static IEnumerable<Figure> All()
    {
        const int ours = 1_000_000;
        const int theirs = 5_000;
        double own = Repeat.Median(Runs, () => Place.InMemory(directory => TorchSharpScalars(directory, theirs)));
        double rate = Repeat.Median(Runs, () => Place.InMemory(directory => Scalars(directory, ours)));
        yield return new Figure("scalars a second", rate, "1/s");
        yield return new Figure("scalars a second, TorchSharp's own writer", own, "1/s");
        yield return new Figure("scalars, times as many", rate / own, "×");
        yield return new Figure("allocation of a scalar", Place.InMemory(Allocation), "bytes");
        double tensors = Repeat.Median(Runs, () => Place.InMemory(directory => TensorScalars(directory, 100_000)));
        yield return new Figure("scalars from CPU tensors a second", tensors, "1/s");

        using Tensor values = randn(100_000);
        double ownHistograms = Repeat.Median(Runs, () => Place.InMemory(d => TorchSharpHistograms(d, values, 20)));
        double histograms = Repeat.Median(Runs, () => Place.InMemory(directory => Histograms(directory, values, 1000)));
        yield return new Figure("histograms of 100,000 floats a second", histograms, "1/s");
        yield return new Figure("histograms of 100,000 floats a second, TorchSharp's own writer", ownHistograms, "1/s");
        yield return new Figure("histograms, times as many", histograms / ownHistograms, "×");
    }

    // To the end of writing, not only of adding.
    private static double Scalars(string directory, int count) => count / Repeat.Seconds(() =>
    {
        using var writer = new SummaryWriter(Path.Combine(directory, Path.GetRandomFileName()));
        for (int i = 0; i < count; i++)
            writer.AddScalar("loss/train", i * 0.5f, i);
    });

    private static double TensorScalars(string directory, int count) => count / Repeat.Seconds(() =>
    {
        using Tensor loss = tensor(0.25f);
        using var writer = new SummaryWriter(Path.Combine(directory, Path.GetRandomFileName()));
        for (int i = 0; i < count; i++)
            writer.AddScalar("loss/train", loss, i);
    });

    private static double TorchSharpScalars(string directory, int count)
    {
        var writer = utils.tensorboard.SummaryWriter(Path.Combine(directory, Path.GetRandomFileName()));
        return count / Repeat.Seconds(() =>
        {
            for (int i = 0; i < count; i++)
                writer.add_scalar("loss/train", i * 0.5f, i);
        });
    }

    private static double Histograms(string directory, Tensor values, int count) => count / Repeat.Seconds(() =>
    {
        using var writer = new SummaryWriter(Path.Combine(directory, Path.GetRandomFileName()));
        for (int i = 0; i < count; i++)
            writer.AddHistogram("fc1/weight", values, i);
    });

    private static double TorchSharpHistograms(string directory, Tensor values, int count)
    {
        var writer = utils.tensorboard.SummaryWriter(Path.Combine(directory, Path.GetRandomFileName()));
        using var scope = NewDisposeScope();
        return count / Repeat.Seconds(() =>
        {
            for (int i = 0; i < count; i++)
                writer.add_histogram("fc1/weight", values, i);
        });
    }

    // In rounds, as a loop adds them: a burst that the disk does not keep up with is held in memory.
    private static double Allocation(string directory)
    {
        const int rounds = 100;
        const int count = 10_000;
        using var writer = new SummaryWriter(Path.Combine(directory, Path.GetRandomFileName()));
        Add();
        long allocated = 0;
        for (int round = 0; round < rounds; round++)
            allocated += Add();
        return (double)allocated / (rounds * count);

        long Add()
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < count; i++)
                writer.AddScalar("loss/train", i * 0.5f, i);
            long after = GC.GetAllocatedBytesForCurrentThread();
            writer.Flush();
            return after - before;
        }
    }
}
