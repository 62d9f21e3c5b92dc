using TorchBoard.Events;
using TorchBoard.Pipeline;
using TorchBoard.Storage.Local;

namespace TorchBoard.Tests.Pipeline;

/// <summary>The disk operations of a writer that syncs while it writes.</summary>
internal sealed class SyncTests
{
    private const int WriteBackEvery = 100;

    private FakeDestination _disk = null!;
    private Queue<FakeDestination> _next = null!;
    private RunOutput _output = null!;

    [SetUp]
    public void Open()
    {
        _disk = new FakeDestination();
        _next = new([_disk]);
        var options = new PipelineOptions(
            Timeout.InfiniteTimeSpan, TimeSpan.Zero, syncToDisk: true, TimeSpan.Zero, GetType())
        {
            WriteBackEvery = WriteBackEvery,
        };
        var writer = new BackgroundWriter(options, new BatchPool(1 << 20), new Deaf());
        _output = new RunOutput("run", writer, _next.Dequeue, _ => [0]);
    }

    [TearDown]
    public void Close()
    {
        _output.Dispose();
        _disk.Dispose();
    }

    [Test]
    public void Write_back_starts_every_so_many_bytes()
    {
        Write(WriteBackEvery - 1);
        Assert.That(_disk.Syncs, Is.Empty);
        Write(1);
        Write(2 * WriteBackEvery);
        Write(WriteBackEvery - 1);

        // The first byte opens the file.
        Assert.That(_disk.Syncs, Is.EqualTo(new[] { ("write back", 101L), ("write back", 301L) }));
    }

    [Test]
    public void Records_that_the_background_thread_encodes_count_too()
    {
        _output.Queue.Append(new DeferredEvent(() => new byte[WriteBackEvery], WriteBackEvery));
        _output.Queue.Seal();
        _output.WriteSealed(urgent: false);

        Assert.That(_disk.Syncs, Is.EqualTo(new[] { ("write back", 101L) }));
    }

    [Test]
    public void A_flush_waits_for_all_bytes_and_resets_the_count()
    {
        Write(WriteBackEvery - 1);
        _output.SyncToDisk();
        Write(WriteBackEvery - 1);

        Assert.That(_disk.Syncs, Is.EqualTo(new[] { ("sync", 100L) }));
    }

    [Test]
    public void Data_of_a_failed_sync_that_cannot_be_read_again_counts_as_lost_and_a_new_file_begins()
    {
        using var other = new FakeDestination();
        _next.Enqueue(other);
        _disk.SyncFailures = 1;
        Write(1);
        Write(1);

        Assert.That(_output.SyncToDisk, Throws.InstanceOf<IOException>());
        Write(1);
        Assert.That(_output.SyncToDisk, Throws.Nothing);
        Assert.That(_output.Queue.Dropped, Is.EqualTo(2));
        Assert.That(_disk.Syncs.Concat(other.Syncs), Is.EqualTo(new[] { ("sync", 3L), ("sync", 2L) }));
    }

    [Test]
    public void A_file_after_write_back_continues_like_any_other()
    {
        using var directory = new TestDirectory();
        byte[] first = [1, 2, 3];
        byte[] second = [4, 5];
        string path;
        using (var file = LocalEventFile.Create(directory, TimeProvider.System.GetUtcNow(), ""))
        {
            path = file.Path;
            file.StartWriteBack();
            file.Append(first);
            file.StartWriteBack();
            file.Append(second);
            file.StartWriteBack();
            file.SyncToDisk();
        }

        Assert.That(File.ReadAllBytes(path), Is.EqualTo(first.Concat(second)));
    }

    private void Write(int bytes)
    {
        _output.Queue.Append(new Zeros(bytes));
        _output.Queue.Seal();
        _output.WriteSealed(urgent: false);
    }

    private readonly struct Zeros(int length) : IFramedRecord
    {
        public int Length => length;

        public void WriteTo(ref byte destination) => destination = 0;
    }

    private sealed class Deaf : IFailureListener
    {
        public void Failed(string path, Exception cause, long dropped)
        {
        }

        public void Recovered(string path, long dropped)
        {
        }
    }
}
