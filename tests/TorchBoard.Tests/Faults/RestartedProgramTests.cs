namespace TorchBoard.Tests.Faults;

/// <summary>Programs that restart themselves or start others while they write, also within the same second.</summary>
internal sealed class RestartedProgramTests
{
    // The first program replaces itself ten times: its process id and its clock stay the same.
    [TestCase("replace", 10)]
    [TestCase("restart", 50)]
    [Platform("Unix", Reason = "execv")]
    public void A_program_that_restarts_within_the_same_second_continues_in_a_separate_file(string way, int times)
    {
        using var directory = new TestDirectory();
        using Victim victim = Victim.Start(way, directory);
        victim.WaitForExit();
        Assert.That(victim.ExitCode, Is.Zero);

        string[] files =
            [.. directory.EventFiles().Where(file => WrittenEvents.InFile(file).Exists(e => e.Summary is not null))];
        ScalarSeries loss = RunLog.Open(directory).Scalars["loss/train"];
        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                files.Select(file => WrittenEvents.InFile(file)[^1].Step),
                Is.EqualTo(Enumerable.Range(0, times).Select(i => (i * 10) + 14)), "files in order");
            Assert.That(loss.Steps.ToArray(), Is.EqualTo(Enumerable.Range(0, (times * 10) + 5)));
            Assert.That(
                loss.Values.ToArray(),
                Is.EqualTo(Enumerable.Range(0, (times * 10) + 5).Select(step => Math.Min(step / 10, times - 1))));
            Assert.That(
                loss.WallTimes.ToArray(),
                Is.All.EqualTo(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero).ToUnixTimeSeconds()));
        }
    }

    [Test]
    public void Children_started_while_the_parent_writes_use_separate_files()
    {
        using var directory = new TestDirectory();
        using Victim victim = Victim.Start("parent", directory);
        int added = int.Parse(victim.ReadLine()!.Split(' ')[1]);
        victim.WaitForExit();

        List<long[]> steps = [.. directory.EventFiles()
            .Select(file => WrittenEvents.InFile(file)
                .Where(e => e.Summary is not null).Select(e => e.Step).ToArray())];
        using (Assert.EnterMultipleScope())
        {
            Assert.That(victim.ExitCode, Is.Zero);
            Assert.That(
                steps.Select(file => file.Length).Order(), Is.EqualTo(((int[])[1000, 1000, 1000, added]).Order()));
            Assert.That(steps, Has.All.Matches<long[]>(
                file => file!.SequenceEqual(Enumerable.Range(0, file!.Length).Select(i => (long)i))));
        }
    }
}
