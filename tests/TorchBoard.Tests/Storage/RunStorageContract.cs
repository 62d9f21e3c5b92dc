using System.Text;
using TorchBoard.Protos;
using TorchBoard.Storage;

namespace TorchBoard.Tests.Storage;

/// <summary>The contract of every storage. Each storage has a fixture, which creates a new one for each test.</summary>
internal abstract class RunStorageContract
{
    protected static DateTimeOffset Now { get; } = DateTimeOffset.FromUnixTimeSeconds(1_700_000_000);

    private string _root = null!;

    protected RunStorage Storage { get; private set; } = null!;

    [SetUp]
    public void Begin()
    {
        (Storage, string root) = Open();
        _root = Storage.FullPath(root);
    }

    [TearDown]
    public void End() => Close();

    [Test]
    public void A_full_path_stays_what_it_is()
    {
        Assert.That(Storage.FullPath(_root), Is.EqualTo(_root));
        string below = Storage.Below(_root, "a/b");
        Assert.That(Storage.FullPath(below), Is.EqualTo(below));
    }

    [Test]
    public void Several_names_can_be_added_to_a_path_at_once() =>
        Assert.That(
            Storage.Below(_root, "a/b"), Is.EqualTo(Storage.Below(Storage.Below(_root, "a"), "b")).And.Not.EqualTo(_root));

    [Test]
    public void Runs_are_listed_with_their_names_in_ordinal_order()
    {
        string[] names = [".", "B", "a", "a/deep/down", "a2", "ä ö"];
        foreach (string name in names.Reverse())
            Create(Run(name), 1).Dispose();
        Storage.WriteFile(Storage.Below(_root, "no run/notes.txt"), file => file.Write([1]));

        Assert.That(
            Storage.RunsBelow(_root),
            Is.EqualTo(names.Select(name => (name, Run(name)))).Using<(string, string)>((x, y) => x == y));
    }

