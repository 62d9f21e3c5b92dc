using System.IO.Hashing;
using TorchBoard.Storage.Local;

namespace TorchBoard.Tests.Storage;

/// <summary>Data whose sync failed is moved to another file: exactly what was appended, or nothing.</summary>
internal sealed class LocalEventFileTests
{
    // More than is moved at once, and not a multiple of it.
    private static readonly byte[] Appended = [.. Enumerable.Range(0, (1 << 20) + 300).Select(i => (byte)(i * 7))];

    [Test]
    public void A_torn_record_after_the_data_is_not_moved()
    {
        using var directory = new TestDirectory();
        using LocalEventFile file = Written(directory);
        using (FileStream torn = new(file.Path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite))
            torn.Write(new byte[500]);

        var moved = new List<byte>();
        Assert.That(file.TryMoveUnsynced(XxHash3.HashToUInt64(Appended), bytes => moved.AddRange(bytes)), Is.True);
        Bytes.AssertEqual(moved.ToArray(), Appended);
    }

    [Test]
    public void Data_that_is_truncated_while_it_is_moved_is_reported()
    {
        using var directory = new TestDirectory();
        using LocalEventFile file = Written(directory);
        ulong hash = XxHash3.HashToUInt64(Appended);
        int calls = 0;
        Assert.That(
            () => file.TryMoveUnsynced(hash, _ => throw new IOException($"call {++calls}")), Throws.TypeOf<IOException>());
        Assert.That(file.TryMoveUnsynced(hash, _ => Truncate(file.Path)), Is.False);

        static void Truncate(string path)
        {
            using FileStream stream = new(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
            stream.SetLength(100);
        }
    }

    private static LocalEventFile Written(string directory)
    {
        LocalEventFile file = LocalEventFile.Create(directory, DateTimeOffset.UnixEpoch, "");
        file.Append(Appended);
        return file;
    }
}
