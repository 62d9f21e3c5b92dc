namespace TorchBoard.Tests.Reading;

/// <summary>
/// Directories with files that cannot be read: each is reported, nothing waits, and everything else is read.
/// </summary>
[Platform("Linux", Reason = "special files and names of any bytes")]
internal sealed class HostileDirectoryTests
{
    private const string First = "events.out.tfevents.1000000000.a";

    private static readonly Action<string>[] SpecialFiles =
    [
        HostileFiles.MakePipe, HostileFiles.LinkToDevice, HostileFiles.MakeSocket, HostileFiles.LinkToNothing,
        HostileFiles.LinkToFailingFile,
    ];

    private static readonly string[] Reasons =
        ["a named pipe", "a device", "a socket", "Could not find file", "Input/output error"];

    private TestDirectory _directory = null!;

    private string Run => Path.Combine(_directory, "a");

    [SetUp]
    public void WriteTwoRuns()
    {
        _directory = new TestDirectory();
        EventBytes.Write(Run, [EventBytes.Opening(), EventBytes.Scalar("loss", 1, 2)]);
        EventBytes.Write(Path.Combine(_directory, "b"), [EventBytes.Opening(), EventBytes.Scalar("loss", 3, 4)]);
    }

    [TearDown]
    public void Delete()
    {
        HostileFiles.DeleteContent(_directory);
        _directory.Dispose();
    }

    [Test]
    public void A_special_file_among_others_is_reported_and_the_others_are_read([Range(0, 4)] int kind)
    {
        string special = Path.Combine(Run, First);
        SpecialFiles[kind](special);

        var reported = new List<CorruptRecord>();
        var options = new RunLogOptions { OnCorruptRecord = reported.Add };
        RunLog run = RunLog.Open(Run, options);
        Assert.That(run.Scalars["loss"].Count, Is.EqualTo(1));
        CorruptRecord error = run.Errors.Single();
        Assert.That(error.File, Is.EqualTo(special));
        Assert.That(error.Reason, Does.StartWith("the file cannot be read: ").And.Contain(Reasons[kind]));
        Assert.That(reported, Is.EqualTo(run.Errors));

        reported.Clear();
        Assert.That(RunLog.ReadEvents(Run, options).Count(), Is.EqualTo(2));
        Assert.That(reported, Is.EqualTo(run.Errors));
    }

    [Test]
    public void A_run_of_only_a_special_file_fails_and_the_others_do_not([Range(0, 4)] int kind)
    {
        string alone = Path.Combine(_directory, "alone");
        Directory.CreateDirectory(alone);
        SpecialFiles[kind](Path.Combine(alone, First));

        LogDirectory runs = LogDirectory.Open(_directory);
        Assert.That(runs.Runs.Keys, Is.EqualTo(["a", "alone", "b"]));
        Assert.That(() => runs.Runs["alone"].Open(), Throws.InstanceOf<IOException>().With.Message.Contains(Reasons[kind]));
        Assert.That(runs.Runs["b"].Open().Scalars["loss"].Count, Is.EqualTo(1));
    }

    [Test]
    public void Streaming_without_a_callback_throws_where_events_would_be_missing()
    {
        HostileFiles.LinkToFailingFile(Path.Combine(Run, "events.out.tfevents.9000000000.z"));
        Assert.That(() => RunLog.ReadEvents(Run).Count(), Throws.InstanceOf<IOException>());
    }

    [Test]
    public void Names_that_are_not_valid_UTF8_are_reported()
    {
        string file = Path.Combine(Run, "copy");
        File.WriteAllBytes(file, EventBytes.Opening());
        HostileFiles.RenameToInvalid(file);
        string directory = Path.Combine(_directory, "c");
        Directory.CreateDirectory(directory);
        HostileFiles.RenameToInvalid(directory);

        LogDirectory runs = LogDirectory.Open(_directory);
        Assert.That(runs.Runs.Keys, Is.EqualTo(["a", "b"]));
        Assert.That(runs.Unreadable.Single().Reason, Is.EqualTo("its name is not valid UTF-8"));
        RunLog run = runs.Runs["a"].Open();
        Assert.That(run.Scalars["loss"].Count, Is.EqualTo(1));
        Assert.That(run.Errors.Single().Reason, Does.Contain("not valid UTF-8"));
    }

    [Test]
    public void A_directory_whose_path_is_too_long_is_reported()
    {
        HostileFiles.MoveTooDeep(Path.Combine(_directory, "b"), Path.Combine(_directory, "deep"));
        LogDirectory runs = LogDirectory.Open(_directory);
        Assert.That(runs.Runs.Keys, Is.EqualTo(["a"]));
        Assert.That(runs.Unreadable, Has.Count.EqualTo(1));
    }

    [Test]
    public void A_run_that_is_mounted_twice_is_one_run()
    {
        string mounted = Path.Combine(_directory, "mounted");
        Directory.CreateDirectory(mounted);
        Shell.MountOrIgnore("--bind", Run, mounted);
        try
        {
            Assert.That(LogDirectory.Open(_directory).Runs, Has.Count.EqualTo(2));
        }
        finally
        {
            Shell.Try("umount", mounted);
        }
    }

    [Test]
    public void Runs_that_each_link_to_the_next_four_times_are_one_run_each()
    {
        string[] names = ["a", "b", "c", "d"];
        foreach (string name in names)
            EventBytes.Write(Path.Combine(_directory, name), [EventBytes.Opening(), EventBytes.Scalar("loss", 1, 2)]);
        foreach (string name in names)
        {
            foreach (string other in names)
                Directory.CreateSymbolicLink(Path.Combine(_directory, name, "to-" + other), "../" + other);
        }

        Assert.That(LogDirectory.Open(_directory).Runs.Keys, Is.EqualTo(names));
    }
}