    [Test]
    public void A_path_may_also_name_one_event_file()
    {
        string run = Run("run");
        string first = Create(run, 1, Now);
        Create(run, 1, Now);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Storage.EventFilesOf(first), Is.EqualTo([first]));
            Assert.That(Storage.NameOf(first), Is.EqualTo("run"));
            Assert.That(Storage.NameOf(run), Is.EqualTo("run"));
        }
    }

    [Test]
    public void A_file_has_a_version_which_changes_with_its_content()
    {
        string file = Storage.Below(Run("run"), "notes.txt");
        Assert.That(Storage.VersionOf(file), Is.Null);
        Storage.WriteFile(file, stream => stream.Write("one"u8));
        string? first = Storage.VersionOf(file);
        Assert.That(first, Is.Not.Null.And.EqualTo(Storage.VersionOf(file)));
        Storage.WriteFile(file, stream => stream.Write("three"u8));
        Assert.That(Storage.VersionOf(file), Is.Not.Null.And.Not.EqualTo(first));
    }

    [Test]
    public void A_missing_path_is_an_IOException()
    {
        string nothing = Storage.Below(_root, "nothing");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(() => Storage.RunsBelow(nothing), Throws.InstanceOf<IOException>());
            Assert.That(() => Storage.EventFilesOf(nothing), Throws.InstanceOf<IOException>());
            Assert.That(() => Storage.OpenRead(nothing), Throws.InstanceOf<IOException>());
        }
    }

    [Test]
    public void Appended_data_is_read_at_any_position_while_the_file_grows()
    {
        using IEventFile file = Create(Run("run"), 0);
        file.Append([1, 2, 3]);
        using IStoredFile read = Storage.OpenRead(file.Path);
        Assert.That((read.Length, Read(read, 0, 10)), Is.EqualTo((3L, new byte[] { 1, 2, 3 })));
        file.Append([4, 5]);
        file.StartWriteBack();
        file.SyncToDisk();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(read.Length, Is.EqualTo(5));
            Assert.That(Read(read, 2, 2), Is.EqualTo(new byte[] { 3, 4 }));
            Assert.That(Read(read, 3, 10), Is.EqualTo(new byte[] { 4, 5 }));
            Assert.That(Read(read, 5, 10), Is.Empty);
            Assert.That(Read(read, 1000, 10), Is.Empty);
        }
    }

    [Test]
    public void A_file_is_written_atomically([Values] bool sync)
    {
        string path = Storage.Below(_root, "new/place/file.bin");
        Assert.That(() => Storage.WriteFile(path, Torn, sync), Throws.InvalidOperationException);
        Assert.That(() => Storage.OpenRead(path), Throws.InstanceOf<IOException>());

        Storage.WriteFile(path, file => file.Write([1, 2, 3]), sync);
        Assert.That(Bytes(path), Is.EqualTo(new byte[] { 1, 2, 3 }));
        Assert.That(() => Storage.WriteFile(path, Torn, sync), Throws.InvalidOperationException);
        Assert.That(Bytes(path), Is.EqualTo(new byte[] { 1, 2, 3 }));
        Storage.WriteFile(path, file => file.Write([4]), sync);
        Assert.That(Bytes(path), Is.EqualTo(new byte[] { 4 }));

        static void Torn(Stream file)
        {
            file.Write([9, 9]);
            throw new InvalidOperationException();
        }
    }

    [Test]
    public void Changes_of_a_shared_file_build_on_each_other_and_none_is_lost()
    {
        string path = Storage.Below(_root, "run/shared.txt");
        Parallel.For(0, 50, i => Storage.UpdateFile(path, text => $"{text}{i},"));
        Assert.That(() => Storage.UpdateFile(path, _ => throw new InvalidCastException()), Throws.InstanceOf<InvalidCastException>());

        string[] numbers = Encoding.UTF8.GetString(Bytes(path)).Split(',', StringSplitOptions.RemoveEmptyEntries);
        Assert.That(numbers.Select(int.Parse), Is.EquivalentTo(Enumerable.Range(0, 50)));
    }

    [Test]
    public void A_writer_writes_everything_there()
    {
        using (var writer = new SummaryWriter(_root, new SummaryWriterOptions { Storage = Storage }))
        {
            writer.AddScalar("loss", 1, 0);
            writer.AddScalars("loss", [("a", 2f), ("b", 3f)], 0);
            writer.AddEmbedding("points", [1f, 2f, 3f, 4f], 0, 2);
            using SummaryWriter run = writer.OpenSubRun("sub/run");
            run.AddScalar("loss", 4, 0);
            Assert.That(Storage.EventFilesOf(_root), Is.EqualTo([writer.FilePath]));
        }

        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                Storage.RunsBelow(_root).Select(run => run.Name), Is.EqualTo([".", "loss_a", "loss_b", "sub/run"]));
            Assert.That(Losses("."), Is.EqualTo([1f]));
            Assert.That(Losses("loss_a"), Is.EqualTo([2f]));
            Assert.That(Losses("loss_b"), Is.EqualTo([3f]));
            Assert.That(Losses("sub/run"), Is.EqualTo([4f]));
            Assert.That(
                Encoding.UTF8.GetString(Bytes(Storage.Below(_root, "00000/points/tensors.tsv"))),
                Is.EqualTo("1\t2\n3\t4\n"));
            Assert.That(
                Encoding.UTF8.GetString(Bytes(Storage.Below(_root, "projector_config.pbtxt"))),
                Does.Contain("tensor_path: \"00000/points/tensors.tsv\""));
        }
    }

    /// <summary>A new storage, and a path in it that does not exist yet.</summary>
    protected abstract (RunStorage Storage, string Root) Open();

    protected virtual void Close()
    {
    }

    /// <summary>Deletes a file, as another program would.</summary>
    protected abstract void Delete(string path);

    protected static byte[] Read(IStoredFile file, long position, int atMost)
    {
        byte[] bytes = new byte[atMost];
        int read = 0, last;
        while ((last = file.Read(bytes.AsSpan(read), position + read)) > 0)
            read += last;
        return bytes[..read];
    }

    protected string Run(string name) => name == "." ? _root : Storage.Below(_root, name);

    protected IEventFile Create(string run, int bytes)
    {
        IEventFile file = Storage.CreateEventFile(run, Now, "");
        file.Append(new byte[bytes]);
        return file;
    }

    protected string Create(string run, int bytes, DateTimeOffset now, string suffix = "")
    {
        using IEventFile file = Storage.CreateEventFile(run, now, suffix);
        file.Append(new byte[bytes]);
        return file.Path;
    }

    protected byte[] Bytes(string path)
    {
        using IStoredFile file = Storage.OpenRead(path);
        return Read(file, 0, (int)file.Length);
    }

    protected IEnumerable<float> Losses(string run) =>
        from file in Storage.EventFilesOf(Run(run))
        from payload in WrittenEvents.Records(Bytes(file))
        let e = Event.Parser.ParseFrom(payload)
        where e.Summary is not null
        select e.Summary.Value.Single(value => value.Tag == "loss").SimpleValue;
}
