using TorchBoard.Histograms;
using TorchSharp;
using static TorchSharp.torch;

namespace TorchBoard.Tests;

/// <summary>What this library writes and what TorchSharp's own writer writes, read by one reader.</summary>
internal sealed class OwnWriterTests
{
    [Test]
    public void The_default_buckets_are_the_same()
    {
        using DisposeScope scope = NewDisposeScope();
        using var directory = new TestDirectory();
        Tensor values = randn(100_000, ScalarType.Float64, generator: manual_seed(1));
        string ours = Path.Combine(directory, "ours");
        string theirs = Path.Combine(directory, "theirs");
        using (var writer = new SummaryWriter(ours))
            writer.AddHistogram("h", values, 1);
        utils.tensorboard.SummaryWriter(theirs).add_histogram("h", values, 1);

        Histogram own = RunLog.Open(theirs).Histograms["h"].Values[0];
        Histogram histogram = RunLog.Open(ours).Histograms["h"].Values[0];

        // The other writer lists an empty bucket on the left, and for each bucket its left edge.
        Assert.That(Filled(histogram), Is.EqualTo(Filled(own)));
        Assert.That(histogram.Limits[..^1].ToArray(), Is.EqualTo(own.Limits[1..^1].ToArray()));
    }

    private static double[] Filled(Histogram histogram) => [.. histogram.Counts.ToArray().Where(count => count > 0)];
}
