using System.Diagnostics.Tracing;

namespace TorchBoard.Tests.Monitoring;

/// <summary>Counters of a real event source, which the runtime reports in real time.</summary>
internal sealed class EventCounterTests
{
    [Test]
    [CancelAfter(60_000)]
    public void Counters_of_values_have_their_mean_and_those_of_increments_their_sum_per_second(CancellationToken timeout)
    {
        using var directory = new TestDirectory();
        using var source = new EventSource("TorchBoard-Test-Counters");
        using var latency = new EventCounter("latency", source);
        using var requests = new PollingCounter("requests", source, () => 7);
        double total = 0;
        using var increments = new IncrementingPollingCounter("increments", source, () => total += 3);
        using (var writer = new SummaryWriter(directory))
        using (writer.RecordEventCounters("torchboard-test-*", TimeSpan.FromMilliseconds(100), "live"))
        {
            string tag = "live/TorchBoard-Test-Counters/increments";
            RunLog read;
            do
            {
                timeout.ThrowIfCancellationRequested();
                latency.WriteMetric(2);
                latency.WriteMetric(4);
                writer.Flush();
                read = RunLog.Open(directory);
            }
            while (!read.Scalars.TryGetValue(tag, out ScalarSeries? series) || series.Count < 3);
        }

        RunLog run = RunLog.Open(directory);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(run.Scalars["live/TorchBoard-Test-Counters/requests"].Values.ToArray(), Has.All.EqualTo(7));
            Assert.That(run.Scalars["live/TorchBoard-Test-Counters/increments"].Values[^1], Is.GreaterThan(0));
            Assert.That(run.Scalars["live/TorchBoard-Test-Counters/latency"].Values.ToArray(), Has.Some.EqualTo(3));
            Assert.That(run.Scalars["live/TorchBoard-Test-Counters/requests"].Steps.ToArray(), Is.Unique.And.Ordered);
        }
    }
}
