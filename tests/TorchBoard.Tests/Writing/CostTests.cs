using TorchBoard.Pipeline;
using TorchBoard.Tests.Storage;

namespace TorchBoard.Tests.Writing;

/// <summary>Costs that do not depend on the speed of the machine: bytes, system calls, memory.</summary>
[NonParallelizable]
internal sealed class CostTests
{
    private const long Bound = 4 << 20;

    [Test]
    public void A_scalar_takes_at_most_50_bytes_with_a_tag_of_ten_letters()
    {
        const int events = 10_000;
        FakeDestination destination = Counting();
        using (SummaryWriter writer = Open(destination))
        {
            for (int i = 0; i < events; i++)
                writer.AddScalar("loss/train", 0.5f, i);
        }

        Assert.That((double)destination.Length / events, Is.LessThanOrEqualTo(50));
    }

    [Test]
    public void A_million_scalars_are_written_in_blocks()
    {
        FakeDestination destination = Counting();
        using (SummaryWriter writer = Open(destination))
        {
            for (int i = 0; i < 1_000_000; i++)
                writer.AddScalar("loss/train", 0.5f, i);
        }

        Assert.That(destination.Length / destination.Attempts, Is.GreaterThan(16 << 10), "bytes a call");
    }

    [Test]
    public void Memory_does_not_grow_with_the_number_of_embeddings_that_were_written()
    {
        const int bytesEach = 100;
        using var writer = new SummaryWriter("memory://logs", new SummaryWriterOptions { Storage = new MemoryStorage() });
        AddEmbeddings(200);
        long before = GC.GetTotalMemory(forceFullCollection: true);
        AddEmbeddings(2000);

        Assert.That(GC.GetTotalMemory(forceFullCollection: true) - before, Is.LessThan(2000 * bytesEach));
        Assert.That(writer.DroppedEvents, Is.Zero);

        void AddEmbeddings(int count)
        {
            for (int i = 0; i < count; i++)
            {
                writer.AddEmbedding("points", [1f, 2f, 3f, 4f], 0, dimensions: 2);
                writer.Flush();
            }
        }
    }

    [Test]
    public void Memory_stays_within_the_limit_for_any_number_of_tags()
    {
        const int tags = 100_000;
        string[] names = [.. Enumerable.Range(0, tags).Select(i => $"layer{i}/gradient")];
        using SummaryWriter writer = Open(Counting());
        long before = GC.GetTotalMemory(forceFullCollection: true);

        for (int step = 0; step < 5; step++)
            AddAll(step);
        writer.Flush();

        Assert.That(GC.GetTotalMemory(forceFullCollection: true) - before, Is.LessThan(Bound + (8 << 20)));

        void AddAll(int step)
        {
            foreach (string name in names)
                writer.AddScalar(name, 1, step);
        }
    }

    [Test]
    public void Memory_stays_within_the_limit_for_a_run_of_any_length()
    {
        float[] values = new float[50_000];
        using SummaryWriter writer = Open(Counting());
        AddAll(0);
        long before = GC.GetTotalMemory(forceFullCollection: true);

        for (int step = 1; step <= 10; step++)
        {
            AddAll(step);
            Assert.That(
                GC.GetTotalMemory(forceFullCollection: true) - before, Is.LessThan(Bound + (8 << 20)), $"step {step}");
        }

        void AddAll(int step)
        {
            for (int i = 0; i < 100_000; i++)
                writer.AddScalar("loss/train", i, step);
            for (int i = 0; i < 40; i++)
                writer.AddHistogram("weights", values.AsSpan(i * 100), step);
            writer.Flush();
        }
    }

    [Test]
    public void More_runs_than_the_limit_has_room_for_lose_nothing()
    {
        using SummaryWriter writer = OpenForManyRuns(WhenFull.Wait);
        SummaryWriter[] runs = [.. Enumerable.Range(0, 3000).Select(i => writer.OpenSubRun($"run{i}"))];
        for (int step = 0; step < 20; step++)
        {
            foreach (SummaryWriter run in runs)
                run.AddScalar("loss/train", 0.5f, step);
        }

        Assert.That(runs.Sum(run => run.DroppedEvents), Is.Zero);
    }

    [Test]
    public void Runs_that_hold_all_room_give_some_to_a_run_that_drops()
    {
        using SummaryWriter writer = OpenForManyRuns(WhenFull.Drop);
        foreach (SummaryWriter run in Enumerable.Range(0, 3000).Select(i => writer.OpenSubRun($"run{i}")))
            run.AddScalar("loss/train", 0.5f, 0);

        SummaryWriter last = writer.OpenSubRun("last");
        Assert.That(SpinWait.SpinUntil(IsTaken, TimeSpan.FromSeconds(10)));

        bool IsTaken()
        {
            long dropped = last.DroppedEvents;
            last.AddScalar("loss/train", 0.5f, 0);
            return last.DroppedEvents == dropped;
        }
    }

