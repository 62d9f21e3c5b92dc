using TorchBoard.Tests.Reading;

namespace TorchBoard.Tests.Storage;

/// <summary>Runs in an object store are read as those in a directory are, by few requests.</summary>
internal sealed class ObjectReadingTests
{
    private const string Runs = "memory://bucket/team/runs";
    private const string First = "events.out.tfevents.0000000001.h.1.0";
    private const string Second = "events.out.tfevents.0000000002.h.1.0";

    private MemoryObjects _store = null!;

    [SetUp]
    public void Begin() => _store = new MemoryObjects();

    [Test]
    public void A_run_takes_one_listing_and_one_request_for_each_object()
    {
        Put($"a/{First}", 0, 1, 2);
        Put($"a/{Second}", 3, 4);
        Put($"a/below/{First}", 9);
        Put($"a2/{First}", 9);
        _store.Put($"{Runs}/a/checkpoint.pt", new byte[10]);

        RunLog run = RunLog.Open($"{Runs}/a", new() { Storage = _store });
        using (Assert.EnterMultipleScope())
        {
            Assert.That(run.Name, Is.EqualTo("a"));
            Assert.That(run.Path, Is.EqualTo($"{Runs}/a"));
            Assert.That(run.Scalars["loss"].Steps.ToArray(), Is.EqualTo(new long[] { 0, 1, 2, 3, 4 }));
            Assert.That(run.Files.Select(file => file.Path), Is.EqualTo([$"{Runs}/a/{First}", $"{Runs}/a/{Second}"]));
            Assert.That(
                _store.Requests.Select(request => (request.Verb, request.Path)),
                Is.EqualTo([("LIST", $"{Runs}/a/"), ("GET", $"{Runs}/a/{First}"), ("GET", $"{Runs}/a/{Second}")]));
        }
    }

    [Test]
    public void All_runs_take_one_listing()
    {
        for (int run = 0; run < 50; run++)
            Put($"run{run}/{First}", run);
        Put(First, 99);
        LogDirectory directory = LogDirectory.Open($"{Runs}/", _store);
        Assert.That(directory.Runs.Keys.Take(4), Is.EqualTo([".", "run0", "run1", "run2"]));
        foreach (LoggedRun run in directory.Runs.Values)
        {
            Assert.That(run.ListEventFiles(), Has.Count.EqualTo(1));
            Assert.That(run.Open().Scalars["loss"].Count, Is.EqualTo(1));
        }

        Assert.That((_store.Of("LIST").Count, _store.Of("GET").Count), Is.EqualTo((1, 51)));
        _store.Forget();
        foreach (LoggedRun run in directory.Runs.Values)
            Assert.That(run.ReadEvents().Select(logged => logged.Run), Is.EqualTo([run.Name]));
        Assert.That((_store.Of("LIST").Count, _store.Of("GET").Count), Is.EqualTo((0, 51)));
    }

    [Test]
    public void The_first_events_of_a_row_cost_one_request()
    {
        for (int segment = 0; segment < 5; segment++)
            Put($"a/{Segment(segment)}", segment);
        RunLogOptions options = new() { Storage = _store };
        Assert.That(RunLog.ReadEvents($"{Runs}/a", options).First().Step, Is.Zero);
        Assert.That(_store.Of("GET").Count, Is.EqualTo(1));
        Assert.That(RunLog.ReadEvents($"{Runs}/a", options).Count(), Is.EqualTo(5));
        Assert.That(_store.Of("GET").Count, Is.EqualTo(6));
    }

    [Test]
    public void A_listing_of_many_objects_is_read_page_by_page_without_those_of_others()
    {
        for (int run = 0; run < 2500; run++)
            Put($"run{run}/{First}", run);
        for (int other = 0; other < 10_000; other++)
            _store.Put($"memory://bucket/team/runs-of-others/{other}", [0]);
        Assert.That(LogDirectory.Open(Runs, _store).Runs, Has.Count.EqualTo(2500));
        Assert.That(_store.Of("LIST").Count, Is.EqualTo(3), "objects of others are not listed");
    }

