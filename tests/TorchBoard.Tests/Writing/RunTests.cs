using System.Globalization;
using TorchBoard.Imaging;
using TorchBoard.Protos;

namespace TorchBoard.Tests.Writing;

/// <summary>Names of runs, and writers that resume runs, open sub-runs or are disabled.</summary>
internal sealed class RunTests
{
    [Test]
    public void A_restart_states_its_first_step_twice()
    {
        using var directory = new TestDirectory();
        using (var writer = new SummaryWriter(directory, new SummaryWriterOptions { PurgeStep = 5 }))
            writer.AddScalars("loss", [("train", 1f)], 5);

        // TensorBoard's Python reader ignores the first START of a run.
        foreach (string file in directory.EventFiles())
        {
            Assert.That(
                WrittenEvents.InFile(file).Skip(1).Take(2).Select(e => (e.SessionLog?.Status, e.Step)),
                Is.EqualTo(Enumerable.Repeat((SessionLog.Types.SessionStatus.Start, 5L), 2)), file);
        }

        Assert.That(directory.EventFiles(), Has.Length.EqualTo(2));
    }

    [Test]
    public void A_new_run_is_named_as_in_PyTorch_below_any_directory()
    {
        using var directory = new TestDirectory();
        var time = new Faults.SetClock { Now = new DateTimeOffset(2026, 11, 21, 9, 44, 59, TimeSpan.Zero) };
        string local = TimeZoneInfo.ConvertTime(time.Now, time.LocalTimeZone)
            .ToString("MMMdd_HH-mm-ss", CultureInfo.InvariantCulture);
        using SummaryWriter writer = SummaryWriter.OpenNewRun("_lr0.01", new() { TimeProvider = time }, directory);
        Assert.That(
            writer.LogDirectory,
            Is.EqualTo(Path.Combine(directory, $"{local}_{Environment.MachineName}_lr0.01")));
    }

    [Test]
    public void Runs_that_threads_open_within_a_second_have_directories_of_their_own()
    {
        using var directory = new TestDirectory();
        var options = new SummaryWriterOptions { TimeProvider = new Faults.SetClock() };
        string[] runs = new string[16];
        Thread[] threads = [.. Enumerable.Range(0, runs.Length).Select(i => new Thread(() =>
        {
            using SummaryWriter writer = SummaryWriter.OpenNewRun("", options, directory);
            runs[i] = writer.LogDirectory;
        }))];
        foreach (Thread thread in threads)
            thread.Start();
        foreach (Thread thread in threads)
            thread.Join();

        string first = runs.MinBy(run => run.Length)!;
        Assert.That(runs, Is.EquivalentTo(Enumerable.Range(1, 15).Select(i => $"{first}_{i}").Append(first)));
        Assert.That(directory.EventFiles().Select(Path.GetDirectoryName), Is.EquivalentTo(runs));
    }

    [Test]
    public void A_new_run_that_is_disabled_takes_no_name()
    {
        using var directory = new TestDirectory();
        var options = new SummaryWriterOptions { TimeProvider = new Faults.SetClock() };
        using SummaryWriter disabled = SummaryWriter.OpenNewRun("", options with { Enabled = false }, directory);
        using SummaryWriter writer = SummaryWriter.OpenNewRun("", options, directory);
        Assert.That(writer.LogDirectory, Is.EqualTo(disabled.LogDirectory));
    }

    [Test]
    public void A_new_run_whose_directory_cannot_be_created_is_told_as_ever()
    {
        using var directory = new TestDirectory();
        string file = Path.Combine(directory, "file");
        File.WriteAllText(file, "");
        Assert.That(
            () => SummaryWriter.OpenNewRun("", null, file),
            Throws.InstanceOf<IOException>().With.Message.StartsWith("Cannot create an event file in the log directory"));
    }

    [Test]
    public void A_new_run_has_no_session_log()
    {
        using var directory = new TestDirectory();
        using (var writer = new SummaryWriter(directory))
            writer.AddScalar("x", 1, 0);
        Assert.That(WrittenEvents.InRun(directory).Where(e => e.SessionLog is not null), Is.Empty);
    }

