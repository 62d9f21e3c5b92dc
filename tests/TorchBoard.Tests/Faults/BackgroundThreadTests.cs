using TorchBoard.Files;
using TorchBoard.Pipeline;

namespace TorchBoard.Tests.Faults;

/// <summary>Bugs on the writer's own thread: nobody waits for it for ever, and nobody is left untold.</summary>
internal sealed class BackgroundThreadTests
{
    private static readonly InvalidCastException Bug = new("a bug");

    [Test]
    public void When_the_thread_dies_producers_go_on_and_the_next_Flush_tells()
    {
        var destination = new BrokenDestination();
        var writer = new SummaryWriter("unused", Options(destination));
        var told = new List<Exception>();
        writer.WriteFailed += (_, e) => told.Add(e.Exception);
        destination.Broken = true;
        writer.AddScalar("x", 1, 0);

        Assert.That(writer.Flush, Throws.InvalidOperationException.With.InnerException.SameAs(Bug));
        for (int step = 1; step < 50_000; step++)
            writer.AddScalar("x", step, step);
        Assert.That(writer.Flush, Throws.InvalidOperationException.With.InnerException.SameAs(Bug));
        writer.Dispose();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(told, Is.EqualTo([Bug]));
            Assert.That(writer.DroppedEvents, Is.EqualTo(50_000));
            Assert.That(() => writer.AddScalar("x", 1, 1), Throws.InstanceOf<ObjectDisposedException>());
        }
    }

    [Test]
    public void Producers_that_wait_for_room_are_released_when_the_thread_dies()
    {
        var destination = new BrokenDestination { Broken = true };
        destination.Answers.Reset();
        var writer = new SummaryWriter(
            "unused", Options(destination) with { UnwrittenBytesLimit = 1 << 20, WaitLimit = TimeSpan.FromDays(1) });
        writer.WriteFailed += (_, _) => { };
        Thread[] producers = [.. Enumerable.Range(0, 4).Select(_ => new Thread(() =>
        {
            for (int step = 0; step < 50_000; step++)
                writer.AddScalar("loss/train", step, step);
        }))];
        foreach (Thread producer in producers)
            producer.Start();
        Assert.That(
            () => producers.All(producer => producer.ThreadState.HasFlag(ThreadState.WaitSleepJoin)),
            Is.True.After(30_000, 10));

        destination.Answers.Set();

        Assert.That(producers.Select(producer => producer.Join(TimeSpan.FromSeconds(30))), Is.All.True);
        writer.Dispose();
        Assert.That(writer.DroppedEvents, Is.EqualTo(200_000));
    }

    [Test]
    public void A_destination_that_throws_when_it_is_closed_ends_nothing()
    {
        var destination = new BrokenDestination { BrokenWhenClosed = true };
        var writer = new SummaryWriter("unused", Options(destination));
        Exception? told = null;
        writer.WriteFailed += (_, e) => told = e.Exception;
        writer.AddScalar("x", 1, 0);

        writer.Dispose();

        Assert.That(told, Is.SameAs(Bug));
        Assert.That(writer.DroppedEvents, Is.Zero);
    }

    [Test]
    public void A_value_that_cannot_be_encoded_is_told_and_counted_and_the_others_are_written()
    {
        var destination = new MemoryDestination();
        var listener = new Told();
        var background = new BackgroundWriter(
            new PipelineOptions(
                Timeout.InfiniteTimeSpan, TimeSpan.FromSeconds(10), SyncToDisk: false, TimeSpan.FromSeconds(10), GetType()),
            new BatchPool(1 << 20),
            listener);
        var output = new RunOutput("run", background, () => destination, _ => [1]);
        background.Add(output);
        background.Start();

        output.Queue.Append(new OneByte(2));
        output.Queue.Append(new Unencodable());
        output.Queue.Append(new OneByte(3));
        background.FlushAsync().GetAwaiter().GetResult();
        output.Queue.Append(new OneByte(4));
        bool ended = background.Close(TimeSpan.FromSeconds(30));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(ended, Is.True);
            Assert.That(destination.Taken, Is.EqualTo(new byte[] { 1, 2, 3, 4 }));
            Assert.That(listener.Causes, Is.EqualTo([Bug]));
            Assert.That(output.Queue.Dropped, Is.EqualTo(1));
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

    private static SummaryWriterOptions Options(IEventDestination destination) => new()
    {
        FlushInterval = Timeout.InfiniteTimeSpan,
        Destination = _ => destination,
    };

    private sealed class BrokenDestination : IEventDestination
    {
        private bool _opened;

        public volatile bool Broken;

        public bool BrokenWhenClosed { get; init; }

        public ManualResetEventSlim Answers { get; } = new(initialState: true);

        public string Path => "broken";

        public bool IsGone => false;

        public void Append(ReadOnlySpan<byte> records)
        {
            // The first event is written by the writer's constructor.
            if (!_opened)
            {
                _opened = true;
                return;
            }

            Answers.Wait();
            if (Broken)
                throw Bug;
        }

        public void SyncToDisk()
        {
        }

        public void Dispose()
        {
            if (BrokenWhenClosed)
                throw Bug;
        }
    }

    private sealed class MemoryDestination : IEventDestination
    {
        public List<byte> Taken { get; } = [];

        public string Path => "memory";

        public bool IsGone => false;

        public void Append(ReadOnlySpan<byte> records) => Taken.AddRange(records);

        public void SyncToDisk()
        {
        }

        public void Dispose()
        {
        }
    }

    private readonly struct OneByte(byte value) : IFramedRecord
    {
        public int Length => 1;

        public void WriteTo(ref byte destination) => destination = value;
    }

    private sealed class Unencodable : IDeferredRecord
    {
        public long Size => 8;

        public byte[] Encode() => throw Bug;
    }

    private sealed class Told : IFailureListener
    {
        public List<Exception> Causes { get; } = [];

        public void Failed(string path, Exception cause, long dropped) => Causes.Add(cause);

        public void Recovered(string path, long dropped) => Assert.Fail("Nothing failed.");
    }
}
