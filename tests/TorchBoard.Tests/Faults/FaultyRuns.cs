using TorchBoard.Storage;
using TorchBoard.Storage.Local;
using TorchBoard.Tests.Storage;

namespace TorchBoard.Tests.Faults;

/// <summary>Runs with faults; each fault is real.</summary>
internal static class FaultyRuns
{
    private const string Tag = "loss/train";

    /// <summary>Each fault writes a run, whose value at each step is the step unless stated otherwise.</summary>
    public static IEnumerable<TestCaseData<Func<string, Left>>> All =>
    [
        Named("killed", Killed),
        Named("unhandled exception", UnhandledException),
        Named("disk full and freed", FullDisk),
        Named("quota", Quota),
        Named("directory deleted", DeletedDirectory),
        Named("file replaced", ReplacedFile),
        Named("directory read-only", ReadOnlyDirectory),
        Named("clock leaps", ClockLeaps),
        Named("suspended", Suspended),
        Named("storage lost for good", LostStorage),
        Named("program replaced by itself", ReplacedProgram),
    ];

    private static TestCaseData<Func<string, Left>> Named(string name, Func<string, Left> fault) =>
        new TestCaseData<Func<string, Left>>(fault).SetArgDisplayNames(name);

    private static Left Killed(string run)
    {
        using Victim victim = Victim.Start("beat", run);
        victim.WriteLine("1000");
        victim.ReadLine();
        Assert.That(() => Written(run).Count, Is.EqualTo(1000).After(30_000, 10));
        victim.WriteLine("1000000");
        victim.Kill();
        victim.WaitForExit();
        return new Left(0, Written(run).Count);
    }

    private static Left UnhandledException(string run)
    {
        using Victim victim = Victim.Start("throw", run);
        victim.WaitForExit();
        return new Left(0, 1000);
    }

    private static Left FullDisk(string run)
    {
        string disk = Directory.CreateDirectory(run + "-disk").FullName;
        Shell.MountOrIgnore("-t", "tmpfs", "-o", "size=256k", "tmpfs", disk);
        try
        {
            using Victim victim = Victim.Start("fill", Path.Combine(disk, "run"));
            long added = long.Parse(victim.ReadLine()!.Split(' ')[1]);
            Assert.That(victim.ReadLine(), Is.EqualTo("flush failed"));
            Assert.That(Shell.Try("mount", "-o", "remount,size=64m", disk));
            victim.WriteLine();
            victim.ReadLine();
            victim.WaitForExit();

            Directory.CreateDirectory(run);
            foreach (string file in Directory.GetFiles(Path.Combine(disk, "run")))
                File.Copy(file, Path.Combine(run, Path.GetFileName(file)));
            return new Left(0, added);
        }
        finally
        {
            Shell.Try("umount", disk);
        }
    }

    private static Left Quota(string run)
    {
        using Victim victim = Victim.Start("fill", run, shellPrefix: "ulimit -f 64");
        victim.ReadLine();
        Assert.That(victim.ReadLine(), Is.EqualTo("flush failed"));
        victim.Kill();
        victim.WaitForExit();
        return new Left(0, Written(run).Count);
    }

    private static Left DeletedDirectory(string run)
    {
        using SummaryWriter writer = Silent(run, new SummaryWriterOptions());
        Add(writer, 0, 100);
        Directory.Delete(run, recursive: true);
        Add(writer, 100, 200);
        return new Left(100, 200);
    }

    // As programs do that copy a directory or save a file: replaces it by another of the same name and content.
    private static Left ReplacedFile(string run)
    {
        using SummaryWriter writer = Silent(run, new SummaryWriterOptions());
        Add(writer, 0, 100);
        string copy = Path.Combine(Path.GetDirectoryName(run)!, "copy");
        File.Copy(writer.FilePath, copy);
        File.Move(copy, writer.FilePath, overwrite: true);
        Add(writer, 100, 200);
        return new Left(0, 200);
    }

