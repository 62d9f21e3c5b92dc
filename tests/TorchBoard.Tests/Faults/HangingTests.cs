using System.Diagnostics;
using TorchBoard.Storage;
using TorchBoard.Tests.Storage;

namespace TorchBoard.Tests.Faults;

/// <summary>A network drive that no longer responds, simulated by a pipe that nobody reads.</summary>
[NonParallelizable]
internal sealed class HangingTests
{
    // The limits in these tests are tens of milliseconds; only a call that hangs takes this long.
    private static readonly TimeSpan Hung = TimeSpan.FromSeconds(10);

    [Test]
    [Platform("Linux", Reason = "a pipe that is opened for both reading and writing")]
    public void A_destination_that_hangs_blocks_no_call_longer_than_the_options_allow()
    {
        using var directory = new TestDirectory();
        string path = Path.Combine(directory, "pipe");
        Assert.That(Shell.Try("mkfifo", path));
        var pipe = new Pipe(path);
        var writer = new SummaryWriter("unused", new SummaryWriterOptions
        {
            Storage = new StorageOf(_ => pipe),
            UnwrittenBytesLimit = 1 << 20,
            WaitLimit = TimeSpan.FromMilliseconds(20),
            FlushTimeout = TimeSpan.FromMilliseconds(50),
        });
        Exception? told = null;
        writer.WriteFailed += (_, e) => told = e.Exception;

        // 64 KiB fit into the pipe, the rest into memory; then calls wait up to their limit and drop.
        TimeSpan longest = TimeSpan.Zero;
        int added = 0;
        while (writer.DroppedEvents < 20)
        {
            long start = Stopwatch.GetTimestamp();
            writer.AddScalar("loss/train", added, added++);
            longest = TimeSpan.FromTicks(Math.Max(longest.Ticks, Stopwatch.GetElapsedTime(start).Ticks));
        }

        Assert.That(longest, Is.LessThan(Hung));
        long flushing = Stopwatch.GetTimestamp();
        Assert.That(writer.Flush, Throws.InstanceOf<TimeoutException>());
        writer.Dispose();
        Assert.That(Stopwatch.GetElapsedTime(flushing), Is.LessThan(Hung));
        Assert.That(told, Is.InstanceOf<TimeoutException>());

        // It responds after all: data added before is still written, whole and in order.
        using FileStream reader = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        var received = new MemoryStream();
        reader.CopyTo(received);
        List<byte[]> records = WrittenEvents.Records(received.ToArray());
        Assert.That(records, Has.Count.EqualTo(1 + added - writer.DroppedEvents));
    }

    [Test]
    [Platform("Linux", Reason = "a pipe that is opened for both reading and writing")]
    public void A_loop_waits_once_for_a_destination_that_hangs_and_again_only_after_progress()
    {
        using var directory = new TestDirectory();
        string path = Path.Combine(directory, "pipe");
        Assert.That(Shell.Try("mkfifo", path));
        var pipe = new Pipe(path);
        using var writer = new SummaryWriter("unused", new SummaryWriterOptions
        {
            Storage = new StorageOf(_ => pipe),
            UnwrittenBytesLimit = 1 << 20,
            WaitLimit = TimeSpan.FromSeconds(1),
            FlushTimeout = TimeSpan.FromSeconds(20),
        });
        writer.WriteFailed += (_, _) => { };
        long step = 0;
        AddUntilDropped();

        // Each of these calls would wait for a second.
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < 1000; i++)
            writer.AddScalar("loss/train", step, step++);
        Assert.That(Stopwatch.GetElapsedTime(start), Is.LessThan(Hung));
        long dropped = writer.DroppedEvents;
        Assert.That(dropped, Is.GreaterThan(1000 - 20));

        // Somebody reads again.
        var reading = new Thread(() => Drain(path)) { IsBackground = true };
        reading.Start();
        writer.Flush();
        for (int i = 0; i < 100_000; i++)
            writer.AddScalar("loss/train", step, step++);
        Assert.That(writer.DroppedEvents, Is.EqualTo(dropped), "it waits for room again");

        void AddUntilDropped()
        {
            while (writer.DroppedEvents == 0)
                writer.AddScalar("loss/train", step, step++);
        }
    }

    // Until the writer closes it.
    private static void Drain(string path)
    {
        using FileStream reader = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        reader.CopyTo(Stream.Null);
    }

    private sealed class Pipe(string path) : IEventFile
    {
        // Opened for reading and writing, because opening it only for writing would wait for a reader.
        private readonly FileStream _stream = new(
            path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite, bufferSize: 0);

        public string Path => path;

        public bool IsGone => false;

        public void Append(ReadOnlySpan<byte> records) => _stream.Write(records);

        public void SyncToDisk()
        {
        }

        public void Dispose() => _stream.Dispose();
    }
}
