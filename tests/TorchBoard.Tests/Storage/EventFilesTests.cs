using TorchBoard.Storage.Local;

namespace TorchBoard.Tests.Storage;

/// <summary>What is an event file and what is a run, in the directories of a file system.</summary>
internal sealed class EventFilesTests
{
    private TestDirectory _directory = null!;

    [SetUp]
    public void Create() => _directory = new TestDirectory();

    [TearDown]
    public void Delete()
    {
        HostileFiles.DeleteContent(_directory);
        _directory.Dispose();
    }

    [Test]
    public void A_directory_named_like_an_event_file_is_none()
    {
        Write("run/b.tfevents.1");
        Write("run/a.tfevents.2");
        Write("run/c.tfevents.dir/notes.txt");
        Assert.That(EventFiles.OfRun(At("run")), Is.EqualTo([At("run/a.tfevents.2"), At("run/b.tfevents.1")]));
        Assert.That(Runs(), Is.EqualTo(["run"]));
    }

    [Test]
    public void Hidden_files_and_directories_count()
    {
        Write(".hidden/.tfevents");
        Assert.That(Runs(), Is.EqualTo([".hidden"]));
        Assert.That(EventFiles.OfRun(At(".hidden")), Is.EqualTo([At(".hidden/.tfevents")]));
    }

    [Test]
    public void What_is_missing_is_named_with_the_path_as_passed()
    {
        string file = At("x.tfevents.1");
        string directory = At("x");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                () => EventFiles.OfRun(file),
                Throws.TypeOf<FileNotFoundException>().With.Message.EqualTo($"The event file '{file}' does not exist.")
                    .And.Property(nameof(FileNotFoundException.FileName)).EqualTo(file));
            Assert.That(
                () => EventFiles.OfRun(directory),
                Throws.TypeOf<DirectoryNotFoundException>().With.Message.EqualTo(
                    $"The file or directory '{directory}' does not exist."));
            Assert.That(
                () => EventFiles.RunsBelow(directory, (_, _) => { }),
                Throws.TypeOf<DirectoryNotFoundException>().With.Message.EqualTo(
                    $"The file or directory '{directory}' does not exist."));
        }
    }

    [Test]
    public void A_single_file_is_a_run_named_after_its_directory()
    {
        Write("run/a.tfevents.1");
        Assert.That(EventFiles.RunsBelow(At("run/a.tfevents.1"), (_, _) => { }), Is.EqualTo([("run", At("run/a.tfevents.1"))]));
        Assert.That(EventFiles.NameOf(At("run/a.tfevents.1")), Is.EqualTo("run"));
        Assert.That(EventFiles.NameOf(At("run") + Path.DirectorySeparatorChar), Is.EqualTo("run"));
        Assert.That(EventFiles.NameOf(At("not/yet")), Is.EqualTo("yet"));
    }

    [Test]
    [Platform(Exclude = "Win", Reason = "Links take rights there.")]
    public void Of_several_links_to_one_run_outside_the_first_in_ordinal_order_names_it()
    {
        using var elsewhere = new TestDirectory();
        File.WriteAllBytes(Path.Combine(elsewhere, "a.tfevents"), []);
        foreach (string name in (string[])["m", "b", "z", "B"])
            Directory.CreateSymbolicLink(At(name), elsewhere);
        Assert.That(Runs(), Is.EqualTo(["B"]));
    }

    [Test]
    [Platform(Exclude = "Win", Reason = "Links take rights there.")]
    public void A_link_to_a_directory_that_is_also_below_the_root_adds_no_run()
    {
        Write("z/a.tfevents");
        Directory.CreateSymbolicLink(At("a"), "z");
        Assert.That(Runs(), Is.EqualTo(["z"]));
    }

    [Test]
    [Platform("Linux", Reason = "names of any bytes, and long paths")]
    public void A_directory_that_cannot_be_listed_is_reported_with_the_reason()
    {
        Write("run/a.tfevents");
        Write("invalid/a.tfevents");
        HostileFiles.RenameToInvalid(At("invalid"));
        Write("deep/a.tfevents");
        HostileFiles.MoveTooDeep(At("deep"), At("far"));

        var reported = new List<(string Path, string Reason)>();
        List<(string Name, string Path)> runs = EventFiles.RunsBelow(_directory, (path, reason) => reported.Add((path, reason)));
        Assert.That(runs, Is.EqualTo([("run", At("run"))]));
        Assert.That(reported.Select(r => r.Path), Has.One.EqualTo(At("invalid\uFFFD.tfevents")).And.One.StartsWith(At("far/d")));
        Assert.That(reported.Select(r => r.Reason), Has.One.EqualTo("its name is not valid UTF-8"));
        Assert.That(reported.Select(r => r.Reason), Has.One.Contains("too long"));
    }

    [Test]
    [Platform("Linux", Reason = "names of any bytes")]
    public void An_event_file_whose_name_is_not_valid_UTF8_is_named_so_when_it_is_opened()
    {
        Write("copy");
        HostileFiles.RenameToInvalid(At("copy"));
        string path = EventFiles.OfRun(_directory).Single();
        Assert.That(
            () => new LocalFile(path).Dispose(),
            Throws.TypeOf<FileNotFoundException>().With.Message.EqualTo(
                $"'{path}' cannot be opened: its name is not valid UTF-8.")
                .And.Property(nameof(FileNotFoundException.FileName)).EqualTo(path));
    }

    [Test]
    [Platform(Exclude = "Win", Reason = "named pipes")]
    public void A_special_file_is_refused_without_opening_it()
    {
        HostileFiles.MakePipe(At("a.tfevents"));
        Assert.That(
            () => new LocalFile(At("a.tfevents")).Dispose(),
            Throws.TypeOf<FileNotFoundException>().With.Message.EqualTo(
                $"'{At("a.tfevents")}' is a named pipe, not a regular file."));
    }

    private string At(string name) => Path.Combine(_directory, name);

    private void Write(string name)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(At(name))!);
        File.WriteAllBytes(At(name), []);
    }

    private IEnumerable<string> Runs() => EventFiles.RunsBelow(
        _directory, (path, reason) => Assert.Fail($"{path}: {reason}")).Select(run => run.Name);
}
