using TorchBoard.Events;
using TorchBoard.Storage;
using TorchBoard.Storage.Local;
using TorchBoard.Uploading;

namespace TorchBoard.Tests.Storage;

internal sealed class DirectoryStorageTests : ImmediateStorageContract
{
    private string _directory = "";

    protected override (RunStorage Storage, string Root) Open()
    {
        _directory = Directory.CreateTempSubdirectory("torchboard-storage-").FullName;
        return (DirectoryStorage.Instance, Path.Combine(_directory, "logs"));
    }

    protected override void Close() => Directory.Delete(_directory, recursive: true);

    protected override void Delete(string path) => File.Delete(path);
}

internal sealed class MemoryStorageTests : ImmediateStorageContract
{
    private readonly List<MemoryStorage> _opened = [];

    protected override (RunStorage Storage, string Root) Open()
    {
        _opened.Add(new MemoryStorage());
        return (_opened[^1], "memory://logs");
    }

    protected override void Delete(string path) => _opened[^1].Delete(path);
}

[TestFixture(false)]
[TestFixture(true)]
internal sealed class SpooledStorageTests(bool appends) : RunStorageContract
{
    private readonly Stack<IDisposable> _opened = new();
    private MemoryObjects _store = null!;

    // The names of other files are known only to the store, which is asked when a file is uploaded.
    [Test]
    public void Files_created_at_once_have_different_names_in_the_order_of_creation_when_they_are_uploaded()
    {
        string run = Run("run");
        IEventFile[] files = [.. Enumerable.Range(0, 20).Select(_ => Create(run, 1))];
        IReadOnlyList<string> found = Storage.EventFilesOf(run);
        Assert.That(found, Is.EqualTo(files.Select(file => file.Path)));
        Assert.That(found.Distinct().Count(), Is.EqualTo(20));
    }

    protected override (RunStorage Storage, string Root) Open()
    {
        var directory = new TestDirectory();
        _opened.Push(directory);
        _store = new MemoryObjects { Appends = appends };
        Spool spool = Spool.Create(directory, _store, "bucket", 1 << 30);
        _opened.Push(spool);
        var uploader = new Uploader(TimeSpan.FromTicks(1), () => [], (_, _) => { }, _ => { });
        var spooled = new SpooledStorage(
            _store, spool, uploader, () => EventRecord.Opening(1_700_000_000, purgeStep: null),
            () => DateTimeOffset.FromUnixTimeSeconds(1_700_000_000));
        return (new UploadedStorage(spooled, uploader), "memory://bucket/logs");
    }

    protected override void Close()
    {
        while (_opened.TryPop(out IDisposable? opened))
            opened.Dispose();
    }

    protected override void Delete(string path) => _store.Delete(path);
}
