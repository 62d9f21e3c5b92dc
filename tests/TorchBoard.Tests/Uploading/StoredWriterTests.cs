using System.Collections.Concurrent;
using System.Text;

namespace TorchBoard.Tests.Uploading;

/// <summary>A writer whose run is in an object store.</summary>
[TestFixture(false)]
[TestFixture(true)]
internal sealed class StoredWriterTests(bool appends)
{
    private const string Run = "memory://bucket/runs/digits";

    private TestDirectory _directory = null!;
    private MemoryObjects _store = null!;
    private ConcurrentQueue<string> _told = null!;

    private SummaryWriterOptions Options => new()
    {
        Storage = _store,
        SpoolDirectory = _directory,
        UploadInterval = TimeSpan.FromMilliseconds(300),
        FlushTimeout = TimeSpan.FromSeconds(20),
    };

    [SetUp]
    public void Begin()
    {
        _directory = new TestDirectory();
        _store = new MemoryObjects { Appends = appends };
        _told = [];
    }

    [TearDown]
    public void End() => _directory.Dispose();

    [Test]
    public void Everything_is_in_the_store_when_the_writer_is_disposed()
    {
        using (SummaryWriter writer = Open())
        {
            Assert.That(writer.FilePath, Does.StartWith($"{Run}/events.out.tfevents."));
            for (int step = 0; step < 1000; step++)
                writer.AddScalar("loss", step, step);
            writer.AddScalars("loss", [("a", 2f), ("b", 3f)], 0);
            writer.AddEmbedding("points", [1f, 2f, 3f, 4f], 0, 2);
            writer.AddEmbedding("others", [1f, 2f, 3f, 4f], 0, 2);
            using SummaryWriter sub = writer.OpenSubRun("sub/run");
            sub.AddScalar("loss", 4, 0);
        }

        using (Assert.EnterMultipleScope())
        {
            Assert.That(LogDirectory.Open(Run, _store).Runs.Keys, Is.EqualTo([".", "loss_a", "loss_b", "sub/run"]));
            Assert.That(Losses(""), Is.EqualTo(Enumerable.Range(0, 1000).Select(step => (double)step)));
            Assert.That(Losses("/loss_b"), Is.EqualTo([3.0]));
            Assert.That(Losses("/sub/run"), Is.EqualTo([4.0]));
            Assert.That(Text("00000/points/tensors.tsv"), Is.EqualTo("1\t2\n3\t4\n"));
            Assert.That(
                Text("projector_config.pbtxt"),
                Does.Contain("\"00000/points/tensors.tsv\"").And.Contain("\"00000/others/tensors.tsv\""));
            Assert.That(_told, Is.Empty);
            Assert.That(Directory.EnumerateFileSystemEntries(_directory), Is.Empty);
        }
    }

    [Test]
    public void A_new_run_is_named_below_the_given_path()
    {
        using (SummaryWriter writer = SummaryWriter.OpenNewRun("_lr1", Options, "memory://bucket/runs/"))
        {
            Assert.That(
                writer.LogDirectory, Does.Match(@"^memory://bucket/runs/[A-Z][a-z]{2}\d\d_\d\d-\d\d-\d\d_.+_lr1$"));
            writer.AddScalar("loss", 1, 0);
        }

        Assert.That(LogDirectory.Open("memory://bucket/runs", _store).Runs.Keys.Single(), Does.EndWith("_lr1"));
        Assert.That(
            () => SummaryWriter.OpenNewRun("", Options), Throws.ArgumentException.With.Message.Contains("memory://"));
    }

