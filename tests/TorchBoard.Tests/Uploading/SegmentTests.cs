using TorchBoard.Storage;
using TorchBoard.Uploading;

namespace TorchBoard.Tests.Uploading;

/// <summary>A run in a store that cannot append: a row of objects.</summary>
internal sealed class SegmentTests : UploadTest
{
    private const int IntervalsOfADay = 24 * 3600 / 30;

    [TestCase(7, 1_000)]
    [TestCase(1, 100)]
    [TestCase(1, 18_000)]
    public void A_week_uploads_little_more_than_twice_its_bytes_with_one_request_an_interval(
        int days, int bytesPerInterval)
    {
        Begin();
        using IEventFile file = Create();
        long written = Opening().Length;
        int steps = 0;
        byte[] record = Record(0, bytesPerInterval);
        for (int interval = 0; interval < days * IntervalsOfADay; interval++, steps++)
        {
            Now += TimeSpan.FromSeconds(30);
            file.Append(record);
            written += record.Length;
            Assert.That(Upload(), Is.Null);
        }

        (int puts, long uploaded) = Store.Of("PUT");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(puts, Is.EqualTo(steps));
            Assert.That(
                uploaded,
                Is.LessThanOrEqualTo((2 * (written + (EventFiles().Length * Opening().Length)))
                    + UploadBudget.AtStart + (puts * UploadBudget.PerRequest)));
            Assert.That(Steps(), Has.Length.EqualTo(steps));
            Assert.That(Store.Of("LIST").Count, Is.EqualTo(1), "for the name of the first file");
            Assert.That(Store.Of("GET").Count, Is.Zero);
            Assert.That(Waiting(), Has.Length.LessThanOrEqualTo(1), "only what may still grow stays on the disk");
        }

