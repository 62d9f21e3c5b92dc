using TorchBoard.Storage;

namespace TorchBoard.Tests.Storage;

/// <summary>
/// What holds in addition where readers see at once what is written, and the writer what others do: not in an object store.
/// </summary>
internal abstract class ImmediateStorageContract : RunStorageContract
{
    [Test]
    public void A_new_file_is_there_before_it_has_data()
    {
        using IEventFile file = Create(Run("run"), 0);
        using IStoredFile read = Storage.OpenRead(file.Path);
        Assert.That((read.Length, Read(read, 0, 10)), Is.EqualTo((0L, Array.Empty<byte>())));
        file.Append([1, 2, 3]);
        Assert.That((read.Length, Read(read, 0, 10)), Is.EqualTo((3L, new byte[] { 1, 2, 3 })));
    }

    [Test]
    public void A_file_in_use_may_be_deleted_and_the_writer_detects_it()
    {
        using IEventFile file = Create(Run("run"), 10);
        using IStoredFile read = Storage.OpenRead(file.Path);
        Assert.That(file.IsGone, Is.False);
        Delete(file.Path);
        Assert.That(file.IsGone, Is.True);
    }

    [Test]
    public void A_file_of_a_given_path_is_created_once()
    {
        string path = Storage.Below(Run("."), "new/events.tfevents");
        using (IEventFile file = Storage.CreateFile(path))
        {
            Assert.That(file.Path, Is.EqualTo(path));
            file.Append([1, 2, 3]);
        }

        Assert.That(() => Storage.CreateFile(path), Throws.InstanceOf<IOException>());
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
    public void A_writer_whose_file_is_deleted_continues_in_a_new_one()
    {
        using var writer = new SummaryWriter(Run("."), new SummaryWriterOptions { Storage = Storage });
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

    [Test]
    public void Event_files_of_a_run_are_found_by_name_in_the_order_of_creation()
    {
        string run = Run("run");
        string[] made = [Create(run, 1, Now), Create(run, 1, Now), Create(run, 1, Now.AddHours(-1), ".suffix")];
        Storage.WriteFile(Storage.Below(run, "notes.txt"), file => file.Write([1]));
        Create(Run("run/below"), 1).Dispose();

        Assert.That(Storage.EventFilesOf(run), Is.EqualTo(made));
        Assert.That(made[2], Does.EndWith(".suffix"));
    }

    [Test]
    public void Two_files_created_at_once_are_different()
    {
        string run = Run("run");
        string[] paths = [.. Enumerable.Range(0, 20).AsParallel().Select(_ => Create(run, 1, Now))];
        Assert.That(paths.Distinct().Count(), Is.EqualTo(20));
        Assert.That(Storage.EventFilesOf(run), Is.EquivalentTo(paths));
    }
}
