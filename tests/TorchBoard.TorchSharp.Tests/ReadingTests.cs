using TorchBoard.Histograms;
using TorchSharp;
using static TorchSharp.torch;

namespace TorchBoard.Tests;

/// <summary>Tensors of every type, layout and gradient mode are read correctly.</summary>
internal sealed class ReadingTests
{
    [TestCaseSource(typeof(TensorKinds), nameof(TensorKinds.All))]
    public void A_tensor_is_stored_with_its_type_and_shape(ScalarType type, string layout, bool requiresGradient)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor tensor = TensorKinds.Make(type, layout, requiresGradient);

        TensorValue stored = Logged(writer => writer.AddTensor("t", tensor, 1)).Tensors["t"].Values[0];

        Assert.That(stored.ToDoubles(), Is.EqualTo(TensorKinds.Values(tensor)));
        Assert.That(stored.Shape.ToArray(), Is.EqualTo(tensor.shape));
        Assert.That(stored.Type, Is.EqualTo(StoredAs(type)));
    }

    [TestCaseSource(typeof(TensorKinds), nameof(TensorKinds.All))]
    public void A_histogram_counts_its_values(ScalarType type, string layout, bool requiresGradient)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor tensor = TensorKinds.Make(type, layout, requiresGradient);
        Histogram expected = Histogram.Of<double>(TensorKinds.Values(tensor));

        RunLog run = Logged(writer =>
        {
            writer.AddHistogram("host", tensor, 1);
            TensorExtensions.AddDeviceHistogram(writer, "device", tensor, 1, null);
        });

        AssertSame(run.Histograms["host"].Values[0], expected);
        AssertSame(run.Histograms["device"].Values[0], expected);
    }

    [TestCaseSource(typeof(TensorKinds), nameof(TensorKinds.All))]
    public void One_value_is_a_point(ScalarType type, string layout, bool requiresGradient)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor tensor = TensorKinds.Make(type, layout, requiresGradient);
        Tensor one = tensor.reshape(-1)[(int)tensor.NumberOfElements - 1];

        RunLog run = Logged(writer =>
        {
            writer.AddScalar("host", one, 1);
            writer.AddScalar("two dimensions", one.reshape(1, 1), 1);
            TensorExtensions.AddDeviceScalar(writer, "device", one.reshape(1, 1), 1, null);
        });

        foreach (string tag in (string[])["host", "two dimensions", "device"])
            Assert.That(run.Scalars[tag].Values[0], Is.EqualTo(TensorKinds.Values(one)[0]), tag);
    }

    [Test]
    public void A_negated_view_is_read_with_its_sign()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor imaginary = torch.complex(zeros(3), tensor([1f, 2, 3])).conj().imag;

        double[] stored = Logged(writer => writer.AddTensor("t", imaginary, 1)).Tensors["t"].Values[0].ToDoubles();

        Assert.That(stored, Is.EqualTo([-1, -2, -3]));
    }

    private static void AssertSame(Histogram counted, Histogram expected)
    {
        Assert.That(counted.Limits.ToArray(), Is.EqualTo(expected.Limits.ToArray()));
        Assert.That(counted.Counts.ToArray(), Is.EqualTo(expected.Counts.ToArray()));
        Assert.That(
            (counted.Min, counted.Max, counted.Count, counted.Sum, counted.SumOfSquares),
            Is.EqualTo((expected.Min, expected.Max, expected.Count, expected.Sum, expected.SumOfSquares)));
    }

    private static RunLog Logged(Action<SummaryWriter> add)
    {
        using var directory = new TestDirectory();
        using (var writer = new SummaryWriter(directory))
            add(writer);
        return RunLog.Open(directory);
    }

    private static TensorType StoredAs(ScalarType type) => type switch
    {
        ScalarType.Float64 => TensorType.Double,
        ScalarType.Byte => TensorType.Byte,
        ScalarType.Int8 => TensorType.SByte,
        ScalarType.Int16 => TensorType.Int16,
        ScalarType.Int32 => TensorType.Int32,
        ScalarType.Int64 => TensorType.Int64,
        ScalarType.Bool => TensorType.Boolean,
        _ => TensorType.Single,
    };
}
