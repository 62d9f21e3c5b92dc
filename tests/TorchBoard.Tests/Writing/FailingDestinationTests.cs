using TorchBoard.Protos;
using TorchBoard.Tests.Storage;

namespace TorchBoard.Tests.Writing;

internal sealed class FailingDestinationTests
{
    private static readonly IOException DiskFull = new("No space left on device.");

    private static IEnumerable<Exception> Failures =>
    [
        DiskFull,
        new UnauthorizedAccessException("Permission denied."),
        new HttpRequestException("Connection refused."),
        new InvalidOperationException("The client is in a state of its own."),
        new TaskCanceledException("The request timed out."),
        new InsufficientMemoryException("Out of memory, for now."),
    ];

    [TestCaseSource(nameof(Failures))]
    public void Unwritten_data_is_kept_and_written_when_possible_after_any_exception(Exception failure)
    {
        var destination = new FakeDestination();
        using var writer = new SummaryWriter("unused", Options(destination));
        var failures = new List<WriteFailedEventArgs>();
        var recoveries = new List<WriteRecoveredEventArgs>();
        writer.WriteFailed += (_, e) => failures.Add(e);
        writer.WriteRecovered += (_, e) => recoveries.Add(e);

        destination.Failure = failure;
        for (int step = 0; step < 1000; step++)
        {
            writer.AddScalar("loss", step, step);
            if (step % 100 == 0)
                writer.AddText("note", $"at {step}", step);
        }

        Assert.That(writer.Flush, Throws.InstanceOf<IOException>().With.InnerException.SameAs(failure));
        Assert.That(writer.Flush, Throws.InstanceOf<IOException>());
        destination.Failure = null;
        writer.Flush();

        List<Event> events = [.. destination.Payloads().Select(Event.Parser.ParseFrom)];
        using (Assert.EnterMultipleScope())
        {
            Assert.That(events, Has.Count.EqualTo(1 + 1000 + 10));
            Assert.That(
                events.Where(e => e.Summary?.Value[0].Tag == "loss").Select(e => e.Step),
                Is.EqualTo(Enumerable.Range(0, 1000).Select(i => (long)i)));
            Assert.That(failures, Has.Count.EqualTo(1), "told once, not at every attempt");
            Assert.That(recoveries, Has.Count.EqualTo(1));
            Assert.That(writer.DroppedEvents, Is.Zero);
        }
    }

    [TestCaseSource(nameof(Failures))]
    public void Creating_a_file_is_retried_after_any_exception(Exception failure)
    {
        var sub = new FakeDestination();
        Exception? refusal = failure;
        using var writer = new SummaryWriter("unused", new SummaryWriterOptions
        {
            FlushInterval = Timeout.InfiniteTimeSpan,
            Storage = new StorageOf(run => !run.EndsWith("sub", StringComparison.Ordinal) ? new FakeDestination()
                : refusal is null ? sub : throw refusal),
        });
        writer.WriteFailed += (_, _) => { };
        using SummaryWriter run = writer.OpenSubRun("sub");
        run.AddScalar("loss", 1, 0);
        Assert.That(writer.Flush, Throws.InstanceOf<IOException>().With.InnerException.SameAs(failure));

        refusal = null;
        writer.Flush();
        Assert.That(sub.Payloads(), Has.Count.EqualTo(2));
    }

    [TestCaseSource(nameof(Failures))]
    public void The_constructor_reports_a_file_that_cannot_be_created_in_one_way(Exception failure) =>
        Assert.That(
            () => new SummaryWriter("unused", new SummaryWriterOptions { Storage = new StorageOf(_ => throw failure) }),
            Throws.InstanceOf<IOException>().With.InnerException.SameAs(failure).And.Message.Contains("'unused'"));

