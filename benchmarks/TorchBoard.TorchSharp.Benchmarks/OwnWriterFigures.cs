using static TorchSharp.torch;
using OwnWriter = TorchSharp.Modules.SummaryWriter;

namespace TorchBoard.Benchmarks.Quick;

/// <summary>The same workload with this library's writer and TorchSharp's own, alternating in one process.</summary>
internal static class OwnWriterFigures
{
    private const int Runs = 7;

    public static IEnumerable<Figure> All()
    {
        using Tensor values = randn(100_000);
        using Tensor picture = rand(3, 224, 224);
        using Tensor video = rand([1, 8, 3, 64, 64]);
        using Tensor loss = tensor(0.25f);
        return
        [
            .. Compared(
                "scalars", 1_000_000, (writer, i) => writer.AddScalar("loss/train", i * 0.5f, i),
                5_000, (writer, i) => writer.add_scalar("loss/train", i * 0.5f, i)),
            .. Compared(
                "histograms of 100,000 floats", 1_000, (writer, i) => writer.AddHistogram("fc1/weight", values, i),
                20, (writer, i) => writer.add_histogram("fc1/weight", values, i)),
            .. Compared(
                "images of 3×224×224", 100, (writer, i) => writer.AddImage("picture", picture, i),
                5, (writer, i) => writer.add_img("picture", picture, i)),
            .. Compared(
                "videos of 8×3×64×64", 100, (writer, i) => writer.AddVideo("video", video, i),
                5, (writer, i) => writer.add_video("video", video, i, 4)),
            new Figure(
                "scalars from CPU tensors a second",
                Repeat.Median(Runs, () => Rate(100_000, (writer, i) => writer.AddScalar("loss/train", loss, i))), "1/s"),
            new Figure("allocation of a scalar", Place.InMemory(Allocation), "bytes"),
        ];
    }

    // Alternate, because a machine's speed changes from minute to minute.
    private static IEnumerable<Figure> Compared(
        string work, int count, Action<SummaryWriter, int> add, int ownCount, Action<OwnWriter, int> addOwn)
    {
        var rates = new List<double>();
        var ownRates = new List<double>();
        for (int run = 0; run <= Runs; run++)
        {
            ownRates.Add(OwnRate(ownCount, addOwn));
            rates.Add(Rate(count, add));
        }

        (double rate, double own) = (Median(rates), Median(ownRates));
        yield return new Figure($"{work} a second", rate, "1/s");
        yield return new Figure($"{work} a second, TorchSharp's own writer", own, "1/s");
        yield return new Figure($"{work}, times as many", rate / own, "×");
    }

    // Until everything is written, not only added.
    private static double Rate(int count, Action<SummaryWriter, int> add) =>
        Place.InMemory(directory => count / Repeat.Seconds(() =>
        {
            using var writer = new SummaryWriter(directory);
            for (int i = 0; i < count; i++)
                add(writer, i);
        }));

    // TorchSharp's writer writes and closes its file in each call, so there is nothing to close at the end.
    private static double OwnRate(int count, Action<OwnWriter, int> add) =>
        Place.InMemory(directory =>
        {
            OwnWriter writer = utils.tensorboard.SummaryWriter(Path.Combine(directory, "own"));
            using var scope = NewDisposeScope();
            return count / Repeat.Seconds(() =>
            {
                for (int i = 0; i < count; i++)
                    add(writer, i);
            });
        });

    // The first run is a warm-up.
    private static double Median(List<double> rates) => rates.Skip(1).Order().ElementAt((rates.Count - 1) / 2);

    // In rounds, as in a loop, because a burst faster than the disk stays in memory.
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
