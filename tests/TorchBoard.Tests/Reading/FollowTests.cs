namespace TorchBoard.Tests.Reading;

internal sealed class FollowTests
{
    private static readonly FollowOptions Quickly = new() { PollInterval = TimeSpan.FromMilliseconds(1) };

    [Test]
    [CancelAfter(30_000)]
    public async Task Existing_events_come_first_and_then_appended_ones(CancellationToken cancellation)
    {
        using var directory = new TestDirectory();
        await using var writer = new SummaryWriter(directory);
        writer.AddScalar("loss", 1, 0);
        await writer.FlushAsync(cancellation);

        await using var events = RunLog.FollowAsync(directory, Quickly, cancellation).GetAsyncEnumerator(cancellation);
        Assert.That((await Next(events)).FileVersion, Is.EqualTo("brain.Event:2"));
        Assert.That((await Next(events)).Values[0].Scalar, Is.EqualTo(1));

        for (int step = 1; step < 20; step++)
        {
            writer.AddScalar("loss", step * 2, step);
            await writer.FlushAsync(cancellation);
            LoggedEvent appended = await Next(events);
            Assert.That((appended.Step, appended.Values[0].Scalar), Is.EqualTo((step, step * 2.0)));
        }
    }

    [Test]
    [CancelAfter(30_000)]
    public async Task Following_continues_with_a_newer_file_of_the_run(CancellationToken cancellation)
    {
        using var directory = new TestDirectory();
        EventBytes.Write(directory, [EventBytes.Opening()], "events.out.tfevents.0000000001.h.1.0");
        await using var events = RunLog.FollowAsync(directory, Quickly, cancellation).GetAsyncEnumerator(cancellation);
        await Next(events);

        EventBytes.Write(directory, [EventBytes.Scalar("a", 5, 6)], "events.out.tfevents.0000000002.h.1.0");
        Assert.That((await Next(events)).Step, Is.EqualTo(5));
    }

    [Test]
    [CancelAfter(30_000)]
    public async Task A_directory_that_is_deleted_between_two_of_its_files_is_followed_when_it_is_there_again(
        CancellationToken cancellation)
    {
        using var directory = new TestDirectory();
        string run = Path.Combine(directory, "run");
        EventBytes.Write(run, [EventBytes.Scalar("a", 1, 6)], "events.out.tfevents.0000000001.h.1.0");
        EventBytes.Write(run, [EventBytes.Scalar("a", 2, 6)], "events.out.tfevents.0000000002.h.1.0");
        await using var events = RunLog.FollowAsync(run, Quickly, cancellation).GetAsyncEnumerator(cancellation);
        Assert.That((await Next(events)).Step, Is.EqualTo(1));
        Directory.Delete(run, recursive: true);
        ValueTask<bool> waiting = events.MoveNextAsync();

        EventBytes.Write(run, [EventBytes.Scalar("a", 3, 6)], "events.out.tfevents.0000000003.h.1.0");
        Assert.That(await waiting, Is.True);
        Assert.That(events.Current.Step, Is.EqualTo(3));
    }

    [Test]
    [CancelAfter(30_000)]
    public async Task New_runs_below_the_directory_are_followed_on_request(CancellationToken cancellation)
    {
        using var directory = new TestDirectory();
        FollowOptions options = Quickly with { IncludeSubdirectories = true };
        await using var events = RunLog.FollowAsync(directory, options, cancellation).GetAsyncEnumerator(cancellation);
        ValueTask<bool> waiting = events.MoveNextAsync();

        EventBytes.Write(Path.Combine(directory, "later", "run"), [EventBytes.Scalar("a", 5, 6)]);
        Assert.That(await waiting, Is.True);
        Assert.That(events.Current.Run, Is.EqualTo("later/run"));
    }

    [Test]
    [CancelAfter(30_000)]
    public async Task Following_waits_for_the_rest_of_a_partial_record(CancellationToken cancellation)
    {
        using var directory = new TestDirectory();
        byte[] record = EventBytes.Scalar("a", 3, 4);
        string path = EventBytes.Write(directory, [EventBytes.Opening(), record[..20]]);
        await using var events = RunLog.FollowAsync(directory, Quickly, cancellation).GetAsyncEnumerator(cancellation);
        await Next(events);
        ValueTask<bool> waiting = events.MoveNextAsync();

        await using (FileStream file = new(path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite))
            await file.WriteAsync(record.AsMemory(20), cancellation);

        Assert.That(await waiting, Is.True);
        Assert.That(events.Current.Step, Is.EqualTo(3));
    }

    [Test]
    [CancelAfter(30_000)]
    public async Task Damage_is_reported_once_and_later_records_are_read(CancellationToken cancellation)
    {
        using var directory = new TestDirectory();
        byte[] damaged = EventBytes.Scalar("a", 1, 1);
        damaged[^1] ^= 1;
        EventBytes.Write(directory, [EventBytes.Opening(), damaged, EventBytes.Scalar("a", 2, 2)]);
        var errors = new List<CorruptRecord>();
        FollowOptions options = Quickly with { OnCorruptRecord = errors.Add };

        await using var events = RunLog.FollowAsync(directory, options, cancellation).GetAsyncEnumerator(cancellation);
        await Next(events);

        Assert.That((await Next(events)).Step, Is.EqualTo(2));
        Assert.That(errors, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Cancellation_stops_following()
    {
        using var directory = new TestDirectory();
        EventBytes.Write(directory, [EventBytes.Opening()]);
        using var source = new CancellationTokenSource();

        Task following = FollowAsync();

        await Assert.ThrowsAsync<TaskCanceledException>(() => following.WaitAsync(TimeSpan.FromSeconds(30)));

        async Task FollowAsync()
        {
            await foreach (LoggedEvent _ in RunLog.FollowAsync(directory, Quickly, source.Token))
                await source.CancelAsync();
        }
    }

    private static async Task<LoggedEvent> Next(IAsyncEnumerator<LoggedEvent> events)
    {
        Assert.That(await events.MoveNextAsync(), Is.True);
        return events.Current;
    }
}
