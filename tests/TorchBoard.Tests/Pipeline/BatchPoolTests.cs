using TorchBoard.Pipeline;

namespace TorchBoard.Tests.Pipeline;

/// <summary>The memory of a writer stays within its limit and is reused.</summary>
internal sealed class BatchPoolTests
{
    private const int Limit = 1 << 20;
    private const int Full = Limit / 16;

    private BatchPool _pool = null!;

    [SetUp]
    public void Open() => _pool = new BatchPool(Limit);

    [TestCase(1 << 20, 1 << 16)]
    [TestCase(16 << 20, 1 << 20)]
    [TestCase(1 << 30, 1 << 20)]
    [TestCase(1600, 100)]
    public void A_full_batch_is_a_sixteenth_of_the_limit_and_at_most_a_mebibyte(int limit, int expected) =>
        Assert.That(new BatchPool(limit).FullCapacity, Is.EqualTo(expected));

    [Test]
    public void Batches_are_rented_up_to_the_limit_and_again_after_one_is_returned()
    {
        Batch[] rented = [.. Enumerable.Range(0, 16).Select(_ => _pool.TryRent(Full)!)];
        Assert.That(rented, Has.None.Null.And.Unique);
        Assert.That(_pool.Held, Is.EqualTo(Limit));
        Assert.That(_pool.TryRent(1), Is.Null);

        _pool.Return(rented[3]);
        Assert.That(_pool.Held, Is.EqualTo(Limit), "kept for reuse");
        Assert.That(_pool.TryRent(Full), Is.SameAs(rented[3]));
    }

    [Test]
    public void A_returned_batch_is_empty()
    {
        Batch batch = _pool.TryRent(Full)!;
        Assert.That(batch.TryAppend(new Repeated(7, 100)));
        Assert.That(_pool.TryTake(50));
        batch.Append(new Deferred(() => [1], size: 50));
        Assert.That((batch.Length, batch.Records, batch.DeferredSize, batch.DeferredCount), Is.EqualTo((100, 2, 50L, 1)));
        Assert.That(_pool.Held, Is.EqualTo(Full + 50));

        _pool.Return(batch);
        Assert.That((batch.Length, batch.Records, batch.DeferredSize, batch.DeferredCount), Is.EqualTo((0, 0, 0L, 0)));
        Assert.That((batch.IsEmpty, _pool.Held), Is.EqualTo((true, (long)Full)));
    }

    [Test]
    public void Batches_of_other_sizes_are_not_kept()
    {
        Batch small = _pool.TryRent(BatchPool.SmallestCapacity)!;
        Assert.That(small.Capacity, Is.EqualTo(BatchPool.SmallestCapacity));
        _pool.Return(small);
        Assert.That(_pool.Held, Is.Zero);

        _pool.Return(_pool.TryRent(Full)!);
        Batch larger = _pool.TryRent(Full + 1)!;
        Assert.That(larger.Capacity, Is.EqualTo(Full + 1));
        Assert.That(_pool.TryRent((Full / 2) + 1)!.Capacity, Is.EqualTo(Full), "more than half may have a kept one");
        Assert.That(_pool.TryRent(Full / 2)!.Capacity, Is.EqualTo(Full / 2));
    }

    [Test]
    public void Kept_batches_make_room_for_others()
    {
        Batch[] rented = [.. Enumerable.Range(0, 16).Select(_ => _pool.TryRent(Full)!)];
        foreach (Batch batch in rented)
            _pool.Return(batch);
        Assert.That(_pool.Held, Is.EqualTo(Limit));
        Assert.That(_pool.TryTake(Full + 1));
        Assert.That(_pool.Held, Is.EqualTo((14 * Full) + Full + 1));
    }

    [Test]
    public void A_value_larger_than_half_of_the_limit_is_accepted_alone()
    {
        Assert.That(_pool.TryTake(Limit / 2));
        Assert.That(_pool.TryTake(10L * Limit), "however large");
        Assert.That(_pool.TryTake(1), Is.False);
        _pool.Give(10L * Limit);
        Assert.That(_pool.TryTake(1));
        Assert.That(_pool.TryTake(Limit), Is.False, "more than half is in use");
        Assert.That(_pool.TryTake(Limit / 2), Is.False);
        Assert.That(_pool.TryTake((Limit / 2) - 1));
        Assert.That(_pool.Held, Is.EqualTo(Limit));
    }

    [Test]
    public void Copies_are_as_long_as_requested_and_reused_for_about_the_same_length()
    {
        byte[] copy = _pool.RentCopy(5000);
        Assert.That(copy, Has.Length.EqualTo(8192), "in units of 4 KiB");
        Assert.That(_pool.RentCopy(4096), Has.Length.EqualTo(4096));
        Assert.That(_pool.Held, Is.Zero, "the record that holds a copy takes room, not the copy");

        byte[] larger = _pool.RentCopy(9000);
        _pool.ReturnCopy(larger);
        _pool.ReturnCopy(copy);
        Assert.That(_pool.Held, Is.EqualTo(larger.Length + copy.Length));
        Assert.That(_pool.RentCopy(larger.Length + 1), Is.Not.SameAs(larger), "too short");
        Assert.That(_pool.RentCopy(100), Has.Length.EqualTo(4096), "too long");
        Assert.That(_pool.RentCopy(8000), Is.SameAs(copy), "the shortest that fits");
        Assert.That(_pool.RentCopy(8192), Is.SameAs(larger));
        Assert.That(_pool.Held, Is.Zero);
        _pool.ReturnCopy(copy);
        Assert.That(_pool.RentCopy(4096), Is.SameAs(copy), "twice as long");
    }

