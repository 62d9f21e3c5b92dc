using TorchBoard.Files;
using TorchBoard.Pipeline;

namespace TorchBoard.Tests.Pipeline;

/// <summary>What a writer that syncs asks of the disk while it writes.</summary>
internal sealed class SyncTests
{
    private const int SyncEvery = 100;

    private Disk _disk = null!;
    private RunOutput _output = null!;

    [SetUp]
    public void Open()
    {
        _disk = new Disk();
        var pool = new BatchPool(1 << 20);
        var channel = new RunChannel("run", pool, TimeSpan.Zero, () => { }, () => { });
        _output = new RunOutput(channel, pool, () => _disk, _ => [0], new Deaf(), SyncEvery);
    }

    [TearDown]
    public void Close()
    {
        _disk.MayEnd.Set();
        _output.Dispose();
        _disk.Dispose();
    }

    [Test]
    public void The_writing_goes_on_while_the_disk_syncs()
    {
        Write(SyncEvery);
        Write(SyncEvery);
        Write(SyncEvery);

        // The first sync has not ended, and no other is begun beside it.
        Assert.That(_disk.Length, Is.EqualTo(1 + (3 * SyncEvery)));
        Assert.That(_disk.SyncsEnded, Is.Zero);

        _disk.MayEnd.Set();
        _output.SyncToDisk();
        Assert.That(_disk.SyncsEnded, Is.EqualTo(2));
    }

    [Test]
    public void Fewer_bytes_are_left_to_whoever_flushes()
    {
        _disk.MayEnd.Set();
        Write(SyncEvery - 1);
        Assert.That(_disk.SyncsBegun, Is.Zero);
        _output.SyncToDisk();
        Assert.That(_disk.SyncsEnded, Is.EqualTo(1));
    }

    [Test]
    public void A_sync_that_fails_beside_the_writing_fails_the_next_flush_and_is_made_up_for_by_the_one_after()
    {
        _disk.Failures = 1;
        _disk.MayEnd.Set();
        Write(SyncEvery);

        Assert.That(_output.SyncToDisk, Throws.InstanceOf<IOException>());
        Assert.That(_output.SyncToDisk, Throws.Nothing);
        Assert.That(_disk.SyncsEnded, Is.EqualTo(1));
    }

    [Test]
    public void A_file_is_closed_only_when_its_sync_has_ended()
    {
        _disk.Failures = 1;
        Write(SyncEvery);
        SpinWait.SpinUntil(() => _disk.SyncsBegun == 1);
        var closing = new Thread(_output.Dispose);
        closing.Start();
        SpinWait.SpinUntil(() => closing.ThreadState is ThreadState.WaitSleepJoin or ThreadState.Stopped);
        _disk.MayEnd.Set();
        closing.Join();

        Assert.That(_disk.ClosedWhileSyncing, Is.False);
    }

    private void Write(int bytes)
    {
        _output.Channel.Append(new Zeros(bytes));
        _output.Channel.Seal();
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

    private sealed class Disk : IEventDestination
    {
        private int _begun;
        private int _ended;
        private int _running;

        public ManualResetEventSlim MayEnd { get; } = new();

        public int Failures { get; set; }

        public long Length { get; private set; }

        public int SyncsBegun => Volatile.Read(ref _begun);

        public int SyncsEnded => Volatile.Read(ref _ended);

        public bool ClosedWhileSyncing { get; private set; }

        public string Path => "disk";

        public bool IsGone => false;

        public void Append(ReadOnlySpan<byte> records) => Length += records.Length;

        public void SyncToDisk()
        {
            Interlocked.Increment(ref _begun);
            Interlocked.Increment(ref _running);
            MayEnd.Wait();
            Interlocked.Decrement(ref _running);
            if (Failures-- > 0)
                throw new IOException("the disk lost it");
            Interlocked.Increment(ref _ended);
        }

        public void Dispose() => ClosedWhileSyncing = Volatile.Read(ref _running) > 0;
    }
}
