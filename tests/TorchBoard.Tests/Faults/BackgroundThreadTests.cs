using TorchBoard.Pipeline;
using TorchBoard.Storage;
using TorchBoard.Tests.Storage;

namespace TorchBoard.Tests.Faults;

/// <summary>Bugs on the writer's own thread: no call waits forever, and every failure is reported.</summary>
internal sealed class BackgroundThreadTests
{
    private static readonly InvalidCastException Bug = new("a bug");

    [Test]
    public void When_the_thread_dies_producers_continue_and_the_next_Flush_throws()
    {
        var file = new FakeDestination { TakesOpening = true, Failure = Bug };
        (BackgroundWriter background, RunQueue queue) = Start(file, new BuggyListener());
        queue.Append(new OneByte(1));

        Assert.That(background.FlushAsync, Throws.InvalidOperationException.With.InnerException.SameAs(Bug));
        for (int i = 1; i < 50_000; i++)
            queue.Append(new OneByte(1));
        Assert.That(background.FlushAsync, Throws.InvalidOperationException.With.InnerException.SameAs(Bug));
        bool ended = background.Close(TimeSpan.FromSeconds(30));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(ended, Is.True);
            Assert.That(queue.Dropped, Is.EqualTo(50_000));
            Assert.That(() => queue.Append(new OneByte(1)), Throws.InstanceOf<ObjectDisposedException>());
        }
    }

    [Test]
    public void Producers_that_wait_for_room_are_released_when_the_thread_dies()
    {
        // Any of them could fill the memory alone.
        const int each = 2_000;
        var file = new FakeDestination { TakesOpening = true, Failure = Bug };
        file.Answers.Reset();
        (BackgroundWriter background, RunQueue queue) = Start(file, new BuggyListener());
        Thread[] producers = [.. Enumerable.Range(0, 4).Select(_ => new Thread(() =>
        {
            for (int i = 0; i < each; i++)
                queue.Append(new Kilobyte());
        }))];
        foreach (Thread producer in producers)
            producer.Start();
        Assert.That(
            () => producers.All(producer => producer.ThreadState.HasFlag(ThreadState.WaitSleepJoin)),
            Is.True.After(30_000, 10));

        file.Answers.Set();

        Assert.That(producers.Select(producer => producer.Join(TimeSpan.FromSeconds(30))), Is.All.True);
        background.Close(TimeSpan.FromSeconds(30));
        Assert.That(queue.Dropped, Is.EqualTo(4L * each));
    }

    [Test]
    public void A_standard_error_that_throws_ends_nothing()
    {
        var file = new FakeDestination { TakesOpening = true, Failure = Bug };
        TextWriter before = Console.Error;
        using var writer = new SummaryWriter("unused", Options(file));
        try
        {
            Console.SetError(new BrokenText());
            writer.AddScalar("x", 1, 0);
            Assert.That(writer.Flush, Throws.InstanceOf<IOException>().With.InnerException.SameAs(Bug));
        }
        finally
        {
            Console.SetError(before);
        }

        file.Failure = null;
        Assert.That(writer.Flush, Throws.Nothing);
        Assert.That(writer.DroppedEvents, Is.Zero);
    }

    [Test]
    public void A_destination_that_throws_when_it_is_closed_ends_nothing()
    {
        var destination = new FakeDestination { FailureOfDispose = Bug };
        var writer = new SummaryWriter("unused", Options(destination));
        Exception? told = null;
        writer.WriteFailed += (_, e) => told = e.Exception;
        writer.AddScalar("x", 1, 0);

        writer.Dispose();

        Assert.That(told, Is.SameAs(Bug));
        Assert.That(writer.DroppedEvents, Is.Zero);
    }

    [Test]
    public void A_value_that_cannot_be_encoded_is_reported_and_counted_and_others_are_written()
    {
        var destination = new FakeDestination();
        var listener = new Told();
        (BackgroundWriter background, RunQueue queue) = Start(destination, listener);

        queue.Append(new OneByte(2));
        queue.Append(new Unencodable());
        queue.Append(new OneByte(3));
        background.FlushAsync().GetAwaiter().GetResult();
        queue.Append(new OneByte(4));
        bool ended = background.Close(TimeSpan.FromSeconds(30));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(ended, Is.True);
            Assert.That(destination.Content(), Is.EqualTo(new byte[] { 1, 2, 3, 4 }));
            Assert.That(listener.Causes, Is.EqualTo([Bug]));
            Assert.That(queue.Dropped, Is.EqualTo(1));
        }
    }

    [Test]
    public void A_disposed_sub_run_takes_no_room_from_the_others()
    {
        using var directory = new TestDirectory();
        using var writer = new SummaryWriter(directory, new SummaryWriterOptions
        {
            FlushInterval = Timeout.InfiniteTimeSpan,
            UnwrittenBytesLimit = 1 << 20,
        });
        SummaryWriter ended = writer.OpenSubRun("ended");
        ended.AddScalar("x", 1, 0);
        ended.Dispose();
        float[] values = new float[10_000];
        for (int i = 0; i < 100; i++)
            Assert.That(() => ended.AddHistogram("h", values, 0), Throws.InstanceOf<ObjectDisposedException>());

        writer.AddHistogram("h", new float[100_000], 0);
        writer.Flush();

        Assert.That(writer.DroppedEvents, Is.Zero);
        Assert.That(WrittenEvents.Single(directory, "h").Histo.Num, Is.EqualTo(100_000));
    }

    private static (BackgroundWriter Background, RunQueue Queue) Start(IEventFile file, IFailureListener listener)
    {
        var background = new BackgroundWriter(
            new PipelineOptions(
                flushInterval: Timeout.InfiniteTimeSpan,
                closeTimeout: TimeSpan.FromSeconds(10),
                syncToDisk: false,
                patience: TimeSpan.FromDays(1),
                owner: typeof(BackgroundThreadTests)),
            new BatchPool(1 << 20),
            listener);
        var output = new RunOutput("run", background, () => file, _ => [1]);
        output.Open();
        background.Add(output);
        background.Start();
        return (background, output.Queue);
    }

    private static SummaryWriterOptions Options(IEventFile destination) => new()
    {
        FlushInterval = Timeout.InfiniteTimeSpan,
        Storage = new StorageOf(_ => destination),
    };

    private readonly struct OneByte(byte value) : IFramedRecord
    {
        public int Length => 1;

        public void WriteTo(ref byte destination) => destination = value;
    }

    private readonly struct Kilobyte : IFramedRecord
    {
        public int Length => 1 << 10;

        public void WriteTo(ref byte destination) => destination = 1;
    }

    private sealed class Unencodable : IDeferredRecord
    {
        public long Size => 8;

        public byte[] Encode() => throw Bug;
    }

    /// <summary>Throws once, when the first failure is reported to it.</summary>
    private sealed class BuggyListener : IFailureListener
    {
        private bool _threw;

        public void Failed(string path, Exception cause, long dropped)
        {
            if (!_threw)
            {
                _threw = true;
                throw Bug;
            }
        }

        public void Recovered(string path, long dropped) => Assert.Fail("Nothing recovered.");
    }

    private sealed class BrokenText : StringWriter
    {
        public override void WriteLine(string? value) => throw Bug;
    }

    private sealed class Told : IFailureListener
    {
        public List<Exception> Causes { get; } = [];

        public void Failed(string path, Exception cause, long dropped) => Causes.Add(cause);

        public void Recovered(string path, long dropped) => Assert.Fail("Nothing failed.");
    }
}
