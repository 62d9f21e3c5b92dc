using Microsoft.Win32.SafeHandles;
using TorchBoard.Storage;
using TorchBoard.Tests.Storage;

namespace TorchBoard.Tests.Faults;

/// <summary>Disks that are full, missing or modified by others; real ones, as far as the machine allows.</summary>
internal sealed class DiskTests
{
    [Test]
    [Platform("Linux", Reason = "mounts a small file system in memory")]
    public void A_full_disk_is_reported_once_and_everything_is_written_when_there_is_room_again()
    {
        using var directory = new TestDirectory();
        Shell.MountOrIgnore("-t", "tmpfs", "-o", "size=1m", "tmpfs", directory);
        try
        {
            using Victim victim = Victim.Start("fill", Path.Combine(directory, "run"));
            long added = long.Parse(victim.ReadLine()!.Split(' ')[1]);
            Assert.That(victim.ReadLine(), Is.EqualTo("flush failed"));

            Assert.That(Shell.Try("mount", "-o", "remount,size=256m", directory));
            victim.WriteLine();
            Assert.That(victim.ReadLine(), Is.EqualTo("told 1 dropped 0"));
            victim.WaitForExit();

            Assert.That(victim.ExitCode, Is.Zero);
            Assert.That(
                WrittenEvents.Scalars(Path.Combine(directory, "run"), "loss/train").Select(point => point.Step),
                Is.EqualTo(Enumerable.Range(0, (int)added).Select(i => (long)i)));
        }
        finally
        {
            Shell.Try("umount", directory);
        }
    }

    [Test]
    [Platform("Linux", Reason = "mounts a small file system in memory")]
    public void A_full_disk_that_also_receives_standard_error_does_not_end_the_program()
    {
        using var directory = new TestDirectory();
        Shell.MountOrIgnore("-t", "tmpfs", "-o", "size=1m", "tmpfs", directory);
        try
        {
            string run = Path.Combine(directory, "run");
            using Victim victim = Victim.Start(
                "fill-untold", run, shellPrefix: $"exec 2>'{Path.Combine(directory, "errors")}'");
            long added = long.Parse(victim.ReadLine()!.Split(' ')[1]) + 10;

            Assert.That(Shell.Try("mount", "-o", "remount,size=256m", directory));
            victim.WriteLine();
            Assert.That(victim.ReadLine(), Is.EqualTo("dropped 0"));
            victim.WaitForExit();

            Assert.That(victim.ExitCode, Is.Zero);
            Assert.That(WrittenEvents.Scalars(run, "loss/train").Count(), Is.EqualTo(added));
        }
        finally
        {
            Shell.Try("umount", directory);
        }
    }

    [Test]
    [Platform("Linux", Reason = "mounts a directory read-only")]
    public void A_directory_that_becomes_read_only_is_reported_once_and_written_when_it_is_writable_again()
    {
        using var directory = new TestDirectory();
        string run = Path.Combine(directory, "run");
        using var writer = new SummaryWriter(run);
        int failed = 0, recovered = 0;
        writer.WriteFailed += (_, _) => failed++;
        writer.WriteRecovered += (_, _) => recovered++;
        writer.AddScalar("x", 0, 0);
        writer.Flush();
        Shell.MountOrIgnore("--bind", run, run);
        Assert.That(Shell.Try("mount", "-o", "remount,ro,bind", run));
        try
        {
            // The open file continues; a new one cannot be created.
            using SummaryWriter later = writer.OpenSubRun("later");
            later.AddScalar("x", 1, 0);
            writer.AddScalar("x", 1, 1);
            Assert.That(writer.Flush, Throws.InstanceOf<IOException>());
            Assert.That(writer.Flush, Throws.InstanceOf<IOException>());
            Assert.That(WrittenEvents.Scalars(run, "x").Count(), Is.EqualTo(2));
        }
        finally
        {
            Shell.Try("umount", run);
        }

        writer.Flush();
        Assert.That(WrittenEvents.Scalars(Path.Combine(run, "later"), "x"), Is.EqualTo(new[] { (0L, 1f) }));
        Assert.That((failed, recovered, writer.DroppedEvents), Is.EqualTo((1, 1, 0L)));
    }

