namespace TorchBoard.Tests.Faults;

/// <summary>More runs than the system allows open files: a writer keeps a bounded number of them open.</summary>
internal sealed class ManyFilesTests
{
    [Test]
    [Platform("Unix", Reason = "ulimit")]
    public void More_open_runs_and_series_than_the_system_allows_files_lose_nothing()
    {
        using var directory = new TestDirectory();
        using Victim victim = Victim.Start("many-runs", directory, shellPrefix: "ulimit -n 200");
        Assert.That(victim.ReadLines(), Is.EqualTo(["dropped 0"]), victim.Errors);
        victim.WaitForExit();

        Assert.That(victim.ExitCode, Is.Zero);
        Assert.That(victim.Errors, Is.Empty);
        Assert.That(Directory.GetDirectories(directory), Has.Length.EqualTo(400));
        foreach (string run in Directory.GetDirectories(directory))
        {
            Assert.That(
                WrittenEvents.Scalars(run, "loss"), Is.EqualTo(new[] { (0L, 0f), (1L, 1f), (2L, 2f) }), run);
            Assert.That(Directory.GetFiles(run), Has.Length.EqualTo(1));
        }
    }

    [Test]
    [Platform("Unix", Reason = "an open file can be replaced")]
    public void A_file_that_was_replaced_while_its_run_had_no_handle_is_not_touched()
    {
        using var directory = new TestDirectory();
        using var writer = new SummaryWriter(directory);
        writer.WriteFailed += (_, _) => { };
        writer.AddScalar("loss", 1, 0);
        writer.Flush();
        for (int i = 0; i < 100; i++)
            writer.AddScalars("loss", [($"series{i}", 1f)], 0);
        writer.Flush();
        byte[] other = new byte[new FileInfo(writer.FilePath).Length];
        File.Delete(writer.FilePath);
        File.WriteAllBytes(writer.FilePath, other);

        writer.AddScalar("loss", 2, 1);
        writer.Flush();

        Assert.That(File.ReadAllBytes(writer.FilePath), Is.EqualTo(other));
        Assert.That(
            WrittenEvents.InFile(Directory.GetFiles(directory).Single(file => file != writer.FilePath))[^1].Step,
            Is.EqualTo(1));
    }
}
