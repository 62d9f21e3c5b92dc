using TorchBoard.Storage.Local;

namespace TorchBoard.Tests.Storage;

[Platform(Exclude = "Win", Reason = "There, files have no such status.")]
internal sealed class FileStatusTests
{
    private TestDirectory _directory = null!;

    [SetUp]
    public void Create() => _directory = new TestDirectory();

    [TearDown]
    public void Delete() => _directory.Dispose();

    [Test]
    public void Each_type_of_file_has_a_name()
    {
        File.WriteAllBytes(At("file"), []);
        HostileFiles.MakePipe(At("pipe"));
        HostileFiles.MakeSocket(At("socket"));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(TypeOf(At("file")), Is.EqualTo(("a regular file", true)));
            Assert.That(TypeOf(_directory), Is.EqualTo(("a directory", false)));
            Assert.That(TypeOf(At("pipe")), Is.EqualTo(("a named pipe", false)));
            Assert.That(TypeOf(At("socket")), Is.EqualTo(("a socket", false)));
            Assert.That(TypeOf("/dev/null"), Is.EqualTo(("a device", false)));
        }
    }

    // The numbers of S_IFBLK and of no type in sys/stat.h. A block device cannot be made without rights.
    [TestCase(0x6000, "a device")]
    [TestCase(0xA000, "a special file")]
    [TestCase(0x81A4, "a regular file")]
    public void A_mode_contains_the_type(int mode, string expected) =>
        Assert.That(new FileStatus(1, 2, mode).TypeName, Is.EqualTo(expected));

    [Test]
    public void All_names_of_a_file_have_its_identity_and_no_other_file_has_it()
    {
        File.WriteAllBytes(At("file"), []);
        File.WriteAllBytes(At("other"), []);
        File.CreateSymbolicLink(At("link"), "file");
        Directory.CreateSymbolicLink(At("here"), ".");
        FileStatus? file = FileStatus.Of(At("file"));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(file, Is.Not.Null);
            Assert.That(FileStatus.Of(At("link")), Is.EqualTo(file));
            Assert.That(FileStatus.Of(At("here/file")), Is.EqualTo(file));
            Assert.That(FileStatus.Of(At("other"))?.Inode, Is.Not.EqualTo(file?.Inode));
            Assert.That(FileStatus.Of(At("other"))?.Device, Is.EqualTo(file?.Device));
            Assert.That(FileStatus.Of("/dev/null")?.Device, Is.Not.EqualTo(file?.Device));
        }
    }

    [Test]
    public void A_missing_file_has_no_status()
    {
        File.CreateSymbolicLink(At("link"), "missing");
        Assert.That(FileStatus.Of(At("missing")), Is.Null);
        Assert.That(FileStatus.Of(At("link")), Is.Null);
    }

    private static (string? Name, bool? IsRegularFile) TypeOf(string path)
    {
        FileStatus? status = FileStatus.Of(path);
        return (status?.TypeName, status?.IsRegularFile);
    }

    private string At(string name) => Path.Combine(_directory, name);
}
