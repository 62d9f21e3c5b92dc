using System.Text;
using TorchBoard.Protos;
using TorchBoard.Storage;

namespace TorchBoard.Tests.Storage;

/// <summary>The contract of every storage. Each storage has a fixture, which creates a new one for each test.</summary>
internal abstract class RunStorageContract
{
    private static readonly DateTimeOffset Now = DateTimeOffset.FromUnixTimeSeconds(1_700_000_000);

    private RunStorage _storage = null!;
    private string _root = null!;

    [SetUp]
    public void Begin()
    {
        (_storage, string root) = Open();
        _root = _storage.FullPath(root);
    }

    [TearDown]
    public void End() => Close();

    [Test]
    public void A_full_path_stays_what_it_is()
    {
        Assert.That(_storage.FullPath(_root), Is.EqualTo(_root));
        string below = _storage.Below(_root, "a/b");
        Assert.That(_storage.FullPath(below), Is.EqualTo(below));
    }

    [Test]
    public void Several_names_can_be_added_to_a_path_at_once() =>
        Assert.That(
            _storage.Below(_root, "a/b"), Is.EqualTo(_storage.Below(_storage.Below(_root, "a"), "b")).And.Not.EqualTo(_root));

    [Test]
    public void Runs_are_listed_with_their_names_in_ordinal_order()
    {
        string[] names = [".", "B", "a", "a/deep/down", "a2", "ä ö"];
        foreach (string name in names.Reverse())
            Create(Run(name), 1).Dispose();
        _storage.WriteFile(_storage.Below(_root, "no run/notes.txt"), file => file.Write([1]));

        Assert.That(
            _storage.RunsBelow(_root),
            Is.EqualTo(names.Select(name => (name, Run(name)))).Using<(string, string)>((x, y) => x == y));
    }

    [Test]
    public void Event_files_of_a_run_are_found_by_name_in_the_order_of_creation()
    {
        string run = Run("run");
        string[] made = [Create(run, 0, Now), Create(run, 0, Now), Create(run, 0, Now.AddHours(-1), ".suffix")];
        _storage.WriteFile(_storage.Below(run, "notes.txt"), file => file.Write([1]));
        Create(Run("run/below"), 1).Dispose();

        Assert.That(_storage.EventFilesOf(run), Is.EqualTo(made));
        Assert.That(made[2], Does.EndWith(".suffix"));
    }

