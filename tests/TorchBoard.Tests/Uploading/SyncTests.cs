using TorchBoard.Uploading;

namespace TorchBoard.Tests.Uploading;

/// <summary>Runs of any writer are copied to a store and back, and nothing that is there already is copied again.</summary>
[TestFixture(false)]
[TestFixture(true)]
internal sealed class SyncTests(bool appends)
{
    private const string There = "memory://bucket/team/runs";
    private const string Foreign = "events.out.tfevents.1700000000.lab.77.0";

    private static readonly DateTime Tomorrow = TimeProvider.System.GetUtcNow().UtcDateTime.AddDays(1);

    private TestDirectory _directory = null!;
    private MemoryObjects _store = null!;
    private List<SyncedFile> _told = null!;

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
    public async Task Runs_and_what_the_projector_needs_are_copied_and_nothing_else()
    {
        Write("a/" + Foreign, 100);
        Write("a/b/" + Foreign, 200);
        Write("a/checkpoint.pt", 1000);
        Write("a/00000/points/tensors.tsv", 10);
        Write("a/other.tsv", 10);
        File.WriteAllText(
            Path.Combine(_directory, "a/projector_config.pbtxt"),
            "embeddings { tensor_path: \"00000/points/tensors.tsv\" metadata_path: \"../../secret.tsv\" }");

        SyncResult result = await ToStorage();
        Assert.That((result.Copied, result.Unchanged, result.Failed), Is.EqualTo((4, 0, 0)));
        Assert.That(_store.Paths, Is.EqualTo(
        [
            $"{There}/a/00000/points/tensors.tsv", $"{There}/a/b/{Foreign}", $"{There}/a/{Foreign}",
            $"{There}/a/projector_config.pbtxt",
        ]));
        Assert.That(_store.Content($"{There}/a/b/{Foreign}"), Is.EqualTo(Bytes("a/b/" + Foreign)));
    }

    [Test]
    public async Task A_second_time_is_one_listing()
    {
        Write("a/" + Foreign, 100);
        Write("b/" + Foreign, 5_000_000);
        await ToStorage();
        _store.Forget();
        SyncResult second = await ToStorage();

        Assert.That((second.Copied, second.Unchanged, second.Bytes), Is.EqualTo((0, 2, 0L)));
        Assert.That(_store.Requests.Select(request => request.Verb), Is.EqualTo(["LIST"]));
    }

    [Test]
    public async Task A_file_with_a_newer_time_is_compared_and_not_copied_again()
    {
        Write("a/" + Foreign, 100);
        await ToStorage();
        File.SetLastWriteTimeUtc(Path.Combine(_directory, "a", Foreign), Tomorrow);
        _store.Forget();
        SyncResult second = await ToStorage();
        Assert.That((second.Copied, second.Unchanged), Is.EqualTo((0, 1)));
        Assert.That(_store.Requests.Select(request => request.Verb), Is.EqualTo(["LIST", "GET"]));
    }

    [Test]
    public async Task A_file_that_has_grown_is_continued()
    {
        Write("a/" + Foreign, 1000);
        await ToStorage();
        Write("a/" + Foreign, 500);
        _store.Forget();
        SyncResult second = await ToStorage();
        Assert.That(second.Bytes, Is.EqualTo(appends ? 500 : 1500));
        Assert.That(_store.Content($"{There}/a/{Foreign}"), Is.EqualTo(Bytes("a/" + Foreign)));
    }

    [TestCase(50, TestName = "A_shorter_object_with_other_content_is_left_alone")]
    [TestCase(100, TestName = "An_object_of_the_same_length_with_other_content_is_left_alone")]
    [TestCase(200, TestName = "A_longer_object_is_left_alone")]
    public async Task An_object_of_others_is_left_alone(int length)
    {
        byte[] theirs = new byte[length];
        _store.Put($"{There}/a/{Foreign}", theirs);
        Write("a/" + Foreign, 100);
        File.SetLastWriteTimeUtc(Path.Combine(_directory, "a", Foreign), Tomorrow);
        SyncResult result = await ToStorage();

        Assert.That((result.Copied, result.Failed), Is.EqualTo((0, 1)));
        Assert.That(_told.Single().Failure?.Message, Does.Contain("neither is touched"));
        Assert.That(_store.Content($"{There}/a/{Foreign}"), Is.EqualTo(theirs));
    }

    [Test]
    public async Task A_file_that_fails_costs_only_itself()
    {
        Write("a/" + Foreign, 100);
        Write("b/" + Foreign, 100);
        _store.Fault = request => request.Verb != "LIST" && request.Path.Contains("/a/") ? new IOException("503") : null;
        SyncResult result = await ToStorage();
        Assert.That((result.Copied, result.Failed), Is.EqualTo((1, 1)));
        _store.Fault = null;
        Assert.That((await ToStorage()).Copied, Is.EqualTo(1));
    }

