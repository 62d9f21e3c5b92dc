using TorchBoard.Indexing;
using TorchBoard.Tests.Reading;

namespace TorchBoard.Tests.Indexing;

/// <summary>The index of an object store asks for new bytes only.</summary>
internal sealed class StoredIndexTests
{
    private const string Runs = "memory://bucket/runs";
    private const string File = "events.out.tfevents.0000000001.h.1.0";

    [Test]
    public async Task A_reload_takes_one_listing_and_one_request_for_each_object_that_has_grown()
    {
        var store = new MemoryObjects();
        for (int run = 0; run < 20; run++)
            store.Put($"{Runs}/run{run}/{File}", [.. EventBytes.Opening(), .. EventBytes.Scalar("loss", 1, run)]);
        await using RunIndex index = RunIndex.Open(
            Runs, new() { Storage = store, ReloadInterval = Timeout.InfiniteTimeSpan });
        await index.Loaded;
        Assert.That(Verbs(store.Requests), Is.EqualTo("1 LIST, 20 GET"));

        byte[] first = store.Content($"{Runs}/run3/{File}");
        byte[] added = EventBytes.Scalar("loss", 2, 7);
        store.Put($"{Runs}/run3/{File}", [.. first, .. added]);
        int before = store.Requests.Count;
        await index.ReloadAsync();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Verbs(store.Requests.Skip(before)), Is.EqualTo("1 LIST, 1 GET"));
            Assert.That(store.Requests[^1].Bytes, Is.LessThanOrEqualTo(added.Length + 32), "and what shows it is the same object");
            Assert.That(index.TryFind("run3", out IndexedRun? run));
            Assert.That(run!.Series.Single().ReadScalars(10).Steps.ToArray(), Is.EqualTo(new long[] { 1, 2 }));
        }

        before = store.Requests.Count;
        await index.ReloadAsync();
        Assert.That(Verbs(store.Requests.Skip(before)), Is.EqualTo("1 LIST"), "nothing has changed");
    }

    [Test]
    public async Task Runs_of_a_store_appear_and_are_deleted()
    {
        var store = new MemoryObjects();
        await using RunIndex index = RunIndex.Open(
            Runs, new() { Storage = store, ReloadInterval = Timeout.InfiniteTimeSpan });
        await index.Loaded;
        Assert.That(index.Runs, Is.Empty);

        store.Put($"{Runs}/a/{File}", EventBytes.Opening());
        store.Put($"{Runs}/b/{File}", EventBytes.Opening());
        await index.ReloadAsync();
        Assert.That(index.Runs.Select(run => run.Name), Is.EqualTo(["a", "b"]));

        store.Delete($"{Runs}/a/{File}");
        await index.ReloadAsync();
        Assert.That(index.Runs.Select(run => run.Name), Is.EqualTo(["b"]));
    }

    private static string Verbs(IEnumerable<TestKit.ObjectRequest> requests) =>
        string.Join(", ", requests.GroupBy(request => request.Verb).Select(verb => $"{verb.Count()} {verb.Key}"));
}
