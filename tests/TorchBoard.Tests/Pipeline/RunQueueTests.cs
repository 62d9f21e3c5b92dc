using TorchBoard.Pipeline;

namespace TorchBoard.Tests.Pipeline;

/// <summary>What producers append reaches the background thread in order, or is counted.</summary>
internal sealed class RunQueueTests
{
    private const int Limit = 1 << 20;
    private const int Smallest = BatchPool.SmallestCapacity;

    private BatchPool _pool = null!;
    private Notices _notices = null!;
    private RunQueue _queue = null!;

    [SetUp]
    public void Open()
    {
        _pool = new BatchPool(Limit);
        _notices = new Notices();
        _queue = new RunQueue(_pool.OpenShare(), TimeSpan.Zero, typeof(SummaryWriter), _notices);
    }

    [Test]
    public void Records_are_passed_on_in_order_when_their_batch_is_sealed()
    {
        _queue.Append(new Repeated(1, 2));
        _queue.Append(new Repeated(2));
        Assert.That(_queue.TryTakeSealed(out _), Is.False);
        Assert.That(_notices.Told, Is.EqualTo(["begun"]));

        _queue.Seal();
        Assert.That(_queue.TryTakeSealed(out Batch? batch));
        Assert.That(batch!.Bytes(0, batch.Length).ToArray(), Is.EqualTo(new byte[] { 1, 1, 2 }));
        Assert.That((batch.Records, _queue.TryTakeSealed(out _)), Is.EqualTo((2, false)));
    }

    [Test]
    public void An_empty_batch_is_not_sealed()
    {
        _queue.Seal();
        Assert.That(_queue.TryTakeSealed(out _), Is.False);
    }

    [Test]
    public void A_full_batch_is_passed_on_at_once_and_the_next_is_twice_as_large()
    {
        int appended = 0;
        foreach (int kibibytes in (int[])[1, 2, 4, 8, 16, 32, 64, 64])
        {
            for (; appended < kibibytes * 8; appended++)
                _queue.Append(new Repeated(1, 128));
            Assert.That(_queue.TryTakeSealed(out _), Is.False, "full, but a smaller record might fit");
            _queue.Append(new Repeated(1, 128));
            appended = 1;
            Assert.That(_queue.TryTakeSealed(out Batch? batch));
            Assert.That((batch!.Capacity, batch.Length), Is.EqualTo((kibibytes << 10, kibibytes << 10)));
            _queue.Return(batch);
        }
    }

    [Test]
    public void A_record_larger_than_a_batch_has_its_own()
    {
        _queue.Append(new Repeated(1));
        _queue.Append(new Repeated(2, 100_000));
        Assert.That(_queue.TryTakeSealed(out Batch? first));
        Assert.That(first!.Length, Is.EqualTo(1));
        _queue.Seal();
        Assert.That(_queue.TryTakeSealed(out Batch? second));
        Assert.That((second!.Capacity, second.Length), Is.EqualTo((100_000, 100_000)));
    }

    [Test]
    public void Deferred_records_keep_their_place_among_the_others()
    {
        var deferred = new Deferred(9);
        _queue.Append(new Repeated(1));
        _queue.Append(deferred);
        _queue.Append(new Repeated(2));
        _queue.Seal();
        Assert.That(_queue.TryTakeSealed(out Batch? batch));
        Assert.That(batch!.Bytes(0, batch.Length).ToArray(), Is.EqualTo(new byte[] { 1, 2 }));
        Assert.That((batch.DeferredCount, batch.Deferred(0)), Is.EqualTo((1, (1, (IDeferredRecord)deferred))));
        Assert.That((batch.Records, _notices.Told.Length), Is.EqualTo((3, 1)));
    }

    [Test]
    public void A_batch_is_passed_on_when_a_quarter_mebibyte_waits_to_be_encoded()
    {
        _queue.Append(new Deferred(() => [], size: (1 << 18) - 1));
        Assert.That(_queue.TryTakeSealed(out _), Is.False);
        _queue.Append(new Deferred(() => [], size: 1));
        Assert.That(_queue.TryTakeSealed(out Batch? batch));
        Assert.That((batch!.DeferredSize, batch.Records), Is.EqualTo((1L << 18, 2)));
        Assert.That(_notices.Told, Is.EqualTo(["begun", "ready"]));
        _queue.Return(batch);
        Assert.That(_pool.Held, Is.Zero);
    }

    [Test]
    public void A_record_without_room_is_dropped_and_counted_and_the_others_are_passed_on([Values] bool deferred)
    {
        _queue.Append(new Repeated(1));
        Assert.That(_pool.TryTake(Limit - Smallest));
        Fill(deferred, 5000);

        Assert.That(_queue.Dropped, Is.EqualTo(1));
        Assert.That(_notices.Told, Is.EqualTo(["begun", "ready", "room wanted"]));
        Assert.That(_queue.TryTakeSealed(out Batch? batch), "or no room is ever made");
        Assert.That(batch!.Length, Is.EqualTo(1));

        _queue.Return(batch);
        _pool.Give(Limit - Smallest);
        Fill(deferred, 5000);
        Assert.That(_queue.Dropped, Is.EqualTo(1));
    }

