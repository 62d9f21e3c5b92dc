using TorchBoard.Pipeline;

namespace TorchBoard.Tests.Pipeline;

/// <summary>What callers of a background writer are told, and what its options imply.</summary>
internal sealed class MessagesTests
{
    [Test]
    public async Task A_flush_that_fails_names_the_cause()
    {
        var cause = new IOException("the disk is full");
        var destination = new FakeDestination { TakesOpening = true, Failure = cause };
        (BackgroundWriter background, RunQueue queue) = Start(destination, new Listener());
        queue.Append(new OneByte());

        IOException? failure = await Assert.ThrowsAsync<IOException>(background.FlushAsync);

        destination.Failure = null;
        Assert.That(background.Close(TimeSpan.FromSeconds(30)), Is.True);
        Assert.That(failure!.Message, Is.EqualTo("The added data could not be written: the disk is full"));
        Assert.That(failure.InnerException, Is.SameAs(cause));
    }

    [Test]
    public async Task A_flush_after_a_bug_names_it()
    {
        var bug = new InvalidCastException("a bug");
        var destination = new FakeDestination { TakesOpening = true, Failure = new IOException("full") };
        bool threw = false;
        var listener = new Listener
        {
            OnFailed = _ =>
            {
                if (!threw)
                {
                    threw = true;
                    throw bug;
                }
            },
        };
        (BackgroundWriter background, RunQueue queue) = Start(destination, listener);
        queue.Append(new OneByte());
        Assert.That(background.FlushAsync, Throws.InvalidOperationException);

        InvalidOperationException? failure = await Assert.ThrowsAsync<InvalidOperationException>(background.FlushAsync);

        background.Close(TimeSpan.FromSeconds(30));
        Assert.That(failure!.Message, Is.EqualTo("The writer's background thread ended because of an error: a bug"));
        Assert.That(failure.InnerException, Is.SameAs(bug));
    }

    [Test]
    public void A_flush_by_an_event_handler_is_refused()
    {
        var destination = new FakeDestination { TakesOpening = true, Failure = new IOException("full") };
        BackgroundWriter? writer = null;
        Exception? refusal = null;
        var listener = new Listener
        {
            OnFailed = cause =>
            {
                try
                {
                    _ = writer!.FlushAsync();
                }
                catch (InvalidOperationException e)
                {
                    refusal = e;
                }
            },
        };
        (writer, RunQueue queue) = Start(destination, listener);
        queue.Append(new OneByte());

        Assert.That(writer.FlushAsync, Throws.InstanceOf<IOException>());

        destination.Failure = null;
        writer.Close(TimeSpan.FromSeconds(30));
        Assert.That(
            refusal?.Message, Is.EqualTo("Flush cannot be called from an event handler on the writer's own thread."));
    }

    [TestCase(true, 4L << 20)]
    [TestCase(false, long.MaxValue)]
    public void Writing_to_the_disk_starts_early_only_if_a_caller_waits_for_it(bool sync, long expected) =>
        Assert.That(Options(sync).WriteBackEvery, Is.EqualTo(expected));

    [Test]
    public void A_run_that_is_added_after_the_end_is_refused()
    {
        (BackgroundWriter background, _) = Start(new FakeDestination(), new Listener());
        background.Close(TimeSpan.FromSeconds(30));

        Assert.That(
            () => background.Add(new RunOutput("late", background, () => new FakeDestination(), _ => [1])),
            Throws.InstanceOf<ObjectDisposedException>()
                .With.Property("ObjectName").EqualTo(typeof(MessagesTests).FullName));
    }

    private static (BackgroundWriter Background, RunQueue Queue) Start(FakeDestination file, Listener listener)
    {
        var background = new BackgroundWriter(Options(sync: false), new BatchPool(1 << 20), listener);
        var output = new RunOutput("run", background, () => file, _ => [1]);
        output.Open();
        background.Add(output);
        background.Start();
        return (background, output.Queue);
    }

    private static PipelineOptions Options(bool sync) => new(
        flushInterval: Timeout.InfiniteTimeSpan, closeTimeout: TimeSpan.FromSeconds(10), syncToDisk: sync,
        patience: TimeSpan.FromDays(1), owner: typeof(MessagesTests));

    private readonly struct OneByte : IFramedRecord
    {
        public int Length => 1;

        public void WriteTo(ref byte destination) => destination = 1;
    }

    private sealed class Listener : IFailureListener
    {
        public Action<Exception>? OnFailed { get; init; }

        public void Failed(string path, Exception cause, long dropped) => OnFailed?.Invoke(cause);

        public void Recovered(string path, long dropped)
        {
        }
    }
}