    [Test]
    public void A_path_may_also_name_one_event_file()
    {
        string run = Run("run");
        string first = Create(run, 0, Now);
        Create(run, 0, Now);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(_storage.EventFilesOf(first), Is.EqualTo([first]));
            Assert.That(_storage.NameOf(first), Is.EqualTo("run"));
            Assert.That(_storage.NameOf(run), Is.EqualTo("run"));
        }
    }

    [Test]
    public void A_file_has_a_version_which_changes_with_its_content()
    {
        string file = _storage.Below(Run("run"), "notes.txt");
        Assert.That(_storage.VersionOf(file), Is.Null);
        _storage.WriteFile(file, stream => stream.Write("one"u8));
        string? first = _storage.VersionOf(file);
        Assert.That(first, Is.Not.Null.And.EqualTo(_storage.VersionOf(file)));
        _storage.WriteFile(file, stream => stream.Write("three"u8));
        Assert.That(_storage.VersionOf(file), Is.Not.Null.And.Not.EqualTo(first));
    }

    [Test]
    public void A_missing_path_is_an_IOException()
    {
        string nothing = _storage.Below(_root, "nothing");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(() => _storage.RunsBelow(nothing), Throws.InstanceOf<IOException>());
            Assert.That(() => _storage.EventFilesOf(nothing), Throws.InstanceOf<IOException>());
            Assert.That(() => _storage.OpenRead(nothing), Throws.InstanceOf<IOException>());
        }
    }

    [Test]
    public void Appended_data_is_read_at_any_position_while_the_file_grows()
    {
        using IEventFile file = Create(Run("run"), 0);
        using IStoredFile read = _storage.OpenRead(file.Path);
        Assert.That((read.Length, Read(read, 0, 10)), Is.EqualTo((0L, Array.Empty<byte>())));

        file.Append([1, 2, 3]);
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
    public void A_file_in_use_may_be_deleted_and_the_writer_detects_it()
    {
        using IEventFile file = Create(Run("run"), 10);
        using IStoredFile read = _storage.OpenRead(file.Path);
        Assert.That(file.IsGone, Is.False);
        Delete(file.Path);
        Assert.That(file.IsGone, Is.True);
    }

    [Test]
    public void Two_files_created_at_once_are_different()
    {
        string run = Run("run");
        string[] paths = [.. Enumerable.Range(0, 20).AsParallel().Select(_ => Create(run, 0, Now))];
        Assert.That(paths.Distinct().Count(), Is.EqualTo(20));
        Assert.That(_storage.EventFilesOf(run), Is.EquivalentTo(paths));
    }

    [Test]
    public void A_file_of_a_given_path_is_created_once()
    {
        string path = _storage.Below(_root, "new/events.tfevents");
        using (IEventFile file = _storage.CreateFile(path))
        {
            Assert.That(file.Path, Is.EqualTo(path));
            file.Append([1, 2, 3]);
        }

        Assert.That(() => _storage.CreateFile(path), Throws.InstanceOf<IOException>());
        Assert.That(Bytes(path), Is.EqualTo(new byte[] { 1, 2, 3 }));
    }

    [Test]
    public void A_released_file_continues_where_it_was()
    {
        using IEventFile file = Create(Run("run"), 3);
        file.Release();
        Assert.That(file.IsGone, Is.False);
        file.Append([1]);
        file.Release();
        file.SyncToDisk();

        Assert.That(Bytes(file.Path), Is.EqualTo(new byte[] { 0, 0, 0, 1 }));
        file.Release();
        Delete(file.Path);
        Assert.That(file.IsGone, Is.True);
    }

    [Test]
    public void A_file_is_written_atomically([Values] bool sync)
    {
        string path = _storage.Below(_root, "new/place/file.bin");
        Assert.That(() => _storage.WriteFile(path, Torn, sync), Throws.InvalidOperationException);
        Assert.That(() => _storage.OpenRead(path), Throws.InstanceOf<IOException>());

        _storage.WriteFile(path, file => file.Write([1, 2, 3]), sync);
        Assert.That(Bytes(path), Is.EqualTo(new byte[] { 1, 2, 3 }));
        Assert.That(() => _storage.WriteFile(path, Torn, sync), Throws.InvalidOperationException);
        Assert.That(Bytes(path), Is.EqualTo(new byte[] { 1, 2, 3 }));
        _storage.WriteFile(path, file => file.Write([4]), sync);
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
        string path = _storage.Below(_root, "run/shared.txt");
        Parallel.For(0, 50, i => _storage.UpdateFile(path, text => $"{text}{i},"));
        Assert.That(() => _storage.UpdateFile(path, _ => throw new InvalidCastException()), Throws.InstanceOf<InvalidCastException>());

        string[] numbers = Encoding.UTF8.GetString(Bytes(path)).Split(',', StringSplitOptions.RemoveEmptyEntries);
        Assert.That(numbers.Select(int.Parse), Is.EquivalentTo(Enumerable.Range(0, 50)));
    }

    [Test]
    public void A_writer_writes_everything_there()
    {
        using (var writer = new SummaryWriter(_root, new SummaryWriterOptions { Storage = _storage }))
        {
            writer.AddScalar("loss", 1, 0);
            writer.AddScalars("loss", [("a", 2f), ("b", 3f)], 0);
            writer.AddEmbedding("points", [1f, 2f, 3f, 4f], 0, 2);
            using SummaryWriter run = writer.OpenSubRun("sub/run");
            run.AddScalar("loss", 4, 0);
            Assert.That(_storage.EventFilesOf(_root), Is.EqualTo([writer.FilePath]));
        }

        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                _storage.RunsBelow(_root).Select(run => run.Name), Is.EqualTo([".", "loss_a", "loss_b", "sub/run"]));
            Assert.That(Losses("."), Is.EqualTo([1f]));
            Assert.That(Losses("loss_a"), Is.EqualTo([2f]));
            Assert.That(Losses("loss_b"), Is.EqualTo([3f]));
            Assert.That(Losses("sub/run"), Is.EqualTo([4f]));
            Assert.That(
                Encoding.UTF8.GetString(Bytes(_storage.Below(_root, "00000/points/tensors.tsv"))),
                Is.EqualTo("1\t2\n3\t4\n"));
            Assert.That(
                Encoding.UTF8.GetString(Bytes(_storage.Below(_root, "projector_config.pbtxt"))),
                Does.Contain("tensor_path: \"00000/points/tensors.tsv\""));
        }
    }

    [Test]
    public void A_writer_whose_file_is_deleted_continues_in_a_new_one()
    {
        using var writer = new SummaryWriter(_root, new SummaryWriterOptions { Storage = _storage });
        var told = new List<string>();
        writer.WriteFailed += (_, e) => told.Add(e.Path);
        writer.AddScalar("loss", 1, 0);
        writer.Flush();
        Delete(writer.FilePath);
        writer.AddScalar("loss", 2, 1);
        writer.Flush();

        Assert.That(Losses("."), Is.EqualTo([2f]));
        Assert.That(told, Is.EqualTo([writer.FilePath]));
    }

    /// <summary>A new storage, and a path in it that does not exist yet.</summary>
    protected abstract (RunStorage Storage, string Root) Open();

    protected virtual void Close()
    {
    }

    /// <summary>Deletes a file, as another program would.</summary>
    protected abstract void Delete(string path);

    private static byte[] Read(IStoredFile file, long position, int atMost)
    {
        byte[] bytes = new byte[atMost];
        int read = 0, last;
        while ((last = file.Read(bytes.AsSpan(read), position + read)) > 0)
            read += last;
        return bytes[..read];
    }

    private string Run(string name) => name == "." ? _root : _storage.Below(_root, name);

    private IEventFile Create(string run, int bytes)
    {
        IEventFile file = _storage.CreateEventFile(run, Now, "");
        file.Append(new byte[bytes]);
        return file;
    }

    private string Create(string run, int bytes, DateTimeOffset now, string suffix = "")
    {
        using IEventFile file = _storage.CreateEventFile(run, now, suffix);
        file.Append(new byte[bytes]);
        return file.Path;
    }

    private byte[] Bytes(string path)
    {
        using IStoredFile file = _storage.OpenRead(path);
        return Read(file, 0, (int)file.Length);
    }

    private IEnumerable<float> Losses(string run) =>
        from file in _storage.EventFilesOf(Run(run))
        from payload in WrittenEvents.Records(Bytes(file))
        let e = Event.Parser.ParseFrom(payload)
        where e.Summary is not null
        select e.Summary.Value.Single(value => value.Tag == "loss").SimpleValue;
}