    [Test]
    public void A_whole_bucket_or_one_object_can_be_opened()
    {
        Put($"a/{First}", 1);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(LogDirectory.Open("memory://bucket", _store).Runs.Keys, Is.EqualTo(["team/runs/a"]));
            Assert.That(RunLog.Open($"{Runs}/a/{First}", new() { Storage = _store }).Name, Is.EqualTo("a"));
            Assert.That(RunLog.ReadEvents($"{Runs}/a/{First}", new() { Storage = _store }).Count(), Is.EqualTo(1));
            Assert.That(LogDirectory.Open($"{Runs}/a/{First}", _store).Runs.Keys, Is.EqualTo(["a"]));
        }
    }

    [Test]
    public void A_large_object_takes_few_requests_that_get_longer()
    {
        _store.Put($"{Runs}/a/{First}", [.. Enumerable.Range(0, 50).SelectMany(step => EventBytes.Scalar(new string('t', 1_000_000), step, 0))]);
        RunLog.Open($"{Runs}/a", new() { Storage = _store });
        ObjectRequest[] reads = [.. _store.Requests.Where(request => request.Verb == "GET")];
        Assert.That(reads, Has.Length.LessThanOrEqualTo(7));
        Assert.That(reads.Sum(read => read.Bytes), Is.EqualTo(_store.Content($"{Runs}/a/{First}").Length));
    }

    [Test]
    public async Task A_row_of_small_objects_is_requested_sixteen_at_a_time()
    {
        const int AtOnce = 16;
        for (int segment = 0; segment < 40; segment++)
            Put($"a/{Segment(segment)}", segment);
        var sixteen = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        int asked = 0, answered = 0, most = 0;
        _store.Fault = request =>
        {
            if (request.Verb == "GET" && ++asked == AtOnce)
                sixteen.SetResult();
            return null;
        };
        _store.Answers = sixteen.Task;
        var options = new RunLogOptions
        {
            Storage = _store,
            OnFileRead = _ => most = Math.Max(most, _store.Of("GET").Count - ++answered),
        };

        // No answer comes before sixteen objects have been asked for.
        RunLog run = await Task.Run(() => RunLog.Open($"{Runs}/a", options)).WaitAsync(TimeSpan.FromSeconds(30));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(run.Scalars["loss"].Steps.ToArray(), Is.EqualTo(Enumerable.Range(0, 40).Select(step => (long)step)));
            Assert.That(_store.Of("GET").Count, Is.EqualTo(40));
            Assert.That(most, Is.EqualTo(AtOnce), "requested and not read yet");
        }
    }

    [Test]
    public void A_segment_that_cannot_be_read_costs_only_itself()
    {
        for (int segment = 0; segment < 5; segment++)
            Put($"a/{Segment(segment)}", segment);
        _store.Fault = request =>
            request.Verb == "GET" && request.Path.EndsWith(Segment(2), StringComparison.Ordinal) ? new IOException("503") : null;
        RunLog run = RunLog.Open($"{Runs}/a", new() { Storage = _store });
        using (Assert.EnterMultipleScope())
        {
            Assert.That(run.Scalars["loss"].Steps.ToArray(), Is.EqualTo(new long[] { 0, 1, 3, 4 }));
            Assert.That(run.Errors.Single().Reason, Does.Contain("503"));
        }
    }

    [Test]
    [CancelAfter(30_000)]
    public async Task Following_takes_one_listing_a_look_and_asks_for_new_bytes_only(CancellationToken cancellation)
    {
        Put($"a/{First}", 0);
        Put($"idle/{First}", 0);
        FollowOptions options = new()
        {
            Storage = _store,
            PollInterval = TimeSpan.FromMilliseconds(1),
            IncludeSubdirectories = true,
        };
        await using var events = RunLog.FollowAsync(Runs, options, cancellation).GetAsyncEnumerator(cancellation);
        for (int i = 0; i < 2; i++)
            await events.MoveNextAsync();

        for (int step = 1; step < 5; step++)
        {
            Task<bool> waiting = events.MoveNextAsync().AsTask();
            _store.Forget();
            long before = _store.Content($"{Runs}/a/{First}").Length;
            Put($"a/{First}", step);
            Assert.That(await waiting, Is.True);
            Assert.That((events.Current.Run, events.Current.Step), Is.EqualTo(("a", (long)step)));
            Assert.That(
                _store.Requests.Where(request => request.Verb != "LIST"),
                Is.EqualTo([new ObjectRequest("GET", $"{Runs}/a/{First}", before, _store.Content($"{Runs}/a/{First}").Length - before)]));
        }
    }

    [Test]
    [CancelAfter(30_000)]
    public async Task Following_waits_for_a_run_and_outlives_an_outage_and_an_object_that_shrinks(CancellationToken cancellation)
    {
        var told = new List<string>();
        FollowOptions options = new()
        {
            Storage = _store,
            PollInterval = TimeSpan.FromMilliseconds(1),
            OnCorruptRecord = e => told.Add(e.Reason),
        };
        await using var events = RunLog.FollowAsync($"{Runs}/a", options, cancellation).GetAsyncEnumerator(cancellation);
        Task<bool> waiting = events.MoveNextAsync().AsTask();
        Put($"a/{First}", 1);
        await waiting;

        int failures = 0;
        _store.Fault = _ => failures++ < 10 ? new IOException("503") : null;
        waiting = events.MoveNextAsync().AsTask();
        _store.Put($"{Runs}/a/{First}", []);
        Put($"a/{Second}", 2);
        Assert.That(await waiting, Is.True);
        Assert.That(events.Current.Step, Is.EqualTo(2));
        Assert.That(told, Is.EqualTo(["the file cannot be read: 503"]));
    }

    [Test]
    public void The_default_interval_of_following_is_ten_seconds_in_a_store()
    {
        Assert.That(new FollowOptions { Storage = _store }.PollInterval, Is.EqualTo(TimeSpan.FromSeconds(10)));
        Assert.That(new FollowOptions().PollInterval, Is.EqualTo(TimeSpan.FromMilliseconds(200)));
        Assert.That(
            new FollowOptions { Storage = _store, PollInterval = TimeSpan.FromSeconds(1) }.PollInterval,
            Is.EqualTo(TimeSpan.FromSeconds(1)));
    }

    [Test]
    public void What_is_missing_or_fails_is_an_exception_that_tells_so()
    {
        Put($"a/{First}", 1);
        RunLogOptions options = new() { Storage = _store };
        using (Assert.EnterMultipleScope())
        {
            Assert.That(() => RunLog.Open($"{Runs}/b", options), Throws.InstanceOf<DirectoryNotFoundException>());
            Assert.That(() => RunLog.Open($"{Runs}/a/{Second}", options), Throws.InstanceOf<FileNotFoundException>());
            Assert.That(() => RunLog.Open(Runs, options), Throws.InstanceOf<InvalidDataException>().With.Message.Contains("'a'"));
            Assert.That(() => LogDirectory.Open($"{Runs}/b", _store), Throws.InstanceOf<DirectoryNotFoundException>());
            _store.Fault = request => request.Verb == "LIST" ? new IOException("There is no bucket 'bucket'.") : null;
            Assert.That(() => RunLog.Open($"{Runs}/a", options), Throws.InstanceOf<IOException>().With.Message.Contains("no bucket"));
        }
    }

    [Test]
    public void Half_an_answer_costs_only_the_object_it_was_about()
    {
        Put($"a/{First}", 1);
        Put($"a/{Second}", 2);
        _store.Fault = request => request.Verb == "GET" && request.Path.EndsWith(First) ? new IOException("the answer broke off") : null;
        RunLog run = RunLog.Open($"{Runs}/a", new() { Storage = _store });
        Assert.That(run.Scalars["loss"].Steps.ToArray(), Is.EqualTo(new long[] { 2 }));
        Assert.That(run.Errors.Single().Reason, Does.Contain("the answer broke off"));
    }

    // Appends scalars at the steps, as a writer that uploads its file again does.
    private static string Segment(int number) => FormattableString.Invariant($"events.out.tfevents.{number:D10}.h.1.0");

    private void Put(string name, params long[] steps)
    {
        string path = $"{Runs}/{name}";
        byte[] before = _store.Paths.Contains(path) ? _store.Content(path) : [];
        _store.Put(path, [.. before, .. steps.SelectMany(step => EventBytes.Scalar("loss", step, step))]);
    }
}
