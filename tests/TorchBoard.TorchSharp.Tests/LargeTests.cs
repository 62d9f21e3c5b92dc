using TorchBoard.Histograms;
using TorchSharp;
using static TorchSharp.torch;

namespace TorchBoard.Tests;

/// <summary>Tensors beyond 2 GiB, with more values than an array can hold.</summary>
[Explicit("Takes several gigabytes of memory.")]
internal sealed class LargeTests
{
    [Test]
    public void Floats_of_more_than_2_GiB()
    {
        const long count = (1L << 29) + 5;
        using DisposeScope scope = NewDisposeScope();
        Tensor values = ones(count);
        values.narrow(0, count - 1, 1).fill_(2);

        Histogram histogram = Logged(values);

        Assert.That((histogram.Count, histogram.Max, histogram.Sum), Is.EqualTo((count, 2, count + 1)));
    }

    [Test]
    public void Bytes_of_more_values_than_an_array_may_have()
    {
        const long count = (1L << 31) + 5;
        using DisposeScope scope = NewDisposeScope();
        Tensor values = ones(count, ScalarType.Byte);
        values.narrow(0, count - 1, 1).fill_(2);

        Histogram histogram = Logged(values);

        Assert.That((histogram.Count, histogram.Max, histogram.Sum), Is.EqualTo((count, 2, count + 1)));
        using var directory = new TestDirectory();
        using var writer = new SummaryWriter(directory);
        Assert.Throws<ArgumentException>(() => writer.AddTensor("t", values, 1));
    }

    private static Histogram Logged(Tensor values)
    {
        using var directory = new TestDirectory();
        using (var writer = new SummaryWriter(directory))
            writer.AddHistogram("h", values, 1);
        return RunLog.Open(directory).Histograms["h"].Values[0];
    }
}
