using FsCheck.Fluent;
using TorchBoard.Events;
using TorchBoard.Histograms;
using TorchBoard.Plugins;
using TorchBoard.Tests.Properties;

namespace TorchBoard.Tests.Events;

internal sealed class HistogramEventTests
{
    [Test]
    public void The_bytes_are_those_that_protobuf_writes()
    {
        var inputs =
            from tag in Seeded.Texts
            from values in Seeded.Doubles.ArrayOf()
            from bins in Gen.Elements(HistogramBins.Default, HistogramBins.Equal(7), HistogramBins.Between(-1, 0, 2))
            from step in Seeded.Longs.Or(Gen.Choose(-2, 300).Select(i => (long)i))
            from wallTime in Gen.Elements(0.0, -1.5, 1.8e9)
            select (tag, values, bins, step, wallTime);
        Seeded.Holds(inputs, input =>
        {
            Histogram histogram = Histogram.Of<double>(input.values, input.bins);
            AssertAsProtobuf(input.tag, histogram, input.step, input.wallTime);
        });
    }

    [TestCase(0)]
    [TestCase(1)]
    [TestCase(100_000)]
    public void However_many_values_there_are(int count)
    {
        float[] values = [.. Enumerable.Range(0, count).Select(i => MathF.Sin(i) * i)];
        AssertAsProtobuf(new string('t', 200), Histogram.Of<float>(values), step: 1, wallTime: 1.8e9);
        AssertAsProtobuf("t", Histogram.Of<float>([.. values, float.NaN]), step: 0, wallTime: 1.8e9);
    }

    private static void AssertAsProtobuf(string tag, Histogram histogram, long step, double wallTime)
    {
        byte[] written = HistogramEvent.Encode(tag, tag + HistogramSummary.NonFiniteSuffix, histogram, step, wallTime);
        byte[] wanted = EventRecord.Encode(EventRecord.Of(HistogramSummary.Of(tag, histogram), step, wallTime));
        Bytes.AssertEqual(written, wanted);
    }
}