        TestContext.Out.WriteLine(
            $"{steps} intervals of {record.Length} bytes: {written} bytes, {puts} PUTs, {uploaded} bytes uploaded, "
            + $"{EventFiles().Length} objects");
    }

    [TestCase(5, false)]
    [TestCase(10, false)]
    [TestCase(30, false)]
    [TestCase(60, false)]
    [TestCase(300, false)]
    [TestCase(30, true)]
    public void An_hour_makes_one_request_an_interval(int seconds, bool appends)
    {
        // Ten steps a second, each with four scalars.
        Store = new MemoryObjects { Appends = appends };
        Begin();
        using IEventFile file = Create();
        long written = Opening().Length;
        int intervals = 3600 / seconds;
        byte[] records = [.. Enumerable.Repeat(Record(0), 40 * seconds).SelectMany(record => record)];
        for (int interval = 0; interval < intervals; interval++)
        {
            Now += TimeSpan.FromSeconds(seconds);
            file.Append(records);
            written += records.Length;
            Assert.That(Upload(), Is.Null);
        }

        (int requests, long uploaded) = Store.Of(appends ? "APPEND" : "PUT");
        Assert.That(requests, Is.EqualTo(intervals));
        Assert.That(Store.Requests, Has.Count.EqualTo(intervals + 1), "and one listing");
        Assert.That(uploaded, appends ? Is.EqualTo(written) : Is.LessThan((2.2 * written) + UploadBudget.AtStart));
        Assert.That(EventFiles(), appends ? Has.Length.EqualTo(1) : Has.Length.LessThan((intervals / 3) + 20));
        TestContext.Out.WriteLine(
            $"| {seconds} s | {(appends ? "append" : "segments")} | {requests} | {written} | {uploaded} | {EventFiles().Length} |");
    }

    [Test]
    public void A_segment_is_complete_before_the_next_begins_and_each_begins_with_the_version()
    {
        Begin();
        using IEventFile file = Create();
        var lengths = new Dictionary<string, long>();
        for (int step = 0; step < 60; step++)
        {
            file.Append(Record(step, 200_000));
            Assert.That(Upload(), Is.Null);
            string[] files = EventFiles();
            foreach (string complete in files.SkipLast(1))
            {
                if (!lengths.TryAdd(complete, Store.Content(complete).Length))
                    Assert.That(Store.Content(complete), Has.Length.EqualTo(lengths[complete]), complete);
            }

        }

        Assert.That(Steps(), Is.EqualTo(Range(60)));
        Assert.That(lengths, Has.Count.GreaterThan(10));
    }

    [Test]
    public void A_short_run_is_one_object_and_an_idle_one_makes_no_request()
    {
        Begin();
        using IEventFile file = Create();
        for (int step = 0; step < 100; step++)
        {
            file.Append(Record(step));
            Upload();
        }

        Store.Forget();
        for (int interval = 0; interval < 100; interval++)
            Assert.That(Upload(), Is.Null);
        Assert.That((EventFiles().Length, Store.Requests.Count), Is.EqualTo((1, 0)));
    }

    [Test]
    public void A_segment_of_64_MiB_is_not_uploaded_again()
    {
        Begin();
        using IEventFile file = Create();
        for (int step = 0; step < 3; step++)
        {
            for (int i = 0; i < 65; i++)
                file.Append(Record(step, 1 << 20));
            Upload();
        }

        Assert.That(EventFiles(), Has.Length.EqualTo(3));
        Assert.That(Store.Of("PUT").Bytes, Is.LessThan(200L << 20));
    }

    [Test]
    public void What_is_uploaded_and_complete_leaves_the_disk()
    {
        Begin();
        IEventFile file = Create();
        file.Append(Record(0));
        Upload();
        Assert.That(Spool.Bytes, Is.GreaterThan(0));
        file.Dispose();
        Upload();
        Assert.That((Spool.Bytes, Waiting().Length), Is.EqualTo((0L, 0)));
        Kill();
        Assert.That(Directory.EnumerateFileSystemEntries(Root), Is.Empty);
    }

    [Test]
    public void Names_sort_after_those_of_other_writers_whatever_the_clock_says()
    {
        string[] others =
        [
            $"{Run}/events.out.tfevents.1900000000.host.7.0.v2", $"{Run}/events.out.tfevents.1.x",
            $"{Run}/below/events.out.tfevents.1999999999.x",
        ];
        foreach (string other in others)
            Store.Put(other, [.. Opening(), .. Record(-1)]);
        Begin();
        using IEventFile file = Create();
        file.Append(Record(0));
        Upload();

        string[] names = [.. EventFiles().Order(StringComparer.Ordinal)];
        Assert.That(names, Has.Length.EqualTo(3));
        Assert.That(names[^1], Is.EqualTo(file.Path).And.Not.AnyOf(others));
        Assert.That(Steps(), Is.EqualTo(new long[] { -1, -1, 0 }));
    }

    [Test]
    public void Only_a_run_that_already_has_event_files_is_told_once()
    {
        Begin();
        using (IEventFile file = Create())
        {
            file.Append(Record(0));
            Upload();
            file.Append(Record(1));
            Upload();
            using IEventFile second = Create();
            second.Append(Record(2));
            Upload();
        }

        Assert.That(Shared, Is.Empty, "its own files");
        Begin();
        using IEventFile later = Create();
        later.Append(Record(0));
        Upload();
        later.Append(Record(1));
        Upload();
        Assert.That(Shared, Is.EqualTo([Run]));
    }

    [Test]
    public void Two_writers_of_one_run_with_one_host_and_process_never_have_one_name()
    {
        Begin();
        string first = Create().Path;
        Begin();
        string second = Create().Path;
        Assert.That(Path.GetFileName(first)[^8..], Is.Not.EqualTo(Path.GetFileName(second)[^8..]));
    }

    [Test]
    public void The_limit_of_the_spool_refuses_data_until_there_is_room()
    {
        Begin(limit: 1 << 20);
        using IEventFile file = Create();
        Store.Fault = _ => new IOException("503");
        int taken = 0;
        Assert.That(
            () =>
            {
                for (; ; taken++)
                    file.Append(Record(taken, 10_000));
            },
            Throws.InstanceOf<IOException>().With.Message.Contains("SpooledBytesLimit"));
        Assert.That(taken, Is.EqualTo(104).Within(1));
        Assert.That(Upload(), Is.Not.Null);

        // The segment that is complete makes room.
        Store.Fault = null;
        file.Dispose();
        Upload();
        Assert.That(Steps(), Is.EqualTo(Range(taken)));
        Assert.That(Spool.Bytes, Is.Zero);
    }
}
