using System.Diagnostics;

namespace TorchBoard.Benchmarks.Quick;

/// <summary>The cost of a scalar: in bulk, per call, on many threads, in memory.</summary>
internal static class ScalarFigures
{
    private const int Events = 3_000_000;
    private const int Runs = 15;

    // Half a gigabyte, so that writing dominates opening and closing.
    private const int DiskEvents = 10_000_000;
    private const int DiskRuns = 7;

    private static readonly string[] Tags = [.. Enumerable.Range(0, 20).Select(i => $"loss/tag{i:D2}")];

    public static IEnumerable<Figure> All()
    {
        yield return Place.InMemory(
            directory => Sustained("scalars, memory-backed file", directory, Events, Runs, sync: false));
        yield return Place.OnDisk(
            directory => Sustained("scalars, the disk's cache, no fsync", directory, DiskEvents, DiskRuns, sync: false));
        yield return Place.OnDisk(
            directory => Sustained("scalars, disk, with fsync", directory, DiskEvents, DiskRuns, sync: true));
        foreach (Figure figure in Place.InMemory(OneCall))
            yield return figure;
        yield return Place.InMemory(EightThreads);
        yield return Place.InMemory(AllocatedPerCall);
    }

    private static Figure Sustained(string name, string directory, int events, int runs, bool sync)
    {
        // Alternate, so that other load on the machine and its disk affects both, and so that each reuses the memory of
        // the other's file. Memory that was free for a while may have to be requested from the host first.
        var ours = new List<double>();
        var raw = new List<double>();
        for (int run = 0; run <= runs; run++)
        {
            long bytes = 0;
            ours.Add(Repeat.Seconds(() =>
            {
                using var writer = new SummaryWriter(directory, new SummaryWriterOptions { SyncToDisk = sync });
                Add(writer, events);
                writer.Flush();
                bytes = new FileInfo(writer.FilePath).Length;
            }));
            DeleteAll();
            raw.Add(RawWrite(directory, bytes, sync));
            DeleteAll();
        }

        return Figure.OfRate(name, "M events/s", events / 1e6, AfterFirst(ours), AfterFirst(raw));

        void DeleteAll()
        {
            foreach (string file in Directory.GetFiles(directory))
                File.Delete(file);
        }
    }

    /// <summary>
    /// The limit: the same bytes in blocks of 1 MiB from one buffer, the fastest way to write a file.
    /// </summary>
    private static double RawWrite(string directory, long bytes, bool sync)
    {
        byte[] block = new byte[1 << 20];
        new Random(1).NextBytes(block);
        string path = Path.Combine(directory, "raw");
        return Repeat.Seconds(() =>
        {
            // FileMode.Create would truncate the file, and ext4 writes a truncated file to disk when it is closed.
            using var handle = File.OpenHandle(path, FileMode.CreateNew, FileAccess.Write);
            for (long at = 0; at < bytes; at += block.Length)
                RandomAccess.Write(handle, block.AsSpan(0, (int)Math.Min(block.Length, bytes - at)), at);
            if (sync)
                RandomAccess.FlushToDisk(handle);
        });
    }

    private static IEnumerable<Figure> OneCall(string directory)
    {
        const int calls = 1_000_000;
        using var writer = new SummaryWriter(directory);
        Add(writer, calls);
        long[] ticks = new long[calls];
        long[] empty = new long[calls];
        for (int i = 0; i < calls; i++)
        {
            long start = Stopwatch.GetTimestamp();
            writer.AddScalar(Tags[i % Tags.Length], i, i);
            ticks[i] = Stopwatch.GetTimestamp() - start;
            start = Stopwatch.GetTimestamp();
            empty[i] = Stopwatch.GetTimestamp() - start;
        }

        // Reading the clock takes about as long as the call, so its median is subtracted.
        Array.Sort(ticks);
        Array.Sort(empty);
        double nanoseconds = 1e9 / Stopwatch.Frequency;
        double clock = empty[calls / 2] * nanoseconds;
        return
        [
            new Figure("scalar, one call, median", (ticks[calls / 2] * nanoseconds) - clock, "ns"),
            new Figure("scalar, one call, 99.9th percentile", (ticks[calls / 1000 * 999] * nanoseconds) - clock, "ns"),
        ];
    }

    private static Figure EightThreads(string directory)
    {
        const int threads = 8;
        var one = new List<double>();
        var eight = new List<double>();
        for (int run = 0; run <= Runs; run++)
        {
            one.Add(Threads(directory, 1, Events));
            eight.Add(Threads(directory, threads, Events / threads));
        }

        return Figure.OfRate(
            "scalars, 8 threads on one writer", "M events/s", Events / 1e6, AfterFirst(eight), AfterFirst(one));
    }

    private static Timing AfterFirst(List<double> seconds) => Timing.Of(seconds.Skip(1));

    private static double Threads(string directory, int threads, int each) => Repeat.Seconds(() =>
    {
        using var writer = new SummaryWriter(directory);
        Thread[] producers = [.. Enumerable.Range(0, threads).Select(_ => new Thread(() => Add(writer, each)))];
        foreach (Thread producer in producers)
            producer.Start();
        foreach (Thread producer in producers)
            producer.Join();
        writer.Flush();
        File.Delete(writer.FilePath);
    });

    private static Figure AllocatedPerCall(string directory)
    {
        using var writer = new SummaryWriter(directory, new SummaryWriterOptions { UnwrittenBytesLimit = 4 << 20 });

        // A new batch is allocated if all others wait to be written; the median excludes that.
        double bytes = Repeat.Median(5, () =>
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            Add(writer, Events);
            return (GC.GetAllocatedBytesForCurrentThread() - before) / (double)Events;
        });
        return new Figure("scalar, allocated per call", bytes, "bytes");
    }

    private static void Add(SummaryWriter writer, int count)
    {
        for (int step = 0; step < count / Tags.Length; step++)
        {
            foreach (string tag in Tags)
                writer.AddScalar(tag, step, step);
        }
    }
}
