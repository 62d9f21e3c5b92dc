using System.Text;
using TorchBoard.Storage;

namespace TorchBoard.Tests.Uploading;

/// <summary>Faults of a store, of the network and of other programs. In each case, every point is there at the end.</summary>
[TestFixture(false)]
[TestFixture(true)]
internal sealed class UploadFaultTests(bool appends) : UploadTest
{
    [SetUp]
    public void BeginStore() => Store = new MemoryObjects { Appends = appends };

    [Test]
    public void An_outage_is_told_once_and_costs_nothing()
    {
        Begin();
        using IEventFile file = Create();
        Add(file, 0, 10);
        Upload();
        Store.Fault = _ => new IOException("503 Slow Down");
        for (int attempt = 0; attempt < 120; attempt++)
        {
            Add(file, 10 + attempt, 1);
            Assert.That(Upload(), Is.InstanceOf<IOException>());
        }

        Store.Fault = null;
        Assert.That(Upload(), Is.Null);
        Assert.That(Steps(), Is.EqualTo(Range(130)));
        Assert.That(Told.Select(told => told.What), Is.EqualTo(["503 Slow Down", "recovered"]));
    }

    [Test]
    public void A_store_that_fails_at_every_other_request_gets_everything_once()
    {
        Begin();
        using IEventFile file = Create();
        int requests = 0;
        Store.Fault = _ => ++requests % 2 == 0 ? new IOException("500") : null;
        for (int step = 0; step < 300; step++)
        {
            Add(file, step, 1);
            Upload();
        }

        Store.Fault = null;
        Upload();
        Assert.That(Steps(), Is.EqualTo(Range(300)));
    }

    [Test]
    public void A_lost_answer_is_no_change_by_others()
    {
        Begin();
        using IEventFile file = Create();
        int writes = 0;
        Store.LostAnswer = request => request.Verb is "PUT" or "APPEND" && ++writes % 2 == 1
            ? new IOException("the connection was closed")
            : null;
        for (int step = 0; step < 20; step++)
        {
            Add(file, step, 1);
            Upload();
        }

        Store.LostAnswer = null;
        Upload();
        Assert.That(Steps(), Is.EqualTo(Range(20)));
        Assert.That(EventFiles(), Has.Length.EqualTo(1));
        Assert.That(Told.Select(told => told.What), Has.None.Contains("another program"));
    }

    [Test]
    public void An_object_that_was_deleted_is_not_created_again_and_the_run_continues_in_a_new_one()
    {
        Begin();
        using IEventFile file = Create();
        Add(file, 0, 5);
        Upload();
        string first = EventFiles().Single();
        Store.Delete(first);
        Add(file, 5, 5);
        Assert.That(Upload(), Is.Null);
        Add(file, 10, 5);
        Upload();

        Assert.That(Steps(), Is.EqualTo(Range(15)[5..]));
        Assert.That(EventFiles(), Does.Not.Contain(first));
        Assert.That(Told, Has.Count.EqualTo(1));
        Assert.That(Told[0].Path, Is.EqualTo(first));
        Assert.That(Told[0].What, Does.Contain("was deleted by another program, and is left alone. The run continues in a new object."));
    }

    [TestCase(10, TestName = "An_object_that_shrank_is_not_touched")]
    [TestCase(100_000, TestName = "An_object_that_grew_is_not_touched")]
    public void An_object_of_others_is_not_touched(int length)
    {
        Begin();
        using IEventFile file = Create();
        Add(file, 0, 5);
        Upload();
        string first = EventFiles().Single();
        byte[] theirs = new byte[length];
        Store.Put(first, theirs);
        Add(file, 5, 5);
        Assert.That(Upload(), Is.Null);

        Assert.That(Store.Content(first), Is.EqualTo(theirs));
        Store.Delete(first);
        Assert.That(Steps(), Is.EqualTo(Range(10)[5..]));
        Assert.That(Told.Select(told => told.What), Has.One.Contains("was changed by another program"));
    }

    // Between the request that reads the text and the one that writes it.
    [TestCase(1)]
    [TestCase(100)]
    public void A_shared_text_that_others_change_meanwhile_gets_their_changes_and_its_own(int times)
    {
        string config = $"{Run}/projector_config.pbtxt";
        Begin();
        Store.Put(config, "theirs 0\n"u8.ToArray());
        int changes = 0;
        Store.Fault = request =>
        {
            if (request.Verb == "PUT" && request.Path == config && changes < times)
                Store.Put(config, [.. Store.Content(config), .. Encoding.UTF8.GetBytes($"theirs {++changes}\n")]);
            return null;
        };
        Storage.UpdateFile(config, text => text + "ours\n");
        Assert.That(Upload(), Is.Null);

        Assert.That(
            Encoding.UTF8.GetString(Store.Content(config)),
            Is.EqualTo(string.Concat(Enumerable.Range(0, times + 1).Select(i => $"theirs {i}\n")) + "ours\n"));
        Assert.That(changes, Is.EqualTo(times));
        Assert.That(Waiting(), Is.Empty);
        Assert.That(Told, Is.Empty);
    }

