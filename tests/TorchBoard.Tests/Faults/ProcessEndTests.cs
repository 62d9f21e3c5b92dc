namespace TorchBoard.Tests.Faults;

/// <summary>However a program ends without disposing its writer, what it added is in the file.</summary>
internal sealed class ProcessEndTests
{
    private static readonly (long, float)[] AllOfThem = [.. Enumerable.Range(0, 1000).Select(i => ((long)i, (float)i))];

    [TestCase("return", 0)]
    [TestCase("environment-exit", 3)]
    [TestCase("throw", null)]
    [TestCase("throw-on-thread", null)]
    public void A_writer_that_is_never_disposed_loses_nothing_when_the_program_ends(string way, int? exitCode)
    {
        using var directory = new TestDirectory();
        using Victim victim = Victim.Start(way, directory);
        victim.WaitForExit();

        Assert.That(victim.ExitCode, exitCode is { } code ? Is.EqualTo(code) : Is.Not.Zero);
        Assert.That(WrittenEvents.Scalars(directory, "loss/train"), Is.EqualTo(AllOfThem));
    }

    [TestCase("INT")]
    [TestCase("TERM")]
    [TestCase("HUP")]
    [TestCase("QUIT")]
    [Platform("Unix", Reason = "signals")]
    public void A_signal_that_ends_the_program_loses_nothing(string signal)
    {
        using var directory = new TestDirectory();
        using Victim victim = Victim.Start("signal", directory);
        Assert.That(victim.ReadLine(), Is.EqualTo("ready"));

        victim.Send(signal);
        victim.WaitForExit();

        Assert.That(victim.ExitCode, Is.Not.Zero);
        Assert.That(WrittenEvents.Scalars(directory, "loss/train"), Is.EqualTo(AllOfThem));
    }

    [Test]
    [Platform("Unix", Reason = "kill -9")]
    public void A_killed_program_leaves_whole_records_up_to_its_last_flush_and_at_most_one_torn_one([Range(1, 8)] int seed)
    {
        using var directory = new TestDirectory();
        using Victim victim = Victim.Start("load", directory);

        // Dies after a number of flushes that depends on the seed; the promise is the last line that came out.
        for (int flushes = 0; flushes < seed * 2; flushes++)
            victim.ReadLine();
        victim.Kill();
        victim.WaitForExit();
        long promised = victim.ReadLines().Select(line => long.Parse(line.Split(' ')[1])).DefaultIfEmpty(-1).Max();

        List<byte[]> records = WrittenEvents.WholeRecords(File.ReadAllBytes(directory.EventFiles().Single()), out int torn);
        long[] steps = [.. records.Select(Protos.Event.Parser.ParseFrom)
            .Where(e => e.Summary?.Value[0].Tag == "loss/train").Select(e => e.Step)];
        using (Assert.EnterMultipleScope())
        {
            Assert.That(steps, Is.EqualTo(Enumerable.Range(0, steps.Length).Select(i => (long)i)), "no hole");
            Assert.That(steps[^1], Is.GreaterThanOrEqualTo(promised));
            Assert.That(torn, Is.LessThan(1 << 18), "less than a batch");
        }
    }

    [Test]
    public void Eight_processes_that_start_in_one_directory_at_once_have_a_file_each()
    {
        using var directory = new TestDirectory();
        Victim[] victims = [.. Enumerable.Range(0, 8).Select(_ => Victim.Start("one", directory))];
        foreach (Victim victim in victims)
            victim.WriteLine();
        foreach (Victim victim in victims)
        {
            victim.WaitForExit();
            victim.Dispose();
        }

        // Each opens one writer before it waits and one after.
        Assert.That(directory.EventFiles(), Has.Length.EqualTo(16));
        Assert.That(
            directory.EventFiles().Select(file => WrittenEvents.InFile(file).Count).Order(),
            Is.EqualTo(Enumerable.Repeat(1, 8).Concat(Enumerable.Repeat(101, 8))));
    }
}
