using System.Globalization;
using System.IO.Hashing;
using TorchBoard.Storage;
using TorchBoard.Storage.Local;

namespace TorchBoard.Tests.Storage;

/// <summary>
/// An event file notices what others do to it. Data whose sync failed is moved to another file: exactly what was appended,
/// or nothing.
/// </summary>
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
        Assert.That(
            file.TryMoveUnsynced(hash, _ => Change(file.Path, stream => stream.SetLength(100))), Is.False);
    }

    [Test]
    public void Data_that_the_disk_changed_is_not_moved()
    {
        using var directory = new TestDirectory();
        using LocalEventFile file = Written(directory);
        Change(file.Path, stream => stream.WriteByte((byte)(Appended[0] + 1)));
        AssertNothingMoves(file);
    }

    [Test]
    public void Data_that_was_truncated_or_deleted_before_is_not_moved([Values] bool deleted)
    {
        using var directory = new TestDirectory();
        using LocalEventFile file = Written(directory);
        if (deleted)
            File.Delete(file.Path);
        else
            Change(file.Path, stream => stream.SetLength(Appended.Length - 1));
        AssertNothingMoves(file);
    }

    [Test]
    public void A_move_that_failed_continues_where_it_was()
    {
        using var directory = new TestDirectory();
        using LocalEventFile file = Written(directory);
        var moved = new List<byte>();
        ulong hash = XxHash3.HashToUInt64(Appended);
        Assert.That(() => file.TryMoveUnsynced(hash, MoveOnce), Throws.TypeOf<IOException>());
        Assert.That(moved, Is.Not.Empty.And.Count.LessThan(Appended.Length));
        Assert.That(File.Exists(file.Path));

        Assert.That(file.TryMoveUnsynced(hash, bytes => moved.AddRange(bytes)), Is.True);
        Bytes.AssertEqual(moved.ToArray(), Appended);

        void MoveOnce(ReadOnlySpan<byte> bytes)
        {
            if (moved.Count > 0)
                throw new IOException("full");
            moved.AddRange(bytes);
        }
    }

    [Test]
    public void No_reader_finds_moved_data_twice()
    {
        using var directory = new TestDirectory();
        using LocalEventFile file = Written(directory);
        Assert.That(file.TryMoveUnsynced(XxHash3.HashToUInt64(Appended), _ => { }), Is.True);
        Assert.That(File.Exists(file.Path), Is.False, "nothing of it is on the disk");
    }

    [Test]
    public void Data_that_was_synced_stays_and_only_the_rest_is_moved()
    {
        using var directory = new TestDirectory();
        using LocalEventFile file = Written(directory);
        file.SyncToDisk();
        file.Append([1, 2, 3]);
        var moved = new List<byte>();
        Assert.That(file.TryMoveUnsynced(XxHash3.HashToUInt64([1, 2, 3]), bytes => moved.AddRange(bytes)), Is.True);

        Assert.That(moved, Is.EqualTo(new byte[] { 1, 2, 3 }));
        file.Dispose();
        Bytes.AssertEqual(File.ReadAllBytes(file.Path), Appended);
    }

    [Test]
    public void A_file_that_others_truncate_replace_or_rename_is_gone([Values] bool released, [Range(0, 3)] int change)
    {
        using var directory = new TestDirectory();
        using LocalEventFile file = LocalEventFile.Create(directory, DateTimeOffset.UnixEpoch, "");
        file.Append([1, 2, 3]);
        string path = file.Path;
        if (released)
            file.Release();
        Assert.That(file.IsGone, Is.False);
        switch (change)
        {
            case 0:
                Change(path, stream => stream.SetLength(2));
                break;
            case 1:
                File.Delete(path);
                CreateAnother(path);
                break;
            case 2:
                File.Move(path, path + ".old");
                break;
            default:
                File.Move(path, path + ".old");
                CreateAnother(path);
                break;
        }

        Assert.That(file.IsGone, Is.True);
        if (released)
            Assert.That(() => file.Append([4]), Throws.InstanceOf<IOException>());

        // Of the same length, and created at another time.
        static void CreateAnother(string path)
        {
            File.WriteAllBytes(path, [7, 7, 7]);
            File.SetLastWriteTimeUtc(path, DateTime.UnixEpoch);
        }
    }

    [Test]
    public void A_file_that_others_extend_is_still_there()
    {
        using var directory = new TestDirectory();
        using LocalEventFile file = LocalEventFile.Create(directory, DateTimeOffset.UnixEpoch, "");
        file.Append([1, 2, 3]);
        Change(file.Path, stream => stream.SetLength(10));
        Assert.That(file.IsGone, Is.False);
    }

    [Test]
    public void A_run_has_others_where_event_files_were_before()
    {
        using var directory = new TestDirectory();
        File.WriteAllText(Path.Combine(directory, "notes.txt"), "");
        using LocalEventFile first = LocalEventFile.Create(directory, DateTimeOffset.UnixEpoch, "");
        using LocalEventFile second = LocalEventFile.Create(directory, DateTimeOffset.UnixEpoch, "");
        using LocalEventFile named = LocalEventFile.CreateAt(Path.Combine(directory, "x.tfevents"));
        Assert.That((first.HasOthers, second.HasOthers, named.HasOthers), Is.EqualTo((false, true, false)));
        Assert.That(string.CompareOrdinal(second.Path, first.Path), Is.Positive);
    }

    // A directory is not among the event files but takes its name, as a file does that appears meanwhile.
    [Test]
    public void Names_that_others_take_meanwhile_are_passed_over()
    {
        using var directory = new TestDirectory();
        int first = TakeNames(directory, 60);
        using LocalEventFile file = LocalEventFile.Create(directory, DateTimeOffset.UnixEpoch, "");
        Assert.That(Number(file.Path), Is.GreaterThanOrEqualTo(first + 60));
    }

    [Test]
    public void A_directory_in_which_every_name_is_taken_is_reported()
    {
        using var directory = new TestDirectory();
        TakeNames(directory, 2000);
        Assert.That(
            () => LocalEventFile.Create(directory, DateTimeOffset.UnixEpoch, ""), Throws.InstanceOf<IOException>());
        Assert.That(Directory.EnumerateFiles(directory), Is.Empty);
    }

    private static void AssertNothingMoves(LocalEventFile file)
    {
        int calls = 0;
        Assert.That(file.TryMoveUnsynced(XxHash3.HashToUInt64(Appended), _ => calls++), Is.False);
        Assert.That(calls, Is.Zero);
    }

    private static void Change(string path, Action<FileStream> change)
    {
        using FileStream stream = new(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
        change(stream);
    }

    // Takes the next names of this process and returns the number of the first.
    private static int TakeNames(string directory, int count)
    {
        string name = EventFileName.Next(null, DateTimeOffset.UnixEpoch, "");
        int first = Number(name) + 1;
        string start = name[..(name.LastIndexOf('.') + 1)];
        for (int number = first; number < first + count; number++)
            Directory.CreateDirectory(Path.Combine(directory, start + EventFileName.Digits(number, 4)));
        return first;
    }

    private static int Number(string name) =>
        int.Parse(name.AsSpan(name.LastIndexOf('.') + 1), CultureInfo.InvariantCulture);

    private static LocalEventFile Written(string directory)
    {
        LocalEventFile file = LocalEventFile.Create(directory, DateTimeOffset.UnixEpoch, "");
        file.Append(Appended);
        return file;
    }
}