    [Test]
    public void New_runs_within_a_second_have_names_of_their_own_although_the_store_is_away()
    {
        SummaryWriterOptions options = Options with { TimeProvider = new Faults.SetClock(), FlushTimeout = TimeSpan.FromSeconds(1) };
        _store.Fault = _ => new IOException("no route to host");
        string old = Path.Combine(_directory, "0123.run");
        File.WriteAllText(old, "");
        File.SetLastWriteTimeUtc(old, new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        string[] runs = new string[3];
        for (int i = 0; i < runs.Length; i++)
        {
            using SummaryWriter writer = SummaryWriter.OpenNewRun("_lr1", options, "memory://bucket/runs");
            writer.WriteFailed += (_, e) => _told.Enqueue(e.Exception.Message);
            runs[i] = writer.LogDirectory;
        }

        Assert.That(runs[1..], Is.EqualTo([$"{runs[0]}_1", $"{runs[0]}_2"]));
        Assert.That(
            Directory.EnumerateFiles(_directory, "*.run").Count(), Is.EqualTo(3), "names of earlier days are forgotten");
    }

    [Test]
    public async Task Data_is_in_the_store_within_the_interval_and_after_a_flush_to_it()
    {
        await using SummaryWriter writer = Open();
        writer.AddScalar("loss", 1, 0);
        await writer.FlushToStorageAsync();
        Assert.That(Losses(""), Is.EqualTo([1.0]));

        writer.AddScalar("loss", 2, 1);
        writer.Flush();
        Assert.That(() => Losses(""), Is.EqualTo([1.0, 2.0]).After(20_000, 20));
    }

    [Test]
    public void A_store_that_is_away_is_told_once_and_what_is_added_stays_for_the_next_writer()
    {
        _store.Fault = _ => new IOException("no route to host");
        using (SummaryWriter writer = Open())
        {
            for (int step = 0; step < 1000; step++)
                writer.AddScalar("loss", step, step);
            writer.AddEmbedding("points", [1f, 2f, 3f, 4f], 0, 2);
            writer.Flush();
            Assert.That(
                async () => await writer.FlushToStorageAsync(),
                Throws.InstanceOf<IOException>().With.Message.Contains("no route to host"));
            Assert.That(writer.DroppedEvents, Is.Zero);
        }

        Assert.That(_told, Has.Count.EqualTo(2));
        Assert.That(_told.First(), Is.EqualTo("no route to host"));
        Assert.That(_told.Last(), Does.Contain("no route to host").And.Contain("stay in the spool").And.Contain("torchboard sync"));

        _store.Fault = null;
        _store.Put($"{Run}/projector_config.pbtxt", Encoding.UTF8.GetBytes("embeddings { tensor_name: \"theirs\" }\n"));
        Open("memory://bucket/runs/next").Dispose();
        Assert.That(Losses(""), Has.Length.EqualTo(1000));
        Assert.That(Text("projector_config.pbtxt"), Does.StartWith("embeddings { tensor_name: \"theirs\" }\n").And.Contain("00000/points/tensors.tsv"));
        Assert.That(Directory.EnumerateFileSystemEntries(_directory), Is.Empty);
    }

    [Test]
    public async Task A_store_that_comes_back_is_told_and_has_everything()
    {
        await using SummaryWriter writer = Open();
        await writer.FlushToStorageAsync();
        _store.Fault = _ => new IOException("503");
        writer.AddScalar("loss", 1, 0);
        Assert.That(() => _told.ToArray(), Is.EqualTo(["503"]).After(20_000, 20));
        _store.Fault = null;
        await writer.FlushToStorageAsync();
        Assert.That(_told, Is.EqualTo(["503", "recovered"]));
        Assert.That(Losses(""), Is.EqualTo([1.0]));
    }

    [Test]
    public void No_call_waits_for_a_store_that_hangs_and_dispose_waits_for_its_timeout()
    {
        using var answers = new ManualResetEventSlim();
        _store.Fault = _ =>
        {
            answers.Wait();
            return null;
        };
        using (SummaryWriter writer = Open(options: Options with { FlushTimeout = TimeSpan.FromMilliseconds(200) }))
        {
            writer.AddScalar("loss", 1, 0);
            writer.Flush();
            Assert.That(async () => await writer.FlushToStorageAsync(), Throws.InstanceOf<TimeoutException>());
        }

        Assert.That(_told.Single(), Does.Contain("was not finished within").And.Contain("stay in the spool"));
        answers.Set();
        _store.Fault = null;
        Open("memory://bucket/runs/next").Dispose();
        Assert.That(Losses(""), Is.EqualTo([1.0]));
    }

    [Test]
    public void A_full_spool_keeps_data_in_memory_and_then_drops_and_counts_it_without_waiting()
    {
        _store.Fault = _ => new IOException("503");
        SummaryWriterOptions options = Options with
        {
            SpooledBytesLimit = 1 << 20,
            UnwrittenBytesLimit = 1 << 20,
            WaitLimit = TimeSpan.FromDays(1),
            FlushTimeout = TimeSpan.FromMilliseconds(200),
        };
        long added = 0;
        long dropped;
        using (SummaryWriter writer = Open(options: options))
        {
            // Whatever the pace of the threads, it is full in the end.
            while (writer.DroppedEvents == 0 && added < 10_000_000)
                writer.AddScalar("loss", added, added++);
            Assert.That(() => writer.Flush(), Throws.InstanceOf<IOException>());
            writer.Dispose();
            dropped = writer.DroppedEvents;
        }

        Assert.That(dropped, Is.GreaterThan(0));
        Assert.That(_told, Has.Some.Contains("SpooledBytesLimit"));
        _store.Fault = null;
        Open("memory://bucket/runs/next").Dispose();
        Assert.That(Losses(""), Has.Length.EqualTo(added - dropped));
    }

    [Test]
    public void A_disabled_writer_makes_no_request_and_no_spool()
    {
        using (SummaryWriter writer = Open(options: Options with { Enabled = false }))
            writer.AddScalar("loss", 1, 0);
        Assert.That(_store.Requests, Is.Empty);
        Assert.That(Directory.EnumerateFileSystemEntries(_directory), Is.Empty);
    }

    [Test]
    public void A_run_is_resumed_at_a_step()
    {
        using (SummaryWriter writer = Open())
        {
            for (int step = 0; step < 10; step++)
                writer.AddScalar("loss", 1, step);
        }

        using (SummaryWriter writer = Open(options: Options with { PurgeStep = 5 }))
            writer.AddScalar("loss", 2, 5);
        Assert.That(Losses(""), Is.EqualTo([1.0, 1.0, 1.0, 1.0, 1.0, 2.0]));
    }

    [Test]
    public void A_spool_that_cannot_be_created_is_an_IOException_that_names_it()
    {
        string file = Path.Combine(_directory, "file");
        File.WriteAllText(file, "");
        Assert.That(
            () => new SummaryWriter(Run, Options with { SpoolDirectory = file }),
            Throws.InstanceOf<IOException>().With.Message.Contains(file).And.Message.Contains("SpoolDirectory"));
    }

    private SummaryWriter Open(string run = Run, SummaryWriterOptions? options = null)
    {
        var writer = new SummaryWriter(run, options ?? Options);
        writer.WriteFailed += (_, e) => _told.Enqueue(e.Exception.Message);
        writer.WriteRecovered += (_, _) => _told.Enqueue("recovered");
        return writer;
    }

    private double[] Losses(string run) => RunLog.Open(Run + run, new() { Storage = _store }) is var log
        && log.Scalars.TryGetValue("loss", out ScalarSeries? loss) ? loss.Values.ToArray() : [];

    private string Text(string name) => Encoding.UTF8.GetString(_store.Content($"{Run}/{name}"));
}
