namespace TorchBoard.Tests.Faults;

/// <summary>Whatever way a program ends without disposing its writer, its data is in the file.</summary>
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

    [TestCase("exit-handler", 0)]
    [TestCase("crash-handler", null)]
    public void Events_that_are_added_by_handlers_of_the_end_are_written(string way, int? exitCode)
    {
        using var directory = new TestDirectory();
        using Victim victim = Victim.Start(way, directory);
        victim.WaitForExit();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(victim.ExitCode, exitCode is { } code ? Is.EqualTo(code) : Is.Not.Zero, victim.Errors);
            Assert.That(WrittenEvents.Scalars(directory, "loss/train"), Is.EqualTo(AllOfThem));
            foreach (string run in (string[])["late", "later"])
                Assert.That(WrittenEvents.Scalars(Path.Combine(directory, run), "loss/train").Count(), Is.EqualTo(1));
            Assert.That(WrittenEvents.Values(Path.Combine(directory, "late"), "weights").Count(), Is.EqualTo(1));
        }
    }

    [Test]
    public void A_writer_needs_no_thread_of_the_pool()
    {
        using var directory = new TestDirectory();
        using Victim victim = Victim.Start("starved", directory);
        Assert.That(victim.ReadLines(), Is.EqualTo(["flushed", "disposed"]));
        Assert.That(WrittenEvents.Scalars(directory, "loss/train"), Is.EqualTo(AllOfThem));
    }

    [Test]
    public void A_program_that_runs_twice_in_one_directory_is_told_so_once()
    {
        using var directory = new TestDirectory();
        for (int run = 0; run < 2; run++)
        {
            using Victim victim = Victim.Start("return", directory);
            victim.WaitForExit();
            Assert.That(
                victim.Errors.Split('\n'),
                run == 0 ? Is.EqualTo([""]) : Has.Length.EqualTo(2).And.Some.Contains("already contains event files"));
        }
    }

    [TestCase("INT")]
    [TestCase("TERM")]
    [TestCase("HUP")]
    [TestCase("QUIT")]
    [Platform("Unix", Reason = "signals")]
    public void A_signal_that_ends_the_program_loses_nothing(string signal)
    {
        using var directory = new TestDirectory();
        using Victim victim = Victim.StartWithDefaultSignals("signal", directory);
        Assert.That(victim.ReadLine(), Is.EqualTo("ready"));

        victim.Send(signal);
        victim.WaitForExit();

        Assert.That(victim.ExitCode, Is.Not.Zero);
        Assert.That(WrittenEvents.Scalars(directory, "loss/train"), Is.EqualTo(AllOfThem));
    }

    [TestCase("load", 1)]
    [TestCase("load", 4)]
    [TestCase("load", 9)]
    [TestCase("load", 16)]
    [TestCase("load-without-flush", 2)]
    [TestCase("load-without-flush", 40)]
    [TestCase("load-without-flush", 200)]
    [Platform("Unix", Reason = "kill -9")]
    public void A_killed_program_leaves_whole_records_up_to_its_last_flush_and_at_most_one_torn_one(
        string way, int lines)
    {
        using var directory = new TestDirectory();
        AssertSurvivesKill(way, lines, directory);
    }

    [Test]
    [Platform("Unix", Reason = "kill -9")]
    public void A_killed_program_leaves_data_added_before_the_flush_interval()
    {
        using var directory = new TestDirectory();
        using Victim victim = Victim.Start("beat", directory);
        victim.WriteLine("1000");
        Assert.That(victim.ReadLine(), Is.EqualTo("added 1000"));

        // The interval is 50 ms; the machine may be busy.
        Assert.That(
            () => directory.EventFiles().Sum(file => WrittenEvents.WholeRecords(File.ReadAllBytes(file), out _).Count),
            Is.EqualTo(1001).After(30_000, 10));
        victim.Kill();
        victim.WaitForExit();

        Assert.That(WrittenEvents.Scalars(directory, "loss/train"), Is.EqualTo(AllOfThem));
    }

    [Test]
    [Explicit("Takes minutes.")]
    [Platform("Unix", Reason = "kill -9")]
    public void Two_hundred_kills_lose_nothing_that_was_promised()
    {
        var random = new Random(200);
        for (int kill = 0; kill < 200; kill++)
        {
            using var directory = new TestDirectory();
            if (kill % 2 == 0)
                AssertSurvivesKill("load", random.Next(6), directory);
            else
                AssertSurvivesKill("load-without-flush", random.Next(80), directory);
            TestContext.Progress.WriteLine($"{kill + 1} kills");
        }
    }

    [Test]
    [Platform("Unix", Reason = "kill -9")]
    public void A_killed_run_continues_at_the_step_it_is_resumed_at()
    {
        using var directory = new TestDirectory();
        long written = AssertSurvivesKill("load", 3, directory);
        long resumed = written / 2;
        var clock = new SetClock { Now = TimeProvider.System.GetUtcNow().AddHours(-1) };
        var options = new SummaryWriterOptions { PurgeStep = resumed, TimeProvider = clock };
        using (var writer = new SummaryWriter(directory, options))
        {
            for (long step = resumed; step < resumed + 10; step++)
                writer.AddScalar("loss/train", -step, step);
        }

        RunLog run = RunLog.Open(directory);
        ScalarSeries loss = run.Scalars["loss/train"];
        using (Assert.EnterMultipleScope())
        {
            Assert.That(run.Errors, Is.Empty);
            Assert.That(loss.Steps.ToArray(), Is.EqualTo(Enumerable.Range(0, (int)resumed + 10).Select(i => (long)i)));
            Assert.That(loss.Values[(int)resumed..].ToArray(), Is.All.Negative);
            Assert.That(loss.Values[..(int)resumed].ToArray(), Is.All.Not.Negative);
        }
    }

    [Test]
    public void Eight_processes_that_start_in_one_directory_at_once_use_separate_files()
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

        // Each thread opens one writer before it waits and one after.
        Assert.That(directory.EventFiles(), Has.Length.EqualTo(16));
        Assert.That(
            directory.EventFiles().Select(file => WrittenEvents.InFile(file).Count).Order(),
            Is.EqualTo(Enumerable.Repeat(1, 8).Concat(Enumerable.Repeat(101, 8))));
    }

    [TestCase("new-runs")]
    [TestCase("new-stored-runs")]
    public void Three_processes_that_open_new_runs_within_a_second_get_one_directory_for_each(string way)
    {
        using var directory = new TestDirectory();
        Victim[] victims = [.. Enumerable.Range(0, 3).Select(_ => Victim.Start(way, directory))];
        foreach (Victim victim in victims)
            Assert.That(victim.ReadLine(), Is.EqualTo("ready"));
        foreach (Victim victim in victims)
            victim.WriteLine();
        var runs = new List<string>();
        foreach (Victim victim in victims)
        {
            runs.AddRange(victim.ReadLines());
            victim.WaitForExit();
            Assert.That(victim.Errors, Is.Empty);
            victim.Dispose();
        }

        // The first as in PyTorch, 59 others with a number.
        string first = runs.MinBy(run => run.Length)!;
        Assert.That(first, Does.EndWith($"_{Environment.MachineName}_try"));
        Assert.That(runs, Is.EquivalentTo(Enumerable.Range(1, 59).Select(i => $"{first}_{i}").Append(first)));
        string[] files = directory.EventFiles();
        Assert.That(files.Select(Path.GetDirectoryName).Distinct().Count(), Is.EqualTo(60));
        Assert.That(files, Has.Length.EqualTo(60));
    }

    /// <summary>Kills a running program after a number of lines; returns the number of scalars left.</summary>
    private static long AssertSurvivesKill(string way, int lines, string directory)
    {
        using Victim victim = Victim.Start(way, directory);
        List<string> reports = [.. Enumerable.Range(0, lines).Select(_ => victim.ReadLine()!)];
        victim.Kill();
        victim.WaitForExit();
        long promised = reports.Concat(victim.ReadLines()).Select(Promised).DefaultIfEmpty(-1).Max();

        // Killed before it opened its file, it has promised nothing.
        string[] files = Directory.GetFiles(directory);
        if (files.Length == 0 && promised < 0)
            return 0;
        List<byte[]> records = WrittenEvents.WholeRecords(File.ReadAllBytes(files.Single()), out int torn);
        long[] steps = [.. records.Select(Protos.Event.Parser.ParseFrom)
            .Where(e => e.Summary?.Value[0].Tag == "loss/train").Select(e => e.Step)];
        using (Assert.EnterMultipleScope())
        {
            Assert.That(steps, Is.EqualTo(Enumerable.Range(0, steps.Length).Select(i => (long)i)), "no hole");
            Assert.That(steps.LastOrDefault(-1), Is.GreaterThanOrEqualTo(promised));
            Assert.That(torn, Is.LessThanOrEqualTo(1 << 20), "no more than a batch");
        }

        return steps.Length;
    }

    /// <summary>
    /// The last step that must be in the file: all flushed data and, of data only added, all except the mebibyte that
    /// the program may hold, in which each step takes at least 40 bytes.
    /// </summary>
    private static long Promised(string report)
    {
        string[] words = report.Split(' ');
        long step = long.Parse(words[1]);
        return words[0] == "flushed" ? step : step - ((1 << 20) / 40);
    }
}