    [Test]
    public async Task A_followed_file_takes_five_times_its_bytes_at_most_and_is_complete_at_the_end()
    {
        var sync = new DirectoryUpload(_directory, _store, There, new SyncOptions());
        long longest = 0;
        int passes = appends ? 50 : 400;
        for (int pass = 0; pass < passes; pass++)
        {
            Write("a/" + Foreign, 50_000);
            await sync.PassAsync(all: false, CancellationToken.None);
            longest = Math.Max(longest, Length() - Content().Length);
        }

        await sync.PassAsync(all: true, CancellationToken.None);
        (int requests, long bytes) = _store.Of(appends ? "APPEND" : "PUT");
        Assert.That(bytes, Is.LessThanOrEqualTo(appends ? Length() : (6 * Length()) + UploadBudget.AtStart));
        Assert.That(longest, Is.LessThanOrEqualTo(appends ? 0 : Length() / 3));
        Assert.That(requests, Is.GreaterThan(20));
        Assert.That(Content().AsSpan().SequenceEqual(Bytes("a/" + Foreign)));

        long Length() => new FileInfo(Path.Combine(_directory, "a", Foreign)).Length;

        byte[] Content() => _store.Content($"{There}/a/{Foreign}");
    }

    [Test]
    public async Task Following_ends_when_it_is_canceled_with_everything_copied()
    {
        Write("a/" + Foreign, 100);
        using var stop = new CancellationTokenSource();
        Task<SyncResult> following = RunSync.ToStorageAsync(
            _directory, _store, There,
            new SyncOptions { Follow = true, Interval = TimeSpan.FromDays(1), OnFile = _ => stop.Cancel() }, stop.Token);
        SyncResult result = await following;
        Assert.That((result.Copied, result.Unchanged), Is.EqualTo((0, 1)));
        Assert.That(_store.Content($"{There}/a/{Foreign}"), Is.EqualTo(Bytes("a/" + Foreign)));
    }

    [Test]
    public async Task Runs_come_back_as_they_were_and_a_second_time_nothing_does()
    {
        Write("a/" + Foreign, 100);
        Write("a/b/" + Foreign, 20_000_000);
        Write("a/tensors.tsv", 10);
        File.WriteAllText(Path.Combine(_directory, "a/projector_config.pbtxt"), "embeddings { tensor_path: \"tensors.tsv\" }");
        await ToStorage();
        _store.Put($"{There}/a/checkpoint.pt", [1]);

        using var back = new TestDirectory();
        SyncResult first = await RunSync.FromStorageAsync(_store, There, back);
        Assert.That((first.Copied, first.Failed), Is.EqualTo((4, 0)));
        foreach (string name in new[] { "a/" + Foreign, "a/b/" + Foreign, "a/tensors.tsv", "a/projector_config.pbtxt" })
            Assert.That(File.ReadAllBytes(Path.Combine(back, name)).AsSpan().SequenceEqual(Bytes(name)), name);
        Assert.That(File.Exists(Path.Combine(back, "a/checkpoint.pt")), Is.False);

        SyncResult second = await RunSync.FromStorageAsync(_store, There, back);
        Assert.That((second.Copied, second.Unchanged, second.Bytes), Is.EqualTo((0, 4, 0L)));

        Write("a/" + Foreign, 50);
        await ToStorage();
        SyncResult third = await RunSync.FromStorageAsync(_store, There, back);
        Assert.That((third.Copied, third.Bytes), Is.EqualTo((1, 50L)));
        Assert.That(File.ReadAllBytes(Path.Combine(back, "a", Foreign)), Is.EqualTo(Bytes("a/" + Foreign)));
    }

    [TestCase("a/../../../evil.tfevents")]
    [TestCase("a//evil.tfevents")]
    [TestCase("CON/evil.tfevents")]
    [TestCase("a\\..\\evil.tfevents")]
    [TestCase("a/evil\n.tfevents")]
    public async Task No_object_is_copied_out_of_the_directory(string key)
    {
        _store.Put($"{There}/{key}", [1, 2, 3]);
        using var back = new TestDirectory();
        SyncResult result = await RunSync.FromStorageAsync(
            _store, There, Path.Combine(back, "in"), new SyncOptions { OnFile = _told.Add });
        Assert.That((result.Copied, result.Failed), Is.EqualTo((0, 1)));
        Assert.That(Directory.EnumerateFileSystemEntries(back), Is.Empty);
    }

    [Test]
    public async Task A_local_file_of_another_run_is_left_alone()
    {
        _store.Put($"{There}/a/{Foreign}", new byte[100]);
        Write("a/" + Foreign, 50);
        byte[] mine = Bytes("a/" + Foreign);
        SyncResult result = await RunSync.FromStorageAsync(_store, There, _directory);
        Assert.That((result.Copied, result.Failed), Is.EqualTo((0, 1)));
        Assert.That(Bytes("a/" + Foreign), Is.EqualTo(mine));
    }

    private Task<SyncResult> ToStorage() =>
        RunSync.ToStorageAsync(_directory, _store, There, new SyncOptions { OnFile = _told.Add });

    private byte[] Bytes(string name) => File.ReadAllBytes(Path.Combine(_directory, name));

    // Appends bytes that differ from place to place.
    private void Write(string name, int bytes)
    {
        string path = Path.Combine(_directory, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        using var file = new FileStream(path, FileMode.Append);
        long start = file.Length;
        byte[] content = new byte[bytes];
        for (int i = 0; i < bytes; i++)
            content[i] = (byte)(1 + ((start + i) % 251));
        file.Write(content);
    }
}
