using TorchBoard.Pipeline;

namespace TorchBoard.Tests.Pipeline;

internal sealed class DeferredFilesTests
{
    [Test]
    public void Files_that_are_written_leave_no_record()
    {
        int written = 0;
        var files = new DeferredFiles(() => written++, size: 123, () => "points/tensors.tsv");
        Assert.That((files.Size, files.Path, files.IsTriedAgain), Is.EqualTo((123L, "points/tensors.tsv", true)));
        Assert.That((files.Encode().Length, written), Is.EqualTo((0, 1)));
    }

    [Test]
    public void Files_that_can_never_be_written_are_abandoned_at_the_sixteenth_attempt()
    {
        var cause = new IOException("It is a directory.");
        var files = new DeferredFiles(() => throw cause, 1, () => "x");
        for (int attempt = 1; attempt < 16; attempt++)
        {
            Assert.That(files.Encode, Throws.Exception.SameAs(cause), $"attempt {attempt}");
            Assert.That(files.IsTriedAgain);
        }

        Assert.That(
            files.Encode,
            Throws.InvalidOperationException.With.InnerException.SameAs(cause)
                .And.Message.EqualTo("It is a directory. These files are not written; the events are."));
        Assert.That(files.IsTriedAgain, Is.False);
    }

    // ENOSPC and EDQUOT of Linux, EDQUOT of macOS, and ERROR_HANDLE_DISK_FULL and ERROR_DISK_FULL of Windows.
    [TestCase(28)]
    [TestCase(122)]
    [TestCase(69)]
    [TestCase(unchecked((int)0x80070027))]
    [TestCase(unchecked((int)0x80070070))]
    public void A_full_disk_is_waited_for(int error)
    {
        bool isFull = true;
        var files = new DeferredFiles(() => _ = isFull ? throw new IOException("full", error) : 0, 1, () => "x");
        for (int attempt = 0; attempt < 50; attempt++)
            Assert.That(files.Encode, Throws.InstanceOf<IOException>());
        isFull = false;
        Assert.That(files.Encode(), Is.Empty);
    }
}
