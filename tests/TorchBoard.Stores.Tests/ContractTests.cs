using System.Text;
using TorchBoard.Stores.Tests.Servers;

namespace TorchBoard.Stores.Tests;

/// <summary>What the library expects of a storage, on a real server.</summary>
[TestFixture("s3")]
[TestFixture("az")]
internal sealed class ContractTests(string scheme)
{
    private const int Page = 1000;

    private StoreServer _server = null!;
    private ObjectStorage _storage = null!;
    private string _container = "";

    [OneTimeSetUp]
    public void StartServer()
    {
        _server = StoreServer.Start(scheme);
        _storage = _server.StorageAt(_server.Port);
    }

    [OneTimeTearDown]
    public void StopServer() => _server?.Dispose();

    [SetUp]
    public async Task CreateContainer() => _container = await _server.NewContainerAsync();

    [Test]
    public void The_scheme_and_the_endpoint_are_those_of_the_server()
    {
        Assert.That(_storage.Scheme, Is.EqualTo(scheme));
        Assert.That(_storage.Endpoint, Does.StartWith($"http://127.0.0.1:{_server.Port}"));
    }

    [Test]
    public async Task What_is_written_is_listed_and_read(
        [Values("a", "a b", "a+b", "中文/日本", "ü%20&=?#'\"", "deep/er/and/deeper", "events.out.tfevents.1.host")] string name)
    {
        byte[] content = Encoding.UTF8.GetBytes($"content of {name}");
        string version = await WriteAsync(name, content);

        StoredObject listed = (await ListAsync("")).Single();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(listed.Key, Is.EqualTo(name));
            Assert.That(listed.Size, Is.EqualTo(content.Length));
            Assert.That(listed.Version, Is.EqualTo(version).And.Not.Empty);
            Assert.That(listed.Modified, Is.EqualTo(TimeProvider.System.GetUtcNow()).Within(5).Minutes);
            Assert.That(await ReadAsync(name, 0, 100), Is.EqualTo(content));
            Assert.That((await ListAsync(name)).Single(), Is.EqualTo(listed));
        }
    }

    [TestCase(0, 4, "0123")]
    [TestCase(3, 4, "3456")]
    [TestCase(8, 4, "89")]
    [TestCase(9, 100, "9")]
    [TestCase(10, 4, "")]
    [TestCase(1000, 4, "")]
    [TestCase(0, 0, "")]
    public async Task A_range_is_read_as_far_as_the_object_goes(long offset, int length, string expected)
    {
        await WriteAsync("ten", "0123456789"u8.ToArray());
        Assert.That(Encoding.ASCII.GetString(await ReadAsync("ten", offset, length)), Is.EqualTo(expected));
    }

    [Test]
    public async Task An_empty_object_has_no_bytes()
    {
        await WriteAsync("empty", []);
        Assert.That((await ListAsync("empty")).Single().Size, Is.Zero);
        Assert.That(await ReadAsync("empty", 0, 10), Is.Empty);
    }

    [Test]
    public async Task A_large_object_is_one_request_in_each_direction()
    {
        byte[] content = new byte[9 << 20];
        new Random(1).NextBytes(content);
        using var proxy = new FaultyProxy(_server.Port);
        ObjectStorage storage = _server.StorageAt(proxy.Port);
        await storage.WriteAsync(At("large"), new MemoryStream(content), null, default);
        byte[] read = new byte[content.Length];
        int count = await storage.ReadAsync(At("large"), 0, read, default);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(count, Is.EqualTo(content.Length));
            Assert.That(read.AsSpan().SequenceEqual(content), "the same bytes");
            Assert.That(proxy.Requests.Select(request => request.Method), Is.EqualTo(["PUT", "GET"]), string.Join(", ", proxy.Requests));
            Assert.That(proxy.Requests[0].Sent, Is.EqualTo(content.Length), "no checksums or chunks in the content");
            Assert.That(proxy.Requests[1].Received, Is.EqualTo(content.Length));
        }
    }

    [Test]
    public async Task An_object_that_is_not_there_is_a_missing_file()
    {
        FileNotFoundException? thrown = await Assert.ThrowsAsync<FileNotFoundException>(() => ReadAsync("none/at all", 0, 10));
        Assert.That(thrown?.Message, Does.Contain($"{scheme}://{_container}/none/at all").And.Contain(_storage.Endpoint));
    }

    [Test]
    public async Task A_prefix_lists_what_begins_with_it_in_ordinal_order()
    {
        foreach (string name in new[] { "runs/b/1", "runs/a/2", "runs/a/1", "runs/ab/1", "runs/a", "other", "runs/B/1" })
            await WriteAsync(name, [1]);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(await KeysAsync("runs/a"), Is.EqualTo(["runs/a", "runs/a/1", "runs/a/2", "runs/ab/1"]));
            Assert.That(await KeysAsync("runs/a/"), Is.EqualTo(["runs/a/1", "runs/a/2"]));
            Assert.That(await KeysAsync("runs/"), Is.EqualTo(["runs/B/1", "runs/a", "runs/a/1", "runs/a/2", "runs/ab/1", "runs/b/1"]));
            Assert.That(await KeysAsync("nothing"), Is.Empty);
            Assert.That(await KeysAsync(""), Has.Count.EqualTo(7));
        }
    }

    [Test]
    public async Task Many_objects_are_listed_page_by_page_and_others_cost_nothing()
    {
        const int many = 2500;
        await Parallel.ForAsync(
            0, many, new ParallelOptions { MaxDegreeOfParallelism = 32 },
            async (i, _) => await WriteAsync($"others/{i:D5}", [1]));
        await WriteAsync("runs/one", [1]);
        using var proxy = new FaultyProxy(_server.Port);
        ObjectStorage storage = _server.StorageAt(proxy.Port);

        List<StoredObject> all = await ListAsync("others/", storage);
        Assert.That(all.Select(one => one.Key), Is.EqualTo(Enumerable.Range(0, many).Select(i => $"others/{i:D5}")));
        Assert.That(proxy.Requests, Has.Count.LessThanOrEqualTo((many / Page) + 1));

        proxy.Forget();
        Assert.That(await ListAsync("runs/", storage), Has.Count.EqualTo(1));
        Assert.That(proxy.Requests, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task A_write_that_expects_no_object_succeeds_once()
    {
        await WriteAsync("one", [1], ifVersion: "");
        await Assert.ThrowsAsync<ObjectChangedException>(() => WriteAsync("one", [2], ifVersion: ""));
        Assert.That(await ReadAsync("one", 0, 10), Is.EqualTo(new byte[] { 1 }));
    }

    [Test]
    public async Task A_write_that_expects_a_version_succeeds_only_with_it()
    {
        string first = await WriteAsync("one", [1]);
        string second = await WriteAsync("one", [2], ifVersion: first);
        Assert.That(second, Is.Not.EqualTo(first));
        await Assert.ThrowsAsync<ObjectChangedException>(() => WriteAsync("one", [3], ifVersion: first));
        Assert.That(await ReadAsync("one", 0, 10), Is.EqualTo(new byte[] { 2 }));
        await WriteAsync("one", [4]);
        Assert.That(await ReadAsync("one", 0, 10), Is.EqualTo(new byte[] { 4 }));
    }

    [Test]
    public async Task A_deleted_object_is_gone_and_deleting_it_again_does_nothing()
    {
        await WriteAsync("one", [1]);
        await _storage.DeleteAsync(At("one"), default);
        await _storage.DeleteAsync(At("one"), default);
        Assert.That(await ListAsync(""), Is.Empty);
    }

    [Test]
    public async Task Appended_bytes_follow_at_their_offset_and_nowhere_else()
    {
        if (!_storage.CanAppend)
        {
            await Assert.ThrowsAsync<NotSupportedException>(() => AppendAsync("log", 0, "ab"));
            return;
        }

        await AppendAsync("log", 0, "ab");
        await AppendAsync("log", 2, "cde");
        await Assert.ThrowsAsync<ObjectChangedException>(() => AppendAsync("log", 2, "again"));
        await Assert.ThrowsAsync<ObjectChangedException>(() => AppendAsync("log", 9, "behind the end"));
        await Assert.ThrowsAsync<ObjectChangedException>(() => AppendAsync("log", 0, "from the start"));
        await Assert.ThrowsAsync<ObjectChangedException>(() => AppendAsync("none", 3, "nowhere"));
        Assert.That(Encoding.ASCII.GetString(await ReadAsync("log", 0, 100)), Is.EqualTo("abcde"));

        string before = (await ListAsync("log")).Single().Version;
        await AppendAsync("log", 5, "f");
        Assert.That((await ListAsync("log")).Single().Version, Is.Not.EqualTo(before));
    }

    [Test]
    public async Task A_call_can_be_canceled()
    {
        using var canceled = new CancellationTokenSource();
        canceled.Cancel();
        await Assert.CatchAsync<OperationCanceledException>(
            async () => await _storage.ReadAsync(At("one"), 0, new byte[1], canceled.Token));
    }

    private ObjectPath At(string key) => new(_container, key);

    private async Task<string> WriteAsync(string key, byte[] content, string? ifVersion = null) =>
        await _storage.WriteAsync(At(key), new MemoryStream(content), ifVersion, default);

    private async Task AppendAsync(string key, long offset, string text) =>
        await _storage.AppendAsync(At(key), offset, Encoding.ASCII.GetBytes(text), default);

    private async Task<byte[]> ReadAsync(string key, long offset, int length)
    {
        byte[] buffer = new byte[length];
        int count = await _storage.ReadAsync(At(key), offset, buffer, default);
        return buffer[..count];
    }

    private async Task<List<string>> KeysAsync(string prefix) => [.. (await ListAsync(prefix)).Select(one => one.Key)];

    private async Task<List<StoredObject>> ListAsync(string prefix, ObjectStorage? storage = null)
    {
        var all = new List<StoredObject>();
        await foreach (StoredObject one in (storage ?? _storage).ListAsync(At(prefix), default))
            all.Add(one);
        return all;
    }
}