    [Test]
    [Platform("Unix", Reason = "ulimit")]
    public void A_quota_stops_writing_but_not_the_program()
    {
        using var directory = new TestDirectory();
        using Victim victim = Victim.Start("fill", directory, shellPrefix: "ulimit -f 512");
        long added = long.Parse(victim.ReadLine()!.Split(' ')[1]);
        Assert.That(victim.ReadLine(), Is.EqualTo("flush failed"));
        victim.Kill();
        victim.WaitForExit();

        List<byte[]> records =
            WrittenEvents.WholeRecords(File.ReadAllBytes(directory.EventFiles().Single()), out int torn);
        Assert.That(records, Has.Count.InRange(2, added));
        Assert.That(torn, Is.Zero, "the torn record was cut off");
    }

    [Test]
    [Platform("Linux", Reason = "/dev/full")]
    public void A_device_that_is_always_full_does_not_affect_the_program()
    {
        int told = 0;
        var writer = new SummaryWriter("unused", new SummaryWriterOptions
        {
            FlushInterval = Timeout.InfiniteTimeSpan,
            FlushTimeout = TimeSpan.FromMilliseconds(100),
            Storage = new StorageOf(_ => new FullDevice()),
        });
        writer.WriteFailed += (_, e) =>
        {
            if (e.DroppedEvents == 0)
                told++;
        };
        for (int step = 0; step < 1000; step++)
            writer.AddScalar("x", step, step);
        Assert.That(writer.Flush, Throws.InstanceOf<IOException>());
        Assert.That(writer.Flush, Throws.InstanceOf<IOException>());
        writer.Dispose();

        Assert.That(told, Is.EqualTo(1));
        Assert.That(writer.DroppedEvents, Is.EqualTo(1000));
    }

    [Test]
    [Platform("Unix", Reason = "an open file can be deleted")]
    public void A_run_whose_directory_was_deleted_continues_in_a_new_file()
    {
        using var directory = new TestDirectory();
        string run = Path.Combine(directory, "run");
        using var writer = new SummaryWriter(run);
        var failures = new List<string>();
        writer.WriteFailed += (_, e) => failures.Add(e.Exception.Message);
        writer.AddScalar("x", 1, 0);
        writer.Flush();

        Directory.Delete(run, recursive: true);
        writer.AddScalar("x", 2, 1);
        writer.Flush();

        Assert.That(WrittenEvents.InRun(run)[0].FileVersion, Is.EqualTo("brain.Event:2"));
        Assert.That(WrittenEvents.Scalars(run, "x"), Is.EqualTo(new[] { (1L, 2f) }));
        Assert.That(failures, Has.Count.EqualTo(1).And.One.Contains("deleted"));
    }

    [Test]
    [Platform("Unix", Reason = "an open file can be replaced")]
    public void A_file_that_was_replaced_is_not_touched([Values] bool isLonger)
    {
        // The length alone does not reveal a longer file.
        if (isLonger && !OperatingSystem.IsLinux())
            Assert.Ignore("Only Linux says which file is open.");
        string other = new('o', isLonger ? 1000 : 5);
        using var directory = new TestDirectory();
        using var writer = new SummaryWriter(directory);
        writer.WriteFailed += (_, _) => { };
        writer.AddScalar("x", 1, 0);
        writer.Flush();
        File.Delete(writer.FilePath);
        File.WriteAllText(writer.FilePath, other);

        writer.AddScalar("x", 2, 1);
        writer.Flush();

        Assert.That(File.ReadAllText(writer.FilePath), Is.EqualTo(other));
        string next = directory.EventFiles().Single(file => file != writer.FilePath);
        Assert.That(WrittenEvents.InFile(next)[1].Step, Is.EqualTo(1));
    }

    private sealed class FullDevice : IEventFile
    {
        private readonly SafeFileHandle _handle = File.OpenHandle("/dev/full", FileMode.Open, FileAccess.Write);
        private bool _opened;

        public string Path => "/dev/full";

        public bool IsGone => false;

        public void Append(ReadOnlySpan<byte> records)
        {
            // The constructor of a writer rejects a destination that does not accept the first event.
            if (_opened)
                RandomAccess.Write(_handle, records, 0);
            _opened = true;
        }

        public void SyncToDisk()
        {
        }

        public void Dispose() => _handle.Dispose();
    }
}
