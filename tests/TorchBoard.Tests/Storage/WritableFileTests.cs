using TorchBoard.Storage.Local;

namespace TorchBoard.Tests.Storage;

/// <summary>Every error of the system is an exception with the file and the reason.</summary>
internal sealed class WritableFileTests
{
    private TestDirectory _directory = null!;

    [SetUp]
    public void Create() => _directory = new TestDirectory();

    [TearDown]
    public void Delete() => _directory.Dispose();

    [Test]
    public void Bytes_are_written_at_a_position_and_the_file_can_be_cut()
    {
        using WritableFile file = WritableFile.Create(At("new"));
        file.Write([1, 2, 3], 0);
        file.Write([9, 8], 1);
        file.Write([], 100);
        file.SyncToDisk();
        Assert.That(Read("new"), Is.EqualTo(new byte[] { 1, 9, 8 }));
        file.SetLength(2);
        Assert.That(Read("new"), Is.EqualTo(new byte[] { 1, 9 }));
    }

    [Test]
    public void An_existing_file_is_opened_and_keeps_its_content()
    {
        File.WriteAllBytes(At("old"), [1, 2, 3]);
        using WritableFile file = WritableFile.OpenExisting(At("old"));
        file.Write([4], 3);
        Assert.That(Read("old"), Is.EqualTo(new byte[] { 1, 2, 3, 4 }));
        Assert.That(() => WritableFile.OpenExisting(At("missing")), Throws.TypeOf<FileNotFoundException>());
    }

    [Test]
    public void A_name_that_is_taken_is_refused_and_its_file_stays([Values(0, 3)] int length)
    {
        File.WriteAllBytes(At("taken"), new byte[length]);
        IOException? error = Assert.Catch<IOException>(() => WritableFile.Create(At("taken")).Dispose());
        Assert.That(WritableFile.IsTaken(error!));
        Assert.That(Read("taken"), Has.Length.EqualTo(length));
    }

    [Test]
    public void A_name_in_no_directory_is_not_taken()
    {
        Exception? error = Assert.Catch(() => WritableFile.Create(At("missing/new")).Dispose());
        Assert.That(error, Is.InstanceOf<IOException>());
        Assert.That(WritableFile.IsTaken(error!), Is.False);
    }

    // ERROR_FILE_EXISTS and ERROR_ALREADY_EXISTS of Windows, and EEXIST of Unix.
    [TestCase(unchecked((int)0x80070050), true)]
    [TestCase(unchecked((int)0x800700B7), true)]
    [TestCase(17, true)]
    [TestCase(2, false)]
    public void A_taken_name_is_recognized_by_the_system_s_error(int error, bool expected) =>
        Assert.That(WritableFile.IsTaken(new IOException("", error)), Is.EqualTo(expected));

    [Test]
    public void A_closed_file_can_be_closed_again()
    {
        WritableFile file = WritableFile.Create(At("new"));
        file.Dispose();
        file.Dispose();
        Assert.That(file.Handle.IsClosed);
        Assert.That(() => file.Write([1], 0), Throws.TypeOf<ObjectDisposedException>());
    }

    [Test]
    [Platform("Linux", Reason = "its device that is always full")]
    public void A_full_disk_is_reported()
    {
        using WritableFile file = WritableFile.OpenExisting("/dev/full");
        Assert.That(
            () => file.Write([1], 0),
            Throws.TypeOf<IOException>().With.Message.EqualTo("'/dev/full' cannot be written: No space left on device."));
    }

    [Test]
    [Platform("Linux", Reason = "its messages")]
    public void What_a_device_does_not_support_is_reported()
    {
        using WritableFile file = WritableFile.OpenExisting("/dev/null");
        Assert.That(
            () => file.SetLength(5),
            Throws.TypeOf<IOException>().With.Message.EqualTo("'/dev/null' cannot be truncated: Invalid argument.")
                .And.Property(nameof(Exception.HResult)).EqualTo(22));
        Assert.That(
            file.SyncToDisk,
            Throws.TypeOf<IOException>().With.Message.EqualTo(
                "'/dev/null' cannot be written to the disk: Invalid argument."));
    }

    [Test]
    [Platform("Linux", Reason = "its messages")]
    public void A_directory_is_synced_and_a_missing_one_reported()
    {
        Assert.That(() => UnixFile.SyncDirectory(_directory), Throws.Nothing);
        Assert.That(() => UnixFile.SyncDirectory("/proc"), Throws.Nothing, "a file system with nothing to wait for");
        Assert.That(
            () => UnixFile.SyncDirectory(At("missing")),
            Throws.TypeOf<IOException>().With.Message.EqualTo(
                $"'{At("missing")}' cannot be opened: No such file or directory."));
    }

    private string At(string name) => Path.Combine(_directory, name);

    private byte[] Read(string name)
    {
        using FileStream file = new(At(name), FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        byte[] content = new byte[file.Length];
        file.ReadExactly(content);
        return content;
    }
}