    [Test]
    public void A_shared_text_that_others_never_leave_alone_is_told_and_stays_in_the_spool()
    {
        string config = $"{Run}/projector_config.pbtxt";
        Begin();
        int changes = 0;
        Store.Fault = request =>
        {
            if (request.Verb == "PUT" && request.Path == config)
                Store.Put(config, Encoding.UTF8.GetBytes($"theirs {++changes}\n"));
            return null;
        };
        Storage.UpdateFile(config, text => text + "ours\n");
        Assert.That(Upload(), Is.InstanceOf<ObjectChangedException>());
        Assert.That(Told.Single().Path, Is.EqualTo(config));
        Assert.That(Waiting(), Has.Length.EqualTo(1));

        Store.Fault = null;
        Assert.That(Upload(), Is.Null);
        Assert.That(Encoding.UTF8.GetString(Store.Content(config)), Is.EqualTo($"theirs {changes}\nours\n"));
        Assert.That(Waiting(), Is.Empty);
    }

    [Test]
    public void A_shared_text_of_a_killed_writer_is_joined_with_what_others_wrote_meanwhile()
    {
        string config = $"{Run}/projector_config.pbtxt";
        Begin();
        Storage.UpdateFile(config, text => text + "ours\n");
        Kill();
        bool isChanged = false;
        Store.Fault = request =>
        {
            if (request.Verb == "PUT" && request.Path == config && !isChanged)
            {
                isChanged = true;
                Store.Put(config, "theirs\n"u8.ToArray());
            }

            return null;
        };
        Begin();
        Assert.That(Upload(), Is.Null);
        Assert.That(Encoding.UTF8.GetString(Store.Content(config)), Is.EqualTo("theirs\nours\n"));
        Assert.That(Waiting(), Is.Empty);
    }

    [Test]
    public void A_run_that_is_refused_does_not_hold_up_the_others()
    {
        Begin();
        using IEventFile bad = Create("memory://bucket/runs/bad");
        using IEventFile good = Create();
        Store.Fault = request => request.Path.Contains("/bad/") ? new IOException("403 Forbidden") : null;
        Add(good, 0, 10);
        Assert.That(Upload(), Is.Not.Null);
        Assert.That(Steps(), Is.EqualTo(Range(10)));
        Assert.That(Told, Is.EqualTo([(bad.Path, "403 Forbidden")]));
    }

    [Test]
    public void A_dead_store_is_asked_a_few_times_however_many_runs_there_are()
    {
        Begin();
        IEventFile[] files = [.. Enumerable.Range(0, 100).Select(i => Create($"memory://bucket/runs/{i}"))];
        Store.Fault = _ => new IOException("no route to host");
        Upload();
        Assert.That(Store.Requests, Has.Count.LessThanOrEqualTo(3));
        Assert.That(Told, Has.Count.EqualTo(1));
        Store.Fault = null;
        Upload();
        Assert.That(Store.Paths, Has.Count.EqualTo(100));
        foreach (IEventFile file in files)
            file.Dispose();
    }

    [Test]
    public void A_killed_writer_s_spool_is_uploaded_by_the_next_one_before_its_own()
    {
        Begin();
        IEventFile killed = Create();
        Add(killed, 0, 10);
        Upload();
        Add(killed, 10, 10);
        File.AppendAllBytes(Waiting().Single(), Record(99)[..20]);
        Kill();

        Now += TimeSpan.FromSeconds(5);
        Begin();
        using IEventFile next = Create();
        Add(next, 20, 10);
        Assert.That(Upload(), Is.Null);
        Assert.That(Steps(), Is.EqualTo(Range(30)));
        Assert.That(Waiting(), Has.Length.EqualTo(1), "its own");
        killed.Dispose();
    }

    [Test]
    public void A_killed_writer_s_upload_that_had_succeeded_is_not_made_again()
    {
        Begin();
        IEventFile killed = Create();
        Add(killed, 0, 10);
        Upload();
        Kill();
        Store.Forget();
        Begin();
        Assert.That(Upload(), Is.Null);
        Assert.That(Store.Requests.Sum(request => request.Verb is "PUT" or "APPEND" ? 1 : 0), Is.EqualTo(1), "refused by its condition");
        Assert.That(Steps(), Is.EqualTo(Range(10)));
        Assert.That(Waiting(), Is.Empty);
        killed.Dispose();
    }

    [Test]
    public void A_spool_of_a_living_writer_or_of_another_place_is_left_alone()
    {
        Begin();
        using IEventFile living = Create();
        Add(living, 0, 1);
        Begin();
        Assert.That(Upload(), Is.Null);
        Assert.That(Store.Requests, Is.Empty);

        Kill();
        using var other = TorchBoard.Uploading.Spool.Create(Root, Store, "other", 1 << 20);
        other.Dispose();
        Begin();
        Upload();
        Assert.That(Waiting(), Has.Length.EqualTo(1));
    }

    [Test]
    public void A_killed_writer_with_many_files_of_an_outage_loses_none()
    {
        Begin();
        IEventFile file = Create();
        Store.Fault = _ => new IOException("503");
        for (int step = 0; step < 20; step++)
        {
            Add(file, step, 1, 700_000);
            Upload();
        }

        Kill();
        Store.Fault = null;
        Begin();
        Assert.That(Upload(), Is.Null);
        Assert.That(Steps(), Is.EqualTo(Range(20)));
        Assert.That(Waiting(), Is.Empty);
        file.Dispose();
    }

    private static void Add(IEventFile file, int from, int count, int bytes = 60)
    {
        for (int step = from; step < from + count; step++)
            file.Append(Record(step, bytes));
    }
}
