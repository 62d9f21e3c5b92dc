using static TorchBoard.Tests.Faults.FaultyCalls;

namespace TorchBoard.Tests.Faults;

/// <summary>
/// Calls of the system that fail while a program adds ten points and flushes, five times: every error is told, and no
/// point is lost.
/// </summary>
[Parallelizable(ParallelScope.All)]
internal sealed class FaultyCallsTests
{
    private const string EventFile = "tfevents";

    private static readonly (long, float)[] AllOfThem = [.. Enumerable.Range(0, 50).Select(i => ((long)i, (float)i))];

    [Test]
    public void A_failed_fsync_fails_the_flush_and_the_data_is_written_again_to_a_new_file(
        [Values(EIO, ENOSPC)] int error, [Values(1, 3)] int first)
    {
        using var directory = new TestDirectory();
        List<string> said = Run("rounds-synced", directory, On(EventFile, ("fsync", error, first, 1)));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(said.Where(IsTold), Has.One.Items.And.All.Contains("cannot be written to the disk"));
            Assert.That(FailedFlushes(said), Is.EqualTo([first - 1]));
            Assert.That(said[^1], Is.EqualTo("dropped 0"));
            Assert.That(WrittenEvents.Scalars(directory, "loss/train"), Is.EqualTo(AllOfThem));

            // What was synced before the fault stays where it is.
            Assert.That(directory.EventFiles(), Has.Length.EqualTo(first == 1 ? 1 : 2));
        }
    }

    [Test]
    public void Data_whose_fsync_never_succeeds_is_reported_as_lost_without_filling_the_directory()
    {
        using var directory = new TestDirectory();
        List<string> said = Run("rounds-synced", directory, On(EventFile, ("fsync", EIO, 2, Always)));

        Assert.That(FailedFlushes(said), Is.EqualTo([1, 2, 3, 4]));
        Assert.That(said[^1], Is.EqualTo("dropped 40"));
        Assert.That(directory.EventFiles(), Has.Length.EqualTo(2));
    }

    [TestCase(2, "synced")]
    [TestCase(3, "synced/new")]
    [TestCase(4, "synced/new/run")]
    public void The_directories_of_a_new_file_are_synced_too(int call, string named)
    {
        using var directory = new TestDirectory("");
        string root = Directory.CreateDirectory(Path.Combine(directory, "synced")).FullName;
        string run = Path.Combine(root, "new", "run");
        List<string> said = Run("rounds-synced", run, On(root, ("fsync", EIO, call, 1)));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(said.Single(IsTold), Does.Contain($"{named}' cannot be written to the disk"));
            Assert.That(FailedFlushes(said), Is.EqualTo([0]));
            Assert.That(WrittenEvents.Scalars(run, "loss/train"), Is.EqualTo(AllOfThem));
        }
    }

    [TestCase(2, "synced")]
    [TestCase(3, "synced/new")]
    [TestCase(4, "_run")]
    public void The_directories_of_a_new_run_are_synced_too(int call, string named)
    {
        using var directory = new TestDirectory("");
        string root = Directory.CreateDirectory(Path.Combine(directory, "synced")).FullName;
        List<string> said = Run("rounds-new-run", Path.Combine(root, "new"), On(root, ("fsync", EIO, call, 1)));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(said.Single(IsTold), Does.Contain($"{named}' cannot be written to the disk"));
            Assert.That(FailedFlushes(said), Is.EqualTo([0]));
        }
    }

    [Test]
    public void A_failed_write_changes_nothing_that_is_already_written(
        [Values(EIO, ENXIO, ESPIPE, ECANCELED, EFBIG, ENOSPC, EDQUOT)] int error)
    {
        using var directory = new TestDirectory();
        List<string> said = Run("rounds", directory, On(EventFile, ("pwrite", error, 3, 2)));
        AssertOneOutage(said, failedFlushes: 2, directory);
    }

    [Test]
    public void A_torn_record_that_cannot_be_cut_off_is_overwritten([Values(EFBIG, ECANCELED, EIO)] int error)
    {
        using var directory = new TestDirectory();
        List<string> said = Run(
            "rounds", directory, On(EventFile, ("pwrite", ENOSPC, 3, 1), ("ftruncate", error, 1, Always)));
        AssertOneOutage(said, failedFlushes: 1, directory);
    }

    [Test]
    public void A_failed_close_is_told([Values(EIO, ENOSPC, EDQUOT)] int error)
    {
        using var directory = new TestDirectory();
        List<string> said = Run("rounds", directory, On(EventFile, ("close", error, 1, 1)));

        Assert.That(FailedFlushes(said), Is.Empty);
        Assert.That(said.Single(IsTold), Does.Contain("cannot be closed"));
    }

    [Test]
    public void A_file_that_appears_although_it_cannot_be_created_ends_in_one_exception()
    {
        using var directory = new TestDirectory();
        using Victim victim = Victim.Start("rounds", directory, environment: On(EventFile, ("create", EIO, 1, Always)));
        victim.WaitForExit();

        Assert.That(victim.Errors, Does.StartWith("Unhandled exception. System.IO.IOException: Cannot create an event file"));
        Assert.That(directory.EventFiles(), Is.Empty);
    }

    [Test]
    public void A_file_system_whose_lengths_lag_behind_gets_at_most_one_more_file([Values(1, 4)] int first)
    {
        // From the fourth time on, the length is wrong where the file is checked, as if it had been truncated.
        using var directory = new TestDirectory();
        List<string> said = Run("rounds", directory, On(EventFile, ("size", 1, first, Always)));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(directory.EventFiles(), Has.Length.LessThanOrEqualTo(2));
            Assert.That(said.Where(IsTold), Has.Exactly(directory.EventFiles().Length - 1).Items);
            Assert.That(WrittenEvents.Scalars(directory, "loss/train"), Is.EqualTo(AllOfThem));
        }
    }

    [Test]
    public void A_full_standard_error_that_nobody_reads_does_not_hold_up_the_writing()
    {
        using var directory = new TestDirectory();
        string run = Path.Combine(directory, "run");
        string pipe = Path.Combine(directory, "errors");

        // Without blocking, large blocks fill the pipe to less than a block and single bytes to the end.
        string fill = string.Concat(((int[])[4096, 1]).Select(
            size => $"; dd if=/dev/zero of='{pipe}' bs={size} count=8192 oflag=nonblock 2>/dev/null"));
        using Victim victim = Victim.Start(
            "rounds-untold",
            run,
            shellPrefix: $"mkfifo '{pipe}'; exec 2<>'{pipe}'{fill}",
            environment: On(EventFile, ("pwrite", EIO, 3, 1)));
        List<string> said = victim.ReadLines();
        victim.WaitForExit();

        Assert.That(said, Is.EqualTo(["flushed", "flush failed", "flushed", "flushed", "flushed", "dropped 0"]));
        Assert.That(WrittenEvents.Scalars(run, "loss/train"), Is.EqualTo(AllOfThem));
    }

    [Test]
    public void A_failed_write_of_an_embedding_leaves_no_damaged_file([Values(EIO, ENXIO, ESPIPE)] int error)
    {
        using var directory = new TestDirectory();
        List<string> said = Run("embeddings", directory, On("tensors.tsv", ("pwrite", error, 3, 1)));

        Assert.That(said, Is.EqualTo([$"told {Path.Combine(directory, "00000", "points", "tensors.tsv")}", "dropped 0"]));
        Assert.That(
            File.ReadLines(Path.Combine(directory, "00000", "points", "tensors.tsv")),
            Is.EqualTo(Enumerable.Range(0, 50_000).Select(i => $"{2 * i}\t{(2 * i) + 1}")));
    }

    private static void AssertOneOutage(List<string> said, int failedFlushes, TestDirectory directory)
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(said.Where(IsTold), Has.One.Items);
            Assert.That(FailedFlushes(said), Is.EqualTo(Enumerable.Range(1, failedFlushes)));
            Assert.That(said[^1], Is.EqualTo("dropped 0"));
            Assert.That(directory.EventFiles(), Has.Length.EqualTo(1));
            Assert.That(WrittenEvents.InRun(directory)[0].FileVersion, Is.EqualTo("brain.Event:2"));
            Assert.That(WrittenEvents.Scalars(directory, "loss/train"), Is.EqualTo(AllOfThem));
        }
    }

    private static List<string> Run(string way, string directory, Dictionary<string, string> faults)
    {
        using Victim victim = Victim.Start(way, directory, environment: faults);
        List<string> said = victim.ReadLines();
        victim.WaitForExit();
        Assert.That(victim.ExitCode, Is.Zero, victim.Errors);
        return said;
    }

    private static bool IsTold(string line) => line.StartsWith("told ", StringComparison.Ordinal);

    private static int[] FailedFlushes(List<string> said) =>
    [
        .. said.Where(line => line.StartsWith("flush", StringComparison.Ordinal)).Index()
            .Where(flush => flush.Item == "flush failed").Select(flush => flush.Index),
    ];
}
