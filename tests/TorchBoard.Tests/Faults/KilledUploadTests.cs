using System.Globalization;

namespace TorchBoard.Tests.Faults;

/// <summary>Real processes that write to a store and are killed or end without disposing their writer.</summary>
internal sealed class KilledUploadTests
{
    [Test]
    [Platform("Unix", Reason = "kill -9")]
    public async Task Ten_kills_lose_nothing_that_was_flushed()
    {
        using var directory = new TestDirectory();
        var store = new FolderObjects(Path.Combine(directory, "store"));
        var flushed = new List<long>();
        for (int kill = 0; kill < 10; kill++)
        {
            using Victim victim = Victim.Start("store", directory, argument: $"run{kill}");
            string last = "";
            for (int line = 0; line <= kill * 20; line++)
                last = victim.ReadLine()!;
            victim.Kill();
            victim.WaitForExit();
            Assert.That(last, Does.StartWith("flushed"), victim.Errors);
            flushed.Add(long.Parse(last["flushed ".Length..], CultureInfo.InvariantCulture));
        }

        string spool = Path.Combine(directory, "spool");
        Assert.That(Directory.EnumerateDirectories(spool).Count(), Is.GreaterThanOrEqualTo(1), "the last one's");
        await using (var next = new SummaryWriter(
            "folder://bucket/next", new() { Storage = store, SpoolDirectory = spool }))
        {
            await next.FlushToStorageAsync();
        }

        for (int kill = 0; kill < 10; kill++)
        {
            RunLog run = RunLog.Open($"folder://bucket/run{kill}", new() { Storage = store });
            ReadOnlySpan<long> steps = run.Scalars["loss/train"].Steps;
            Assert.That(run.Errors, Is.Empty);
            Assert.That(steps.Length, Is.GreaterThanOrEqualTo(flushed[kill]));
            for (int step = 0; step < steps.Length; step++)
            {
                if (steps[step] != step)
                    Assert.Fail($"run{kill} has step {steps[step]} at {step}");
            }
        }

        Assert.That(Directory.EnumerateFileSystemEntries(spool), Is.Empty);
    }

    [Test]
    public void A_program_that_ends_without_disposing_uploads_what_it_has()
    {
        using var directory = new TestDirectory();
        using Victim victim = Victim.Start("store-return", directory, argument: "run");
        victim.WaitForExit();
        Assert.That(victim.ExitCode, Is.Zero, victim.Errors);
        RunLog run = RunLog.Open(
            "folder://bucket/run", new() { Storage = new FolderObjects(Path.Combine(directory, "store")) });
        Assert.That(run.Scalars["loss/train"].Count, Is.EqualTo(1000));
    }

    [Test]
    [Platform("Unix", Reason = "kill -9")]
    public async Task What_a_killed_program_left_is_uploaded_on_request()
    {
        using var directory = new TestDirectory();
        using (Victim victim = Victim.Start("store", directory, argument: "run"))
        {
            Assert.That(victim.ReadLine(), Is.EqualTo("flushed 1000"), victim.Errors);
            victim.Kill();
            victim.WaitForExit();
        }

        var store = new FolderObjects(Path.Combine(directory, "store"));
        string spool = Path.Combine(directory, "spool");
        Assert.That(await RunSync.UploadSpoolAsync(store, "folder://other", spool), Is.Zero);
        Assert.That(await RunSync.UploadSpoolAsync(store, "folder://bucket", spool), Is.GreaterThan(20_000));
        Assert.That(await RunSync.UploadSpoolAsync(store, "folder://bucket", spool), Is.Zero);
        Assert.That(
            RunLog.Open("folder://bucket/run", new() { Storage = store }).Scalars["loss/train"].Count,
            Is.GreaterThanOrEqualTo(1000));
    }
}
