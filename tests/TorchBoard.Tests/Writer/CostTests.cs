using TorchBoard.Files;

namespace TorchBoard.Tests.Writer;

/// <summary>What holds on any machine, whatever its speed: bytes, calls of the operating system, memory.</summary>
internal sealed class CostTests
{
    private const long Bound = 4 << 20;

    [Test]
    public void A_scalar_takes_at_most_50_bytes_with_a_tag_of_ten_letters()
    {
        const int events = 10_000;
        var destination = new CountingDestination();
        using (SummaryWriter writer = Open(destination))
        {
            for (int i = 0; i < events; i++)
                writer.AddScalar("loss/train", 0.5f, i);
        }

        Assert.That((double)destination.Bytes / events, Is.LessThanOrEqualTo(50));
    }

    [Test]
    public void A_million_scalars_are_written_in_blocks()
    {
        var destination = new CountingDestination();
        using (SummaryWriter writer = Open(destination))
        {
            for (int i = 0; i < 1_000_000; i++)
                writer.AddScalar("loss/train", 0.5f, i);
        }

        Assert.That(destination.Bytes / destination.Appends, Is.GreaterThan(16 << 10), "bytes a call");
    }

    [Test]
    public void Memory_grows_by_a_bounded_number_of_bytes_for_each_tag()
    {
        const int tags = 100_000;
        string[] names = [.. Enumerable.Range(0, tags).Select(i => $"layer{i}/gradient")];
        using SummaryWriter writer = Open(new CountingDestination());
        AddAll(0);
        writer.Flush();
        long before = GC.GetTotalMemory(forceFullCollection: true);

        for (int step = 1; step <= 5; step++)
            AddAll(step);
        writer.Flush();

        Assert.That(GC.GetTotalMemory(forceFullCollection: true) - before, Is.LessThan(Bound + (8 << 20)));

        void AddAll(int step)
        {
            foreach (string name in names)
                writer.AddScalar(name, 1, step);
        }
    }

    private static SummaryWriter Open(CountingDestination destination) =>
        new("unused", new SummaryWriterOptions { UnwrittenBytesLimit = Bound, Destination = _ => destination });

    /// <summary>Counts what it is given and keeps none of it.</summary>
    private sealed class CountingDestination : IEventDestination
    {
        public string Path => "counted";

        public bool IsGone => false;

        public long Appends { get; private set; }

        public long Bytes { get; private set; }

        public void Append(ReadOnlySpan<byte> records)
        {
            Appends++;
            Bytes += records.Length;
        }

        public void SyncToDisk()
        {
        }

        public void Dispose()
        {
        }
    }
}
