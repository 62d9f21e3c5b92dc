using TorchBoard.Stores.Tests.Servers;

namespace TorchBoard.Stores.Tests;

/// <summary>Servers and networks that fail, between a storage and a real server.</summary>
[TestFixture("s3")]
[TestFixture("az")]
internal sealed class FaultTests(string scheme) : StoreTest(scheme)
{
    private static readonly byte[] Content = [.. Enumerable.Range(0, 100_000).Select(i => (byte)i)];

    private ObjectStorage _storage = null!;

    [SetUp]
    public void OpenStorage() => _storage = Server.StorageAt(Proxy.Port);

    [Test]
    public async Task Two_failures_in_a_row_are_not_seen(
        [Values(Fault.Refused, Fault.ServerError, Fault.Busy)] Fault fault)
    {
        await WriteAsync("one");
        Proxy.FaultOf = FaultyProxy.Only(2, fault);
        Assert.That(await ReadAsync("one"), Is.EqualTo(Content));
        Proxy.FaultOf = FaultyProxy.Only(2, fault);
        Assert.That(await ListAsync(), Is.EqualTo(["one"]));
        Proxy.FaultOf = FaultyProxy.Only(2, fault);
        await WriteAsync("two");
        Proxy.FaultOf = FaultyProxy.Only(2, fault);
        await _storage.DeleteAsync(At("one"), default);
        Assert.That(await ListAsync(), Is.EqualTo(["two"]));
    }