    [Test]
    public void Memory_kept_for_reuse_is_within_the_limit()
    {
        var pool = new BatchPool(Bound);
        var random = new Random(1);
        var batches = new Queue<Batch>();
        var copies = new Queue<byte[]>();
        for (int i = 0; i < 10_000; i++)
        {
            if (random.Next(2) == 0 && pool.TryRent(random.Next(2, 2 * pool.FullCapacity)) is { } rented)
                batches.Enqueue(rented);
            else if (batches.TryDequeue(out Batch? batch))
                pool.Return(batch);

            byte[] copy = pool.RentCopy(random.Next(1 << 19));
            if (pool.TryTake(copy.Length))
                copies.Enqueue(copy);
            else if (copies.TryDequeue(out byte[]? taken))
                GiveBack(taken);
            Assert.That(pool.Held, Is.LessThanOrEqualTo(Bound), $"after {i} turns");
        }

        void GiveBack(byte[] copy)
        {
            pool.ReturnCopy(copy);
            pool.Give(copy.Length);
        }
    }

    [Test]
    public void A_burst_keeps_its_batches_until_it_is_over()
    {
        var pool = new BatchPool(Bound);
        Burst();
        long held = pool.Held;
        Assert.That(held, Is.EqualTo(Bound));

        pool.Trim();
        Assert.That(pool.Held, Is.EqualTo(held), "some were asked for");
        pool.Trim();
        Assert.That(pool.Held, Is.EqualTo(held / 2), "none was");
        Burst();
        pool.Trim();
        Assert.That(pool.Held, Is.EqualTo(held), "another burst");

        void Burst()
        {
            var all = new List<Batch>();
            while (pool.TryRent(pool.FullCapacity) is { } batch)
                all.Add(batch);
            all.ForEach(pool.Return);
        }
    }

    [Test]
    public void A_copy_of_the_same_length_uses_the_same_memory()
    {
        var pool = new BatchPool(Bound);
        byte[] first = pool.RentCopy(100_000);
        pool.ReturnCopy(first);
        Assert.That(pool.RentCopy(99_000), Is.SameAs(first));
        Assert.That(pool.RentCopy(99_000), Is.Not.SameAs(first));
    }

    [Test]
    public void Scalars_allocate_nothing_in_the_thread_that_adds_them()
    {
        using SummaryWriter writer = Open(Counting());
        DateTimeOffset time = DateTimeOffset.UnixEpoch;
        string longTag = new('x', 100);
        (string, float)[] series = [("a", 1f), ("b", 2f)];
        long smallest = long.MaxValue;
        for (int attempt = 0; attempt < 200; attempt++)
        {
            // A batch is new if all others wait to be written, but not in each of so many attempts.
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int step = 0; step < 100; step++)
            {
                writer.AddScalar("loss/train", 0.5f, step);
                writer.AddScalar("loss/train", 0.5, step);
                writer.AddScalar("loss/train", 0.5f, step, time);
                writer.AddScalar("loss/train", 0.5, step, time);
                writer.AddScalar(longTag, 0.5f, step);
                writer.AddScalars("main", series, step);
            }

            smallest = Math.Min(smallest, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        Assert.That(smallest, Is.Zero);
    }

    [Test]
    public void A_histogram_reuses_a_returned_copy()
    {
        float[] values = new float[100_000];
        using SummaryWriter writer = Open(Counting());
        for (int step = 0; step < 3; step++)
        {
            writer.AddHistogram("weights", values, step);
            writer.Flush();
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        writer.AddHistogram("weights", values, 3);

        // The objects that describe the event, and possibly a small batch.
        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.LessThan(32 << 10));
    }

    private static FakeDestination Counting() => new() { Keeps = false };

    private static SummaryWriter Open(FakeDestination destination) =>
        new("unused", new SummaryWriterOptions
        {
            UnwrittenBytesLimit = Bound,
            Storage = new StorageOf(run => run.EndsWith("unused", StringComparison.Ordinal) ? destination : Counting()),
        });

    /// <summary>Only a lack of room causes added data to be written before the end.</summary>
    private static SummaryWriter OpenForManyRuns(WhenFull whenFull) => new("unused", new SummaryWriterOptions
    {
        UnwrittenBytesLimit = 1 << 20,
        FlushInterval = Timeout.InfiniteTimeSpan,
        WhenFull = whenFull,
        Storage = new StorageOf(_ => Counting()),
    });
}