    private static Left ReadOnlyDirectory(string run)
    {
        using SummaryWriter writer = Silent(run, new SummaryWriterOptions());
        Add(writer, 0, 100);
        File.Delete(writer.FilePath);
        Shell.MountOrIgnore("--bind", run, run);
        try
        {
            Assert.That(Shell.Try("mount", "-o", "remount,ro,bind", run));
            Assert.That(() => Add(writer, 100, 200), Throws.InstanceOf<IOException>());
        }
        finally
        {
            Shell.Try("umount", run);
        }

        Add(writer, 200, 300);
        return new Left(100, 300);
    }

    private static Left ClockLeaps(string run)
    {
        var start = new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
        var clock = new SetClock { Now = start };
        using (SummaryWriter writer = Silent(run, new SummaryWriterOptions { TimeProvider = clock }))
        {
            for (int i = 0; i < 4; i++)
            {
                clock.Now = start.AddHours(((double[])[0, 9, -9, 1])[i]);
                Add(writer, i * 50, (i + 1) * 50);
            }
        }

        clock.Now = start.AddDays(-1);
        return new Left(0, 200) { Clock = clock };
    }

    private static Left Suspended(string run)
    {
        using Victim victim = Victim.Start("beat", run);
        victim.WriteLine("100");
        victim.ReadLine();
        victim.Suspend();
        victim.WriteLine("100");
        victim.Send("CONT");
        victim.ReadLine();
        victim.Send("TERM");
        victim.WaitForExit();
        return new Left(0, 200);
    }

    private static Left LostStorage(string run)
    {
        Losable? file = null;
        SummaryWriter writer = Silent(run, new SummaryWriterOptions
        {
            FlushTimeout = TimeSpan.FromMilliseconds(100),
            Storage = new StorageOf(_ => file = new Losable(LocalEventFile.Create(run, TimeProvider.System.GetUtcNow(), ""))),
        });
        Add(writer, 0, 100);
        file!.IsLost = true;
        Assert.That(() => Add(writer, 100, 200), Throws.InstanceOf<IOException>());
        writer.Dispose();
        return new Left(0, 100);
    }

    private static Left ReplacedProgram(string run)
    {
        using Victim victim = Victim.Start("replace", run);
        victim.WaitForExit();
        return new Left(0, 105) { Value = step => Math.Min(step / 10, 9) };
    }

    private static SummaryWriter Silent(string run, SummaryWriterOptions options)
    {
        var writer = new SummaryWriter(run, options with { FlushInterval = Timeout.InfiniteTimeSpan });
        writer.WriteFailed += (_, _) => { };
        return writer;
    }

    private static void Add(SummaryWriter writer, int from, int to)
    {
        for (int step = from; step < to; step++)
            writer.AddScalar(Tag, step, step);
        writer.Flush();
    }

    private static List<long> Written(string run) =>
    [
        .. WrittenEvents.WholeRecords(File.ReadAllBytes(Directory.GetFiles(run).Single()), out _)
            .Select(Protos.Event.Parser.ParseFrom).Where(e => e.Summary is not null).Select(e => e.Step),
    ];

    /// <summary>The steps that a fault left of a run, from the first to before the end.</summary>
    public sealed record Left(long First, long End)
    {
        public Func<long, double> Value { get; init; } = step => step;

        /// <summary>The clock used to resume the run.</summary>
        public TimeProvider Clock { get; init; } = TimeProvider.System;
    }

    /// <summary>A file whose storage fails in its own way.</summary>
    private sealed class Losable(IEventFile file) : IEventFile
    {
        public volatile bool IsLost;

        public string Path => file.Path;

        public bool IsGone => file.IsGone;

        public void Append(ReadOnlySpan<byte> records)
        {
            if (IsLost)
                throw new HttpRequestException("Connection refused.");
            file.Append(records);
        }

        public void SyncToDisk() => file.SyncToDisk();

        public void Dispose() => file.Dispose();
    }
}