    [Test]
    public async Task A_server_that_keeps_failing_is_an_outage_after_few_requests(
        [Values(Fault.Refused, Fault.ServerError, Fault.Busy)] Fault fault)
    {
        await WriteAsync("one");
        Proxy.Forget();
        Proxy.FaultOf = _ => fault;
        IOException? thrown = await Assert.CatchAsync<IOException>(() => ReadAsync("one"));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(thrown, Is.TypeOf<IOException>());
            Assert.That(thrown?.Message, Does.StartWith($"Cannot read '{Scheme}://{Container}/one' at http://127.0.0.1:{Proxy.Port}"));

            // On connections that are closed without an answer, the SDK of AWS and the runtime repeat requests themselves.
            Assert.That(Proxy.Requests, Has.Count.InRange(3, fault == Fault.Refused ? 60 : 3));
        }
    }

    [Test]
    public async Task An_answer_that_breaks_off_is_asked_for_again()
    {
        await WriteAsync("one");
        Proxy.FaultOf = FaultyProxy.Only(1, Fault.HalfAnswer);
        Assert.That(await ReadAsync("one"), Is.EqualTo(Content));
    }

    [Test]
    public async Task Answers_that_always_break_off_are_an_outage_and_no_data()
    {
        await WriteAsync("one");
        Proxy.FaultOf = request => request.Method == "GET" ? Fault.HalfAnswer : Fault.None;
        Assert.That(await Assert.CatchAsync(() => ReadAsync("one")), Is.InstanceOf<IOException>());
    }

    [Test]
    public async Task A_listing_that_breaks_off_is_asked_for_again()
    {
        await WriteAsync("one");
        Proxy.FaultOf = FaultyProxy.Only(1, Fault.HalfAnswer);
        Assert.That(await ListAsync(), Is.EqualTo(["one"]));
    }

    [Test]
    public async Task A_slow_answer_is_read_to_its_end()
    {
        await WriteAsync("one");
        Proxy.FaultOf = _ => Fault.Slow;
        Assert.That(await ReadAsync("one"), Is.EqualTo(Content));
        Assert.That(await ListAsync(), Is.EqualTo(["one"]));
    }

    [Test]
    public async Task A_server_that_never_answers_costs_no_more_than_the_patience()
    {
        await WriteAsync("one");
        ObjectStorage impatient = Server.StorageAt(Proxy.Port, TimeSpan.FromSeconds(1));
        Proxy.FaultOf = _ => Fault.Stalled;
        foreach (Func<Task> call in new Func<Task>[]
        {
            async () => await impatient.ReadAsync(At("one"), 0, new byte[10], default),
            async () => await impatient.ListAsync(At(""), default).GetAsyncEnumerator().MoveNextAsync(),
            async () => await impatient.DeleteAsync(At("one"), default),
            async () => await impatient.WriteAsync(At("one"), new MemoryStream([1]), null, default),
        })
        {
            IOException? thrown = await Assert.ThrowsAsync<IOException>(() => call());
            Assert.That(thrown?.Message, Does.Contain("no complete answer came within 1 seconds"));
        }
    }

    [Test]
    public async Task A_caller_that_cancels_does_not_wait_for_a_server_that_never_answers()
    {
        await WriteAsync("one");
        Proxy.FaultOf = _ => Fault.Stalled;
        using var cancel = new CancellationTokenSource(TimeSpan.FromMilliseconds(100));
        await Assert.CatchAsync<OperationCanceledException>(
            async () => await _storage.ReadAsync(At("one"), 0, new byte[10], cancel.Token));
    }

    [Test]
    public async Task A_write_whose_answer_is_lost_is_there_once()
    {
        Proxy.FaultOf = FaultyProxy.Only(1, Fault.LostAnswer);
        await WriteAsync("unconditional");
        Assert.That(await ReadAsync("unconditional"), Is.EqualTo(Content));

        Proxy.FaultOf = FaultyProxy.Only(1, Fault.LostAnswer);
        try
        {
            await WriteAsync("conditional", "");
        }
        catch (ObjectChangedException)
        {
            // The store cannot tell that the first attempt was ours.
        }

        Assert.That(await ReadAsync("conditional"), Is.EqualTo(Content));
    }

    [Test]
    public async Task An_append_whose_answer_is_lost_is_there_once()
    {
        if (!_storage.CanAppend)
            Assert.Ignore("This store does not append.");
        Proxy.FaultOf = FaultyProxy.Only(1, Fault.LostAnswer);
        await _storage.AppendAsync(At("log"), 0, Content, default);
        Proxy.FaultOf = FaultyProxy.Only(1, Fault.LostAnswer);
        await Assert.ThrowsAsync<ObjectChangedException>(
            async () => await _storage.AppendAsync(At("log"), Content.Length, Content, default));
        Assert.That((await ReadAsync("log", 3 * Content.Length)).Length, Is.EqualTo(2 * Content.Length));
    }

    [Test]
    public async Task A_server_that_ended_is_an_outage_that_ends_when_it_is_back()
    {
        await WriteAsync("one");
        Server.Stop();
        IOException? thrown = await Assert.ThrowsAsync<IOException>(() => ReadAsync("one"));
        await Assert.ThrowsAsync<IOException>(() => WriteAsync("two"));
        Server.Restart();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(thrown?.Message, Does.Contain("cannot be reached"));
            Assert.That(await ReadAsync("one"), Is.EqualTo(Content));
            await WriteAsync("two");
            Assert.That(await ListAsync(), Is.EqualTo(["one", "two"]));
        }
    }

    [Test]
    public async Task Where_no_server_listens_the_message_says_what_to_check()
    {
        ObjectStorage nowhere = Server.StorageAt(1);
        IOException? thrown = await Assert.ThrowsAsync<IOException>(
            async () => await nowhere.ReadAsync(At("one"), 0, new byte[1], default));
        Assert.That(
            thrown?.Message,
            Does.Contain("cannot be reached").And.Contain("127.0.0.1:1").And.Contain(Scheme == "s3" ? "AWS_ENDPOINT_URL" : "AZURE_STORAGE"));
    }

    [Test]
    public async Task A_missing_container_is_named()
    {
        var nowhere = new ObjectPath("no-such-container", "one");
        foreach (Func<Task> call in new Func<Task>[]
        {
            async () => await _storage.ReadAsync(nowhere, 0, new byte[10], default),
            async () => await _storage.WriteAsync(nowhere, new MemoryStream([1]), null, default),
            async () => await _storage.ListAsync(nowhere with { Key = "" }, default).GetAsyncEnumerator().MoveNextAsync(),
        })
        {
            IOException? thrown = await Assert.ThrowsAsync<IOException>(() => call());
            Assert.That(thrown?.Message, Does.Contain("'no-such-container'. Check the name"));
        }
    }

    [Test]
    public async Task Refused_credentials_are_said_to_be_so()
    {
        ObjectStorage stranger = Server.StrangerAt(Proxy.Port);
        IOException? thrown = await Assert.ThrowsAsync<IOException>(
            async () => await stranger.ReadAsync(At("one"), 0, new byte[1], default));
        Assert.That(
            thrown?.Message,
            Does.Contain(Scheme == "s3" ? "the server does not know the access key" : "Check the key"));
    }

    [Test]
    public async Task Expired_credentials_are_to_be_renewed()
    {
        Proxy.FaultOf = _ => Fault.Expired;
        IOException? thrown = await Assert.ThrowsAsync<IOException>(() => ReadAsync("one"));
        Assert.That(thrown?.Message, Does.Contain("expired").And.Match("[Rr]enew"));
        Assert.That(Proxy.Requests, Has.Count.EqualTo(1), "nothing is gained by trying again");
    }

    [Test]
    public async Task A_clock_that_differs_is_named_with_the_difference()
    {
        Proxy.FaultOf = _ => Fault.ClockOfAnHourLater;
        IOException? thrown = await Assert.ThrowsAsync<IOException>(() => ReadAsync("one"));
        Assert.That(thrown?.Message, Does.Match("the clocks of this machine and of the server differ by [0-9]+ minutes"));
    }

    private ObjectPath At(string key) => new(Container, key);

    private async Task WriteAsync(string key, string? ifVersion = null) =>
        await _storage.WriteAsync(At(key), new MemoryStream(Content), ifVersion, default);

    private async Task<byte[]> ReadAsync(string key, int length = 200_000)
    {
        byte[] buffer = new byte[length];
        int count = await _storage.ReadAsync(At(key), 0, buffer, default);
        return buffer[..count];
    }

    private async Task<List<string>> ListAsync()
    {
        var keys = new List<string>();
        await foreach (StoredObject one in _storage.ListAsync(At(""), default))
            keys.Add(one.Key);
        return keys;
    }
}
