using System.Globalization;

namespace TorchBoard.Tests.Faults;

/// <summary>A run resumed at a step after any fault has the intended points.</summary>
internal sealed class ResumedRunTests
{
    private const int Resumed = 10;

    /// <summary>
    /// If this names a folder, the runs are copied to it, each with its intended points in a file beside it, for
    /// comparison with other readers.
    /// </summary>
    private static readonly string? Keep = Environment.GetEnvironmentVariable("TORCHBOARD_KEEP_RUNS");

    [TestCaseSource(typeof(FaultyRuns), nameof(FaultyRuns.All))]
    [Platform("Unix", Reason = "signals, quotas and mounts")]
    public void A_run_resumed_after_a_fault_has_the_intended_points(Func<string, FaultyRuns.Left> fault)
    {
        using var directory = new TestDirectory();
        string run = Path.Combine(directory, "run");
        FaultyRuns.Left left = fault(run);
        long resumed = (left.First + left.End) / 2;
        Assert.That(left.End - left.First, Is.GreaterThan(1), "something is left");
        using (var writer = new SummaryWriter(
            run, new SummaryWriterOptions { PurgeStep = resumed, TimeProvider = left.Clock }))
        {
            for (long step = resumed; step < resumed + Resumed; step++)
                writer.AddScalar("loss/train", -step - 1, step);
        }

        (long Step, double Value)[] meant = [.. Enumerable.Range(0, (int)(resumed - left.First + Resumed))
            .Select(i => left.First + i)
            .Select(step => (step, step < resumed ? left.Value(step) : -step - 1))];
        if (Keep is not null)
            Copy(run, Path.Combine(Keep, TestContext.CurrentContext.Test.Name.Split('(', ')')[1]), meant);

        RunLog log = RunLog.Open(run);
        ScalarSeries loss = log.Scalars["loss/train"];
        Assert.That(log.Errors, Is.Empty);
        Assert.That(loss.Steps.ToArray().Zip(loss.Values.ToArray()), Is.EqualTo(meant));
    }

    private static void Copy(string run, string to, IEnumerable<(long Step, double Value)> meant)
    {
        Directory.CreateDirectory(to);
        foreach (string file in Directory.GetFiles(run))
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)), overwrite: true);
        File.WriteAllLines(
            to + ".meant",
            meant.Select(point => string.Create(CultureInfo.InvariantCulture, $"{point.Step} {point.Value}")));
    }
}
