using System.IO.Hashing;
using TorchBoard.Pipeline;
using TorchBoard.Storage;

namespace TorchBoard.Tests.Pipeline;

/// <summary>The part of a run on the background thread: each record is written once, or lost and counted.</summary>
internal sealed class RunOutputTests
{
    private static readonly IOException Full = new("full");

    private readonly List<bool> _opened = [];
    private Queue<IEventFile> _files = null!;
    private ToldFailures _failures = null!;
    private BackgroundWriter _writer = null!;
    private RunOutput _output = null!;

    [SetUp]
    public void Create()
    {
        _opened.Clear();
        _files = new Queue<IEventFile>();
        _failures = new ToldFailures();
        _writer = Writer(syncToDisk: false);
        _output = Output(_writer);
    }

    [TearDown]
    public void Close() => _output.Dispose();

    [Test]
    public void A_file_is_opened_for_the_first_record_and_begins_with_the_opening_records()
    {
        FakeDestination file = Next();
        _output.WriteSealed(urgent: true);
        Assert.That((_output.Path, _opened.Count), Is.EqualTo(("run", 0)));
        Append(1, 2);
        Append(3);
        Assert.That(file.Content(), Is.EqualTo(new byte[] { 0, 1, 2, 3 }));
        Assert.That((_output.Path, _output.HasOthers), Is.EqualTo(("fake", false)));
        Assert.That(_opened, Is.EqualTo([true]));
    }

    [Test]
    public void Records_that_were_not_written_are_written_by_the_next_attempt()
    {
        FakeDestination file = Next();
        Append(1);
        file.Failure = Full;
        Assert.That(() => Append(2), Throws.InstanceOf<IOException>());
        _output.Queue.Append(new Deferred(3));
        file.Failure = null;
        Append(4);
        Assert.That(file.Content(), Is.EqualTo(new byte[] { 0, 1, 2, 3, 4 }));
        Assert.That(_output.Queue.Dropped, Is.Zero);
    }

    [Test]
    public void An_attempt_continues_with_the_record_that_failed()
    {
        FakeDestination file = Next();
        int encoded = 0;
        _output.Queue.Append(new Repeated(1));
        _output.Queue.Append(new Deferred(() => [(byte)(10 + encoded++)]));
        _output.Queue.Append(new Deferred(() => ++encoded == 2 ? throw Full : [20]) { IsTriedAgain = true, Path = "beside" });
        Assert.That(() => Append(3), Throws.InstanceOf<IOException>());
        Assert.That(_output.Path, Is.EqualTo("beside"));
        Assert.That(file.Content(), Is.EqualTo(new byte[] { 0, 1, 10 }));
        _output.WriteSealed(urgent: false);
        Assert.That(file.Content(), Is.EqualTo(new byte[] { 0, 1, 10, 20, 3 }));
        Assert.That((encoded, _output.Queue.Dropped), Is.EqualTo((3, 0L)));
    }

    [Test]
    public void A_record_that_cannot_be_encoded_is_told_and_counted()
    {
        FakeDestination file = Next();
        _output.Queue.Append(new Deferred(() => throw new InvalidOperationException("no picture")));
        _output.Queue.Append(new Deferred());
        Append(1);
        Assert.That(file.Content(), Is.EqualTo(new byte[] { 0, 1 }));
        Assert.That(_failures.Told, Is.EqualTo(["fake: no picture (1 lost)"]));
    }

    [Test]
    public void Records_that_are_abandoned_are_counted_once()
    {
        FakeDestination file = Next();
        file.Failure = Full;
        Assert.That(() => Append(1, 2), Throws.InstanceOf<IOException>());
        _output.Queue.Append(new Repeated(3));
        _output.Queue.Seal();
        _output.Abandon();
        _output.Abandon();
        Assert.That(_output.Queue.Dropped, Is.EqualTo(3));
        Assert.That(_writer.Pool.Held, Is.Zero);
    }