    [Test]
    public void During_a_failure_calls_neither_throw_nor_wait_and_data_without_room_is_counted()
    {
        var destination = new FakeDestination();
        var writer = new SummaryWriter(
            "unused",
            Options(destination) with { UnwrittenBytesLimit = 1 << 20, FlushTimeout = TimeSpan.FromMilliseconds(50) });
        writer.WriteFailed += (_, _) => { };
        destination.Failure = DiskFull;
        Assert.That(writer.Flush, Throws.Nothing, "nothing was added yet");
        writer.AddScalar("first", 1, 0);
        Assert.That(writer.Flush, Throws.InstanceOf<IOException>());

        const int calls = 50_000;
        for (int step = 0; step < calls; step++)
            writer.AddScalar("loss/train", step, step);

        Assert.That(writer.DroppedEvents, Is.InRange(calls - ((1 << 20) / 40), calls));
        destination.Failure = null;
        writer.Flush();
        long written = destination.Payloads().Count - 2;
        Assert.That(written + writer.DroppedEvents, Is.EqualTo(calls));
        writer.Dispose();
    }

    [Test]
    public void A_handler_that_throws_does_not_stop_writing()
    {
        var destination = new FakeDestination();
        using var writer = new SummaryWriter("unused", Options(destination));
        writer.WriteFailed += (_, _) => throw new InvalidOperationException("from the handler");
        destination.Failure = DiskFull;
        writer.AddScalar("loss", 1, 0);
        Assert.That(writer.Flush, Throws.InstanceOf<IOException>());

        destination.Failure = null;
        writer.Flush();
        Assert.That(destination.Payloads(), Has.Count.EqualTo(2));
    }

    [Test]
    public void Drop_drops_data_without_room_while_the_destination_hangs()
    {
        var destination = new FakeDestination();
        var writer = new SummaryWriter(
            "unused", Options(destination) with { UnwrittenBytesLimit = 1 << 20, WhenFull = WhenFull.Drop });
        destination.Answers.Reset();

        const int calls = 28_000;
        for (int step = 0; step < calls; step++)
            writer.AddScalar("loss/train", step, step);

        Assert.That(writer.DroppedEvents, Is.GreaterThan(1000));
        destination.Answers.Set();
        writer.Flush();
        Assert.That(destination.Payloads().Count - 1 + writer.DroppedEvents, Is.EqualTo(calls));
        writer.Dispose();
    }

    [Test]
    public void Wait_waits_for_room_and_loses_nothing()
    {
        var destination = new FakeDestination();
        using var writer = new SummaryWriter("unused", Options(destination) with { UnwrittenBytesLimit = 1 << 20 });
        destination.Answers.Reset();
        using var full = new ManualResetEventSlim();
        var producer = new Thread(() =>
        {
            for (int step = 0; step < 100_000; step++)
            {
                writer.AddScalar("loss/train", step, step);
                if (step == 10_000)
                    full.Set();
            }
        });

        producer.Start();
        full.Wait();
        destination.Answers.Set();
        producer.Join();
        writer.Flush();

        Assert.That(destination.Payloads(), Has.Count.EqualTo(100_001));
        Assert.That(writer.DroppedEvents, Is.Zero);
    }

    [Test]
    public void Dispose_with_a_hanging_destination_returns_and_reports_it()
    {
        var destination = new FakeDestination();
        var writer =
            new SummaryWriter("unused", Options(destination) with { FlushTimeout = TimeSpan.FromMilliseconds(20) });
        Exception? told = null;
        writer.WriteFailed += (_, e) => told = e.Exception;
        destination.Answers.Reset();
        writer.AddScalar("loss", 1, 0);
        Assert.That(writer.Flush, Throws.InstanceOf<TimeoutException>());

        writer.Dispose();

        Assert.That(told, Is.InstanceOf<TimeoutException>());
        destination.Answers.Set();
    }

    [Test]
    public void Flush_in_a_handler_is_rejected_instead_of_waiting_for_itself()
    {
        var destination = new FakeDestination();
        using var writer = new SummaryWriter("unused", Options(destination));
        Exception? caught = null;
        writer.WriteFailed += (_, _) => caught = Assert.Catch(writer.Flush);
        destination.Failure = DiskFull;
        writer.AddScalar("loss", 1, 0);
        Assert.That(writer.Flush, Throws.InstanceOf<IOException>());
        destination.Failure = null;

        Assert.That(caught, Is.InstanceOf<InvalidOperationException>());
    }

    private static SummaryWriterOptions Options(FakeDestination destination) => new()
    {
        FlushInterval = Timeout.InfiniteTimeSpan,
        Storage = new StorageOf(_ => destination),
    };
}