    [Test]
    public void A_disabled_writer_creates_nothing_but_checks_its_arguments()
    {
        using var directory = new TestDirectory();
        string run = Path.Combine(directory, "run");
        using (var writer = new SummaryWriter(run, new SummaryWriterOptions { Enabled = false }))
        {
            writer.AddScalar("x", 1, 0);
            writer.AddScalars("x", [("a", 1f)], 0);
            writer.AddHistogram("h", [1f], 0);
            using (SummaryWriter train = writer.OpenSubRun("train"))
                train.AddText("t", "text", 0);
            writer.Flush();
            Assert.That(() => writer.AddScalar("", 1, 0), Throws.ArgumentException);
            Assert.That(() => writer.AddImage("i", [1f], 0, ImageLayout.Hw, [2, 2]), Throws.ArgumentException);
            Assert.That((writer.FilePath, writer.DroppedEvents), Is.EqualTo(("", 0L)));
        }

        Assert.That(Directory.Exists(run), Is.False);
    }

    [Test]
    public void Sub_runs_are_directories_with_the_same_tags()
    {
        using var directory = new TestDirectory();
        using (var writer = new SummaryWriter(directory))
        using (SummaryWriter train = writer.OpenSubRun("fold1/train"))
        using (SummaryWriter validation = writer.OpenSubRun("fold1/validation"))
        {
            train.AddScalar("loss", 1, 0);
            validation.AddScalar("loss", 2, 0);
            train.AddScalar("loss", 3, 1);
            train.Flush();
            Assert.That(
                WrittenEvents.Scalars(Path.Combine(directory, "fold1", "train"), "loss"),
                Is.EqualTo(new[] { (0L, 1f), (1L, 3f) }));
        }

        Assert.That(
            WrittenEvents.Scalars(Path.Combine(directory, "fold1", "validation"), "loss"),
            Is.EqualTo(new[] { (0L, 2f) }));
    }

    [Test]
    public void A_sub_run_ends_when_it_or_its_main_writer_is_disposed()
    {
        using var directory = new TestDirectory();
        var writer = new SummaryWriter(directory);
        SummaryWriter first = writer.OpenSubRun("first");
        SummaryWriter second = writer.OpenSubRun("second");
        first.AddScalar("x", 1, 0);
        first.AddScalars("y", [("a", 1f)], 0);
        first.Dispose();
        Assert.That(() => first.AddScalars("y", [("a", 1f)], 1), Throws.InstanceOf<ObjectDisposedException>());
        Assert.That(() => first.AddScalars("y", [("b", 1f)], 1), Throws.InstanceOf<ObjectDisposedException>());
        Assert.That(() => first.AddScalar("x", 1, 1), Throws.InstanceOf<ObjectDisposedException>());
        second.AddScalar("x", 1, 0);
        writer.Dispose();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(() => second.AddScalar("x", 1, 1), Throws.InstanceOf<ObjectDisposedException>());
            Assert.That(second.Flush, Throws.InstanceOf<ObjectDisposedException>());
            Assert.That(() => writer.OpenSubRun("third"), Throws.InstanceOf<ObjectDisposedException>());
            Assert.That(WrittenEvents.Scalars(Path.Combine(directory, "first"), "x"), Is.EqualTo(new[] { (0L, 1f) }));
            Assert.That(WrittenEvents.Scalars(Path.Combine(directory, "second"), "x"), Is.EqualTo(new[] { (0L, 1f) }));
        }
    }

    [TestCase("..")]
    [TestCase("../elsewhere")]
    [TestCase("/etc")]
    [TestCase("a//b")]
    [TestCase("a\\b")]
    [TestCase("C:")]
    [TestCase("end.")]
    [TestCase("line\nbreak")]
    public void Names_of_sub_runs_that_lead_out_of_the_directory_are_rejected(string name)
    {
        using var directory = new TestDirectory();
        using var writer = new SummaryWriter(directory);
        Assert.That(
            () => writer.OpenSubRun(name), Throws.ArgumentException.With.Property("ParamName").EqualTo("name"));
    }

    [Test]
    public void A_new_run_is_named_as_in_PyTorch() =>
        Assert.That(
            TorchBoard.Storage.RunName.OfNewRun(
                new DateTimeOffset(2026, 3, 7, 9, 4, 59, TimeSpan.Zero), "lab1", "_lr/0.1"),
            Is.EqualTo("Mar07_09-04-59_lab1_lr_0.1"));
}