    [Test]
    public void A_file_that_is_gone_is_followed_by_a_new_one_that_begins_anew()
    {
        var gone = new GoneFile();
        _files.Enqueue(gone);
        FakeDestination next = Next();
        Append(1);
        gone.IsGone = true;
        Append(2);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(next.Content(), Is.EqualTo(new byte[] { 9, 2 }));
            Assert.That(_opened, Is.EqualTo([true, false]), "the first file of the run, and another");
            Assert.That(gone.IsDisposed);
            Assert.That(_failures.Told, Is.EqualTo(
                ["gone: The file was deleted, replaced or truncated; the run continues in a new file. (0 lost)"]));
            Assert.That(_output.HasOthers, "it had them at the start");
        }
    }

    [Test]
    public void A_released_file_is_not_opened_anew_and_a_released_run_without_one_does_nothing()
    {
        Assert.That(_output.Release, Throws.Nothing);
        var file = new GoneFile();
        _files.Enqueue(file);
        Append(1);
        _output.Release();
        Append(2);
        Assert.That((file.Releases, file.Length, _opened.Count), Is.EqualTo((1, 3L, 1)));
    }

    [Test]
    public void Unsynced_data_is_synced_before_the_file_is_released()
    {
        RunOutput output = Output(Writer(syncToDisk: true));
        FakeDestination file = Next();
        Append(output, 1);
        output.Release();
        output.Release();
        Assert.That(file.Syncs, Is.EqualTo(new[] { ("sync", 2L) }), "once: nothing was written since");
    }

    [Test]
    public void Data_of_a_failed_sync_moves_to_a_new_file()
    {
        RunOutput output = Output(Writer(syncToDisk: true));
        var failing = new MovingFile();
        _files.Enqueue(failing);
        FakeDestination next = Next();
        Append(output, 1, 2);
        Assert.That(output.SyncToDisk, Throws.InstanceOf<IOException>());
        output.WriteSealed(urgent: false);
        output.SyncToDisk();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(next.Content(), Is.EqualTo(new byte[] { 0, 0, 1, 2 }), "the new opening, then all that was appended");
            Assert.That(failing.Hash, Is.EqualTo(XxHash3.HashToUInt64([0, 1, 2])));
            Assert.That(_opened, Is.EqualTo([true, true]), "nothing of the first file is on the disk");
            Assert.That((output.Queue.Dropped, failing.IsDisposed), Is.EqualTo((0L, true)));
            Assert.That(next.Syncs, Is.EqualTo(new[] { ("sync", 4L) }));
        }
    }

    [Test]
    public void A_failed_sync_after_a_successful_one_does_not_begin_the_run_again()
    {
        RunOutput output = Output(Writer(syncToDisk: true));
        var failing = new MovingFile { Successes = 1 };
        _files.Enqueue(failing);
        FakeDestination next = Next();
        Append(output, 1);
        output.SyncToDisk();
        Append(output, 2);
        Assert.That(output.SyncToDisk, Throws.InstanceOf<IOException>());
        Append(output, 3);
        Assert.That(next.Content(), Is.EqualTo(new byte[] { 9, 2, 3 }));
        Assert.That(failing.Hash, Is.EqualTo(XxHash3.HashToUInt64([2])), "only what was appended since");
    }

    [Test]
    public void Data_of_a_failed_sync_that_is_abandoned_is_counted()
    {
        RunOutput output = Output(Writer(syncToDisk: true));
        _files.Enqueue(new MovingFile());
        Append(output, 1, 2);
        Assert.That(output.SyncToDisk, Throws.InstanceOf<IOException>());
        output.Queue.Append(new Repeated(3));
        output.Queue.Seal();
        output.Abandon();
        output.Abandon();
        Assert.That(output.Queue.Dropped, Is.EqualTo(3));
        output.Dispose();
    }

    [Test]
    public void A_disposed_output_has_closed_its_file_and_counts_no_more()
    {
        var file = new GoneFile();
        _files.Enqueue(file);
        Append(1);
        Assert.That((_output.IsClosed, file.IsDisposed), Is.EqualTo((false, false)));
        _output.Dispose();
        Assert.That((_output.IsClosed, file.IsDisposed), Is.EqualTo((true, true)));
    }

    private FakeDestination Next()
    {
        var file = new FakeDestination();
        _files.Enqueue(file);
        return file;
    }

    private BackgroundWriter Writer(bool syncToDisk) => new(
        new PipelineOptions(Timeout.InfiniteTimeSpan, TimeSpan.Zero, syncToDisk, TimeSpan.Zero, GetType()),
        new BatchPool(1 << 20), _failures);

    private RunOutput Output(BackgroundWriter writer) => new("run", writer, _files.Dequeue, isFirst =>
    {
        _opened.Add(isFirst);
        return [isFirst ? (byte)0 : (byte)9];
    });

    private void Append(params byte[] values) => Append(_output, values);

    private static void Append(RunOutput output, params byte[] values)
    {
        foreach (byte value in values)
            output.Queue.Append(new Repeated(value));
        output.Queue.Seal();
        output.WriteSealed(urgent: true);
    }

    private class GoneFile : IEventFile
    {
        public string Path => "gone";

        public bool IsGone { get; set; }

        public bool HasOthers => true;

        public bool IsDisposed { get; private set; }

        public int Releases { get; private set; }

        public long Length { get; private set; }

        public virtual void Append(ReadOnlySpan<byte> records) => Length += records.Length;

        public virtual void SyncToDisk()
        {
        }

        public void Release() => Releases++;

        public void Dispose() => IsDisposed = true;

        public virtual bool TryMoveUnsynced(ulong hash, Action<ReadOnlySpan<byte>> append) => false;
    }

    /// <summary>A file whose syncs fail and whose data can still be read.</summary>
    private sealed class MovingFile : GoneFile
    {
        private readonly List<byte> _unsynced = [];

        public int Successes { get; set; }

        public ulong Hash { get; private set; }

        public override void Append(ReadOnlySpan<byte> records) => _unsynced.AddRange(records);

        public override void SyncToDisk()
        {
            if (Successes-- <= 0)
                throw new IOException("the disk lost it");
            _unsynced.Clear();
        }

        public override bool TryMoveUnsynced(ulong hash, Action<ReadOnlySpan<byte>> append)
        {
            Hash = hash;
            append(_unsynced.ToArray());
            return true;
        }
    }
}
