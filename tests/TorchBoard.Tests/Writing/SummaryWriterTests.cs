using TorchBoard.Protos;

namespace TorchBoard.Tests.Writing;

internal sealed class SummaryWriterTests
{
    [Test]
    public void A_run_is_one_file_that_begins_with_the_file_version()
    {
        using var directory = new TestDirectory();
        var clock = new FixedClock(DateTimeOffset.FromUnixTimeSeconds(1_700_000_000));
        using (var writer = new SummaryWriter(directory, new SummaryWriterOptions { TimeProvider = clock }))
            Assert.That(directory.EventFiles(), Is.EqualTo(new[] { writer.FilePath }));

        Event first = WrittenEvents.InRun(directory).Single();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(first.FileVersion, Is.EqualTo("brain.Event:2"));
            Assert.That(first.WallTime, Is.EqualTo(1_700_000_000));
            Assert.That(first.SourceMetadata.Writer, Is.EqualTo("TorchBoard"));
        }
    }

    [Test]
    public void The_first_event_is_there_before_anything_is_added()
    {
        using var directory = new TestDirectory();
        using var writer = new SummaryWriter(directory);
        Assert.That(WrittenEvents.InFile(writer.FilePath), Has.Count.EqualTo(1));
    }

    [Test]
    public void Scalars_read_back_as_they_were_added()
    {
        using var directory = new TestDirectory();
        using (var writer = new SummaryWriter(directory))
        {
            writer.AddScalar("loss/train", 0.5f, 0);
            writer.AddScalar("loss/train", float.NaN, 1);
            writer.AddScalar("loss/train", float.PositiveInfinity, -7);
            writer.AddScalar("loss/train", 0.1, 2);
        }

        Assert.That(
            WrittenEvents.Scalars(directory, "loss/train"),
            Is.EqualTo(new[] { (0L, 0.5f), (1L, float.NaN), (-7L, float.PositiveInfinity), (2L, 0.1f) }));
    }

    [Test]
    public void A_given_wall_time_is_kept_to_the_microsecond()
    {
        using var directory = new TestDirectory();
        using (var writer = new SummaryWriter(directory))
            writer.AddScalar("x", 1f, 0, DateTimeOffset.UnixEpoch.AddMicroseconds(1_234_567_890_123_456));
        Assert.That(WrittenEvents.InRun(directory)[1].WallTime, Is.EqualTo(1_234_567_890.123456));
    }

    [Test]
    public void Flush_returns_when_the_file_has_it()
    {
        using var directory = new TestDirectory();
        using var writer = new SummaryWriter(directory, NeverByItself);
        for (int step = 0; step < 10; step++)
        {
            writer.AddScalar("x", step, step);
            writer.Flush();
            Assert.That(WrittenEvents.InFile(writer.FilePath), Has.Count.EqualTo(step + 2));
        }
    }

    [Test]
    public async Task FlushAsync_and_DisposeAsync_do_the_same()
    {
        using var directory = new TestDirectory();
        var writer = new SummaryWriter(directory, NeverByItself);
        await using (writer)
        {
            writer.AddScalar("x", 1, 0);
            await writer.FlushAsync();
            Assert.That(WrittenEvents.InFile(writer.FilePath), Has.Count.EqualTo(2));
            writer.AddScalar("x", 1, 1);
        }

        Assert.That(WrittenEvents.InFile(writer.FilePath), Has.Count.EqualTo(3));
    }

    [Test]
    public void Added_data_is_written_within_the_flush_interval()
    {
        using var directory = new TestDirectory();
        using var writer = new SummaryWriter(
            directory, new SummaryWriterOptions { FlushInterval = TimeSpan.FromMilliseconds(10) });
        long before = new FileInfo(writer.FilePath).Length;
        writer.AddScalar("x", 1, 0);
        Assert.That(() => new FileInfo(writer.FilePath).Length, Is.GreaterThan(before).After(10_000, 5));
    }

    [Test]
    public void Eight_threads_on_one_writer_lose_nothing_and_keep_their_order()
    {
        const int threads = 8;
        const int each = 25_000;
        using var directory = new TestDirectory();
        using (var writer = new SummaryWriter(directory))
        {
            Thread[] producers = [.. Enumerable.Range(0, threads).Select(t => new Thread(() =>
            {
                string tag = $"thread/{t}";
                for (int step = 0; step < each; step++)
                    writer.AddScalar(tag, step, step);
            }))];
            foreach (Thread producer in producers)
                producer.Start();
            foreach (Thread producer in producers)
                producer.Join();
        }

        List<Event> events = WrittenEvents.InRun(directory);
        Assert.That(events, Has.Count.EqualTo(1 + (threads * each)));
        foreach (IGrouping<string, Event> tag in events.Skip(1).GroupBy(e => e.Summary.Value[0].Tag))
            Assert.That(tag.Select(e => e.Step).SequenceEqual(Enumerable.Range(0, each).Select(i => (long)i)), tag.Key);
    }

    [Test]
    public void A_scalar_allocates_nothing()
    {
        using var directory = new TestDirectory();
        using var writer = new SummaryWriter(directory, NeverByItself);
        AddScalars(writer, 1000);

        long before = GC.GetAllocatedBytesForCurrentThread();
        AddScalars(writer, 100);
        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);
    }

    [Test]
    public void A_million_scalars_allocate_no_more_than_the_bound_on_unwritten_bytes()
    {
        const long limit = 1 << 20;
        using var directory = new TestDirectory();
        using var writer = new SummaryWriter(directory, NeverByItself with { UnwrittenBytesLimit = limit });
        AddScalars(writer, 1000);

        // On a busy machine, batches are released in between and allocated again, for a second or so: longer than five attempts,
        // but not in each of fifty.
        long smallest = long.MaxValue;
        for (int attempt = 0; attempt < 50 && smallest >= limit * 5 / 4; attempt++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            AddScalars(writer, 1_000_000);
            smallest = Math.Min(smallest, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        Assert.That(smallest, Is.LessThan(limit * 5 / 4));
    }

    [Test]
    public void The_order_of_calls_of_any_kind_is_the_order_in_the_file()
    {
        using var directory = new TestDirectory();
        using (var writer = new SummaryWriter(directory))
        {
            for (int step = 0; step < 50; step++)
            {
                writer.AddScalar("scalar", step, step);
                writer.AddHistogram("histogram", [1f, 2f], step);
                writer.AddText("text", "t", step);
            }
        }

        Assert.That(
            WrittenEvents.InRun(directory).Skip(1).Select(e => (e.Step, e.Summary.Value[0].Tag)),
            Is.EqualTo(Enumerable.Range(0, 50).SelectMany(
                step => ((long, string)[])[(step, "scalar"), (step, "histogram"), (step, "text")])));
    }

    [Test]
    public void After_Dispose_every_call_throws()
    {
        using var directory = new TestDirectory();
        var writer = new SummaryWriter(directory);
        writer.Dispose();
        writer.Dispose();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(() => writer.AddScalar("x", 1, 0), Throws.InstanceOf<ObjectDisposedException>());
            Assert.That(() => writer.AddScalars("x", [("a", 1f)], 0), Throws.InstanceOf<ObjectDisposedException>());
            Assert.That(() => writer.AddHistogram("x", [1f], 0), Throws.InstanceOf<ObjectDisposedException>());
            Assert.That(() => writer.AddText("x", "t", 0), Throws.InstanceOf<ObjectDisposedException>());
            Assert.That(writer.Flush, Throws.InstanceOf<ObjectDisposedException>());
        }
    }

    [Test]
    public void A_directory_that_cannot_be_created_is_reported_at_once()
    {
        using var directory = new TestDirectory();
        string file = Path.Combine(directory, "file");
        File.WriteAllText(file, "");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                () => new SummaryWriter(Path.Combine(file, "run")),
                Throws.InstanceOf<IOException>().With.Message.Contains(file));
            Assert.That(
                () => new SummaryWriter(""),
                Throws.ArgumentException.With.Property("ParamName").EqualTo("logDirectory"));
            Assert.That(() => new SummaryWriter(null!), Throws.ArgumentNullException);
        }
    }

    [Test]
    public void Options_out_of_range_name_themselves()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                () => new SummaryWriterOptions { FlushInterval = TimeSpan.Zero },
                Throws.InstanceOf<ArgumentOutOfRangeException>().With.Message.Contains("FlushInterval"));
            Assert.That(
                () => new SummaryWriterOptions { FlushTimeout = TimeSpan.MaxValue },
                Throws.InstanceOf<ArgumentOutOfRangeException>().With.Message.Contains("24 days"));
            Assert.That(
                () => new SummaryWriterOptions { UnwrittenBytesLimit = 1000 },
                Throws.InstanceOf<ArgumentOutOfRangeException>().With.Message.Contains("1 MiB"));
            Assert.That(
                () => new SummaryWriterOptions { FileNameSuffix = "a/b" },
                Throws.ArgumentException.With.Message.Contains("a/b"));
        }
    }

    [Test]
    public void Two_writers_in_one_directory_use_separate_files()
    {
        using var directory = new TestDirectory();
        using (var first = new SummaryWriter(directory))
        using (var second = new SummaryWriter(directory))
        {
            first.AddScalar("x", 1, 0);
            second.AddScalar("x", 2, 1);
        }

        Assert.That(directory.EventFiles(), Has.Length.EqualTo(2));
        Assert.That(WrittenEvents.Scalars(directory, "x"), Is.EqualTo(new[] { (0L, 1f), (1L, 2f) }));
    }

    private static void AddScalars(SummaryWriter writer, int count)
    {
        for (int i = 0; i < count; i++)
            writer.AddScalar("loss/train", i, i);
    }

    private static readonly SummaryWriterOptions NeverByItself = new() { FlushInterval = Timeout.InfiniteTimeSpan };

    private sealed class FixedClock(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
