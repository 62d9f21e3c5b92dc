using Google.Protobuf;
using TorchBoard.Events;
using TorchBoard.Protos;
using TorchBoard.Storage;
using TorchBoard.Uploading;

namespace TorchBoard.Tests.Uploading;

/// <summary>
/// A spool and its uploads without a thread: each call of <see cref="Upload"/> stands for an interval that has passed.
/// </summary>
internal abstract class UploadTest
{
    protected const string Run = "memory://bucket/runs/digits";

    private readonly List<Spool> _spools = [];
    private TestDirectory _directory = null!;
    private MemoryObjects? _store;

    protected string Root => _directory.Path;

    protected MemoryObjects Store
    {
        get => _store ??= new MemoryObjects();
        set => _store = value;
    }

    /// <summary>What was told: the path and the message.</summary>
    protected List<(string Path, string What)> Told { get; } = [];

    /// <summary>The runs that were told to have event files already.</summary>
    protected List<string> Shared { get; } = [];

    protected DateTimeOffset Now { get; set; } = DateTimeOffset.FromUnixTimeSeconds(1_700_000_000);

    protected Uploader Uploader { get; private set; } = null!;

    protected Spool Spool => _spools[^1];

    protected SpooledStorage Storage { get; private set; } = null!;

    [SetUp]
    public void BeginTest() => _directory = new TestDirectory();

    [TearDown]
    public void EndTest()
    {
        foreach (Spool spool in _spools)
            spool.Dispose();
        _spools.Clear();
        Told.Clear();
        Shared.Clear();
        _store = null;
        _directory.Dispose();
    }

    /// <summary>Begins a writer's spool.</summary>
    protected void Begin(long limit = 1 << 30)
    {
        _spools.Add(Spool.Create(Root, Store, "bucket", limit));
        Uploader = new Uploader(
            TimeSpan.FromTicks(1),
            () => LeftSpool.Take(Root, Store, "bucket", Opening, () => Now),
            (path, cause) => Told.Add((path, cause.Message)),
            path => Told.Add((path, "recovered")));
        Storage = new SpooledStorage(Store, Spool, Uploader, Opening, () => Now, Shared.Add);
    }

    /// <summary>Leaves everything as a killed process does, whose lock the system releases.</summary>
    protected void Kill()
    {
        Spool killed = Spool;
        killed.Dispose();
        _spools.Remove(killed);
    }

    /// <summary>Begins an event file of the run as the pipeline does.</summary>
    protected IEventFile Create(string run = Run)
    {
        IEventFile file = Storage.CreateEventFile(run, Now, "");
        file.Append(Opening());
        return file;
    }

    /// <summary>Uploads what there is.</summary>
    protected Exception? Upload() => Uploader.Upload(all: true);

    protected static byte[] Opening() => EventRecord.Opening(1_700_000_000, purgeStep: null);

    /// <summary>A record of so many bytes or a few more, with a step.</summary>
    protected static byte[] Record(long step, int bytes = 60) => EventRecord.Frame(new Event
    {
        Step = step,
        Summary = new Summary { Value = { new Summary.Types.Value { Tag = new string('t', Math.Max(1, bytes - 40)), SimpleValue = step } } },
    }.ToByteArray());

    /// <summary>
    /// The steps that a reader finds in the run, file by file in the order of the names. Each file begins with the file's
    /// version and holds whole records.
    /// </summary>
    protected long[] Steps(string run = Run)
    {
        var steps = new List<long>();
        foreach (string path in EventFiles(run))
        {
            Event[] events = [.. WrittenEvents.Records(Store.Content(path)).Select(Event.Parser.ParseFrom)];
            Assert.That(events[0].FileVersion, Is.EqualTo("brain.Event:2"), path);
            steps.AddRange(events.Where(e => e.Summary is not null).Select(e => e.Step));
        }

        return [.. steps];
    }

    protected string[] EventFiles(string run = Run) =>
        [.. Store.Paths.Where(path => path.StartsWith($"{run}/events", StringComparison.Ordinal))];

    protected static long[] Range(int count) => [.. Enumerable.Range(0, count).Select(step => (long)step)];

    /// <summary>The files that wait in all spools.</summary>
    protected string[] Waiting() => [.. Directory.EnumerateFiles(Root, "*.spooled", SearchOption.AllDirectories)];
}