    [Test]
    public void A_run_that_cannot_be_written_wants_no_room_from_others()
    {
        _queue.IsStalled = true;
        Assert.That(_pool.TryTake(Limit));
        _queue.Append(new Repeated(1));
        Assert.That((_queue.Dropped, _notices.Told.Length), Is.EqualTo((1L, 0)));
        _queue.CountDropped(5);
        Assert.That(_queue.Dropped, Is.EqualTo(6));
    }

    [Test]
    public void A_producer_waits_for_room_as_long_as_it_has_patience([Values] bool deferred)
    {
        var queue = new RunQueue(_pool.OpenShare(), TimeSpan.FromDays(1), typeof(SummaryWriter), _notices);
        Assert.That(_pool.TryTake(Limit));
        var producer = new Thread(() =>
        {
            if (deferred)
                queue.Append(new Deferred(1));
            else
                queue.Append(new Repeated(1));
        });
        producer.Start();
        Assert.That(() => producer.ThreadState.HasFlag(ThreadState.WaitSleepJoin), Is.True.After(30_000, 1));
        _pool.Give(Limit);
        Assert.That(producer.Join(TimeSpan.FromSeconds(30)));

        queue.Seal();
        Assert.That(queue.TryTakeSealed(out Batch? batch));
        Assert.That((batch!.Records, queue.Dropped), Is.EqualTo((1, 0L)));
    }

    [Test]
    public void A_closed_queue_refuses_records_and_keeps_those_it_has()
    {
        _queue.Append(new Repeated(1));
        _queue.Close();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                () => _queue.Append(new Repeated(2)),
                Throws.TypeOf<ObjectDisposedException>().With.Property("ObjectName").EqualTo(typeof(SummaryWriter).FullName));
            Assert.That(() => _queue.Append(new Deferred(2)), Throws.TypeOf<ObjectDisposedException>());
        }

        _queue.Seal();
        Assert.That(_queue.TryTakeSealed(out Batch? batch));
        Assert.That((batch!.Records, _queue.Dropped), Is.EqualTo((1, 0L)));
    }

    [Test]
    public void A_queue_of_nothing_discards_all_records_until_it_is_closed()
    {
        var nothing = RunQueue.OfNothing(typeof(SummaryWriter));
        nothing.Append(new Repeated(1));
        nothing.Append(new Deferred(() => throw new InvalidOperationException()));
        nothing.Seal();
        Assert.That((nothing.Dropped, nothing.TryTakeSealed(out _)), Is.EqualTo((0L, false)));
        nothing.Close();
        Assert.That(() => nothing.Append(new Repeated(1)), Throws.TypeOf<ObjectDisposedException>());
        Assert.That(() => nothing.Append(new Deferred(1)), Throws.TypeOf<ObjectDisposedException>());
    }

    [Test]
    public void When_the_process_ends_each_append_is_passed_on_and_waits([Values] bool begun)
    {
        if (begun)
            _queue.Append(new Repeated(1));
        _queue.WriteThrough();
        Assert.That(_queue.TryTakeSealed(out _), Is.EqualTo(begun));
        _notices.Clear();

        _queue.Append(new Repeated(2));
        Assert.That(_notices.Told, Is.EqualTo(["begun", "ready", "awaited"]));
        Assert.That(_queue.TryTakeSealed(out Batch? batch));
        Assert.That(batch!.Bytes(0, 1).ToArray(), Is.EqualTo(new byte[] { 2 }));
        _notices.Clear();
        _queue.Append(new Deferred(3));
        Assert.That(_notices.Told, Is.EqualTo(["begun", "ready", "awaited"]));
        Assert.That(_queue.TryTakeSealed(out _));
    }

    [Test]
    public void Batches_grow_only_where_a_quarter_is_used_between_flushes()
    {
        int[] used = [1, 255, 256, 1, 511, 512, 1];
        Assert.That(used.Select(Flushed), Is.EqualTo([1024, 1024, 1024, 2048, 2048, 2048, 4096]));

        int Flushed(int bytes)
        {
            _queue.Append(new Repeated(1, bytes));
            _queue.Seal();
            Assert.That(_queue.TryTakeSealed(out Batch? batch));
            return batch!.Capacity;
        }
    }

    private void Fill(bool deferred, int bytes)
    {
        if (deferred)
            _queue.Append(new Deferred(() => [], bytes));
        else
            _queue.Append(new Repeated(2, bytes));
    }

    private sealed class Notices : IQueueListener
    {
        private readonly List<string> _told = [];

        public string[] Told => [.. _told];

        public void Clear() => _told.Clear();

        public void BatchBegun() => _told.Add("begun");

        public void BatchReady() => _told.Add("ready");

        public void RoomWanted() => _told.Add("room wanted");

        public void AwaitWritten() => _told.Add("awaited");
    }
}