    [Test]
    public void Kept_copies_make_room_first_the_oldest_one()
    {
        byte[] first = _pool.RentCopy(Limit / 2), second = _pool.RentCopy(Limit / 4);
        _pool.ReturnCopy(first);
        _pool.ReturnCopy(second);
        Assert.That(_pool.TryTake((3 * Limit) / 4));
        Assert.That(_pool.Held, Is.EqualTo(Limit));
        Assert.That(_pool.RentCopy(Limit / 4), Is.SameAs(second));
        Assert.That(_pool.RentCopy(Limit / 2), Is.Not.SameAs(first));
    }

    [Test]
    public void Half_of_the_unused_batches_above_eight_are_released_at_a_time()
    {
        Batch[] rented = [.. Enumerable.Range(0, 16).Select(_ => _pool.TryRent(Full)!)];
        foreach (Batch batch in rented)
            _pool.Return(batch);

        Assert.That((_pool.Trim(), _pool.Held), Is.EqualTo((true, (long)Limit)), "rented since the last call");
        Assert.That((_pool.Trim(), _pool.Held), Is.EqualTo((false, 8L * Full)));
        Assert.That((_pool.Trim(), _pool.Held), Is.EqualTo((false, 8L * Full)));
    }

    [Test]
    public void Copies_above_eight_are_released_one_at_a_time()
    {
        byte[][] copies = [.. Enumerable.Range(0, 10).Select(_ => _pool.RentCopy(4096))];
        foreach (byte[] copy in copies)
            _pool.ReturnCopy(copy);
        Assert.That((_pool.Trim(), _pool.Held), Is.EqualTo((true, 9 * 4096L)));
        Assert.That((_pool.Trim(), _pool.Held), Is.EqualTo((false, 8 * 4096L)));
        Assert.That((_pool.Trim(), _pool.Held), Is.EqualTo((false, 8 * 4096L)));
    }

    [Test]
    public void A_run_alone_may_hold_everything_and_one_of_several_as_much_as_is_free()
    {
        PoolShare first = _pool.OpenShare();
        Assert.That(first.IsFair(Limit), "alone");
        PoolShare second = _pool.OpenShare();
        Assert.That(first.TryTake(Limit / 4));
        Assert.That(first.IsFair(Limit / 4), "a half for it, a half for others");
        Assert.That(first.IsFair((Limit / 4) + 1), Is.False);
        Assert.That(first.TryTake((Limit / 4) + 1), Is.False);
        Assert.That(first.TryRent(Limit / 2), Is.Null);
        Assert.That(second.IsFair(Limit), "one value of a run that holds nothing");
        second.IsStalled = true;
        Assert.That(second.IsFair(Limit), Is.False, "unless it cannot be written");
        Assert.That(second.IsFair(Limit / 4));

        second.Close();
        Assert.That(first.IsFair(Limit));
    }

    [Test]
    public void A_share_is_free_again_when_its_batch_is_returned()
    {
        PoolShare share = _pool.OpenShare();
        _pool.OpenShare();
        Batch batch = share.TryRent(Full)!;
        Assert.That(share.TryTake(Limit / 4));
        batch.Append(new Deferred(() => [], size: Limit / 4));
        Assert.That(share.IsFair(Limit / 2), Is.False);
        share.Return(batch);
        Assert.That(share.IsFair(Limit), "it holds nothing");
        Assert.That(share.FullCapacity, Is.EqualTo(Full));
    }

    [Test]
    public void Who_finds_room_does_not_wait()
    {
        PoolShare share = _pool.OpenShare();
        Assert.That(share.WaitForRoom(Limit, TimeSpan.Zero));
    }

    [Test]
    public void After_one_wait_in_vain_nobody_waits_until_something_is_written()
    {
        PoolShare share = _pool.OpenShare();
        Assert.That(share.TryTake(Limit));
        Assert.That(share.WaitForRoom(1, TimeSpan.FromMilliseconds(1)), Is.False);
        Assert.That(share.WaitForRoom(1, TimeSpan.FromDays(1)), Is.False);

        _pool.Give(Limit / 2);
        Assert.That(share.WaitForRoom(1, TimeSpan.FromDays(1)), Is.True);
        Assert.That(share.TryTake(Limit / 2));
        AssertWaits(share, () => _pool.Give(10), expected: true);
    }

    [Test]
    public void Who_waits_for_room_is_woken_when_the_run_or_the_writer_stalls([Values] bool run)
    {
        PoolShare share = _pool.OpenShare();
        Assert.That(share.TryTake(Limit));
        AssertWaits(share, Stall, expected: false);
        Assert.That(share.WaitForRoom(1, TimeSpan.FromDays(1)), Is.False);
        Assert.That((share.IsStalled, _pool.Stalled), Is.EqualTo((run, !run)));

        void Stall()
        {
            if (run)
                share.IsStalled = true;
            else
                _pool.Stalled = true;
        }
    }

    private static void AssertWaits(PoolShare share, Action end, bool expected)
    {
        bool? result = null;
        var waiting = new Thread(() => result = share.WaitForRoom(1, TimeSpan.FromDays(1)));
        waiting.Start();
        Assert.That(() => waiting.ThreadState.HasFlag(ThreadState.WaitSleepJoin), Is.True.After(30_000, 1));
        end();
        Assert.That(waiting.Join(TimeSpan.FromSeconds(30)));
        Assert.That(result, Is.EqualTo(expected));
    }
}
