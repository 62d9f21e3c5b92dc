namespace TorchBoard.Tests.Reading;

/// <summary>Links between directories: each run is found, and no loop is followed twice.</summary>
[Platform(Exclude = "Win", Reason = "Links take rights there.")]
internal sealed class LinkedDirectoryTests
{
    private TestDirectory _directory = null!;

    [SetUp]
    public void WriteTwoRuns()
    {
        _directory = new TestDirectory();
        EventBytes.Write(Path.Combine(_directory, "a"), [EventBytes.Opening(), EventBytes.Scalar("loss", 1, 2)]);
        EventBytes.Write(Path.Combine(_directory, "b"), [EventBytes.Opening(), EventBytes.Scalar("loss", 3, 4)]);
    }

    [TearDown]
    public void Delete() => _directory.Dispose();

    [Test]
    public void A_linked_run_is_found()
    {
        using var elsewhere = new TestDirectory();
        EventBytes.Write(elsewhere, [EventBytes.Opening()]);
        Link("linked", elsewhere);
        Assert.That(Runs(), Is.EqualTo(["a", "b", "linked"]));
    }

    [TestCase("..")]
    [TestCase(".")]
    public void A_link_to_itself_or_a_parent_is_not_followed(string target)
    {
        Link("a/loop", target);
        Assert.That(Runs(), Is.EqualTo(["a", "b"]));
    }

    [Test]
    public void Two_directories_that_link_to_each_other_end()
    {
        Link("a/x", "../b");
        Link("b/y", "../a");
        Assert.That(Runs(), Is.EqualTo(["a", "b"]));
    }

    [Test]
    public void Links_through_links_end()
    {
        Link("a/up", "..");
        Link("a/again", "up/a");
        Link("b/through", "../a/up/a/again/up/b");
        Assert.That(Runs(), Is.EqualTo(["a", "b"]));
    }

    [Test]
    public void Links_that_lead_nowhere_or_to_one_another_are_skipped()
    {
        Link("nowhere", "missing");
        Link("one", "other");
        Link("other", "one");
        Assert.That(Runs(), Is.EqualTo(["a", "b"]));
    }

    [Test]
    public async Task Following_does_not_loop_either()
    {
        Link("a/x", "../b");
        Link("b/y", "../a");
        var steps = new List<long>();
        await foreach (LoggedEvent logged in RunLog.FollowAsync(_directory, new FollowOptions { IncludeSubdirectories = true }))
        {
            steps.AddRange(logged.Values.Select(_ => logged.Step));
            if (steps.Count == 2)
                break;
        }

        Assert.That(steps, Is.EquivalentTo([1, 3]));
    }

    private void Link(string path, string target) =>
        Directory.CreateSymbolicLink(Path.Combine(_directory, path), target);

    private List<string> Runs() => [.. LogDirectory.Open(_directory).Runs.Keys];
}
