using System.Diagnostics;

namespace TorchBoard.Tests.Faults;

/// <summary>A suspended machine: the program stops and later continues as if nothing had happened.</summary>
internal sealed class SuspendedTests
{
    [Test]
    [Platform("Linux", Reason = "SIGSTOP, and /proc to see that it has taken effect")]
    public void A_suspended_program_continues_in_order_and_keeps_its_flush_interval()
    {
        // Ten of the victim's flush intervals.
        TimeSpan suspension = TimeSpan.FromMilliseconds(500);
        using var directory = new TestDirectory();
        using Victim victim = Victim.Start("beat", directory);
        victim.WriteLine("100");
        Assert.That(victim.ReadLine(), Is.EqualTo("added 100"));
        Assert.That(() => Count(directory), Is.EqualTo(100).After(30_000, 10), "within the flush interval");

        victim.Suspend();
        victim.WriteLine("100");
        long since = Stopwatch.GetTimestamp();
        Assert.That(() => Stopwatch.GetElapsedTime(since), Is.GreaterThan(suspension).After(30_000, 10));
        Assert.That(Count(directory), Is.EqualTo(100), "nothing runs");
        double before = Seconds();
        victim.Send("CONT");

        Assert.That(victim.ReadLine(), Is.EqualTo("added 200"));
        Assert.That(() => Count(directory), Is.EqualTo(200).After(30_000, 10), "within the flush interval again");
        victim.Kill();
        victim.WaitForExit();

        ScalarSeries loss = RunLog.Open(directory).Scalars["loss/train"];
        double[] times = loss.WallTimes.ToArray();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(directory.EventFiles(), Has.Length.EqualTo(1));
            Assert.That(loss.Steps.ToArray(), Is.EqualTo(Enumerable.Range(0, 200)));
            Assert.That(times, Is.Ordered);
            Assert.That(times[99], Is.LessThanOrEqualTo(before - suspension.TotalSeconds + 0.1));
            Assert.That(times[100], Is.InRange(before - 0.1, Seconds()), "when it went on, not when it was suspended");
        }
    }

    private static int Count(string directory) =>
        RunLog.Open(directory).Scalars.TryGetValue("loss/train", out ScalarSeries? loss) ? loss.Count : 0;

    private static double Seconds() => TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds() / 1000.0;
}
