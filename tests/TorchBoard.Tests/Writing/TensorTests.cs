using System.Numerics.Tensors;
using TorchBoard.Protos;

namespace TorchBoard.Tests.Writing;

internal sealed class TensorTests
{
    [Test]
    public void Tensors_keep_their_type_shape_and_bytes()
    {
        using var directory = new TestDirectory();
        using (var writer = new SummaryWriter(directory))
        {
            writer.AddTensor<float>("float", [1, -2], 0, [2, 1]);
            writer.AddTensor<double>("double", [1], 0, []);
            writer.AddTensor("half", [(Half)1], 0, [1]);
            writer.AddTensor<sbyte>("sbyte", [-1], 0, [1]);
            writer.AddTensor<byte>("byte", [255], 0, [1]);
            writer.AddTensor<short>("short", [-2], 0, [1]);
            writer.AddTensor<ushort>("ushort", [1], 0, [1]);
            writer.AddTensor<int>("int", [-2], 0, [1]);
            writer.AddTensor<uint>("uint", [1], 0, [1]);
            writer.AddTensor<long>("long", [-2], 0, [1]);
            writer.AddTensor<ulong>("ulong", [1], 0, [1]);
            writer.AddTensor("bool", [true, false], 0, [2]);
            writer.AddTensor<int>("empty", [], 0, [0, 3]);
            writer.AddTensor("span", Tensor.Create([1, 2], [1, 2]).AsReadOnlyTensorSpan(), 0);
        }

        using (Assert.EnterMultipleScope())
        {
            AssertTensor(directory, "float", DataType.DtFloat, [2, 1], "0000803F000000C0");
            AssertTensor(directory, "double", DataType.DtDouble, [], "000000000000F03F");
            AssertTensor(directory, "half", DataType.DtHalf, [1], "003C");
            AssertTensor(directory, "sbyte", DataType.DtInt8, [1], "FF");
            AssertTensor(directory, "byte", DataType.DtUint8, [1], "FF");
            AssertTensor(directory, "short", DataType.DtInt16, [1], "FEFF");
            AssertTensor(directory, "ushort", DataType.DtUint16, [1], "0100");
            AssertTensor(directory, "int", DataType.DtInt32, [1], "FEFFFFFF");
            AssertTensor(directory, "uint", DataType.DtUint32, [1], "01000000");
            AssertTensor(directory, "long", DataType.DtInt64, [1], "FEFFFFFFFFFFFFFF");
            AssertTensor(directory, "ulong", DataType.DtUint64, [1], "0100000000000000");
            AssertTensor(directory, "bool", DataType.DtBool, [2], "0100");
            AssertTensor(directory, "empty", DataType.DtInt32, [0, 3], "");
            AssertTensor(directory, "span", DataType.DtInt32, [1, 2], "0100000002000000");
        }
    }

    [TestCase(65536, 65536, 0)]
    [TestCase(0, int.MaxValue, int.MaxValue)]
    [TestCase(int.MaxValue, 0, int.MaxValue)]
    public void A_tensor_without_elements_reads_back_however_large_its_other_dimensions_are(int a, int b, int c)
    {
        using var directory = new TestDirectory();
        using (var writer = new SummaryWriter(directory))
        {
            writer.AddTensor("empty", ReadOnlySpan<float>.Empty, 3, [a, b, c]);
            writer.AddTensor("texts", ReadOnlySpan<string>.Empty, 3, [a, b, c]);
        }

        RunLog run = RunLog.Open(directory);
        Assert.That(run.Errors, Is.Empty);
        Assert.That(run.Tensors["empty"].Values[0].Shape.ToArray(), Is.EqualTo(new long[] { a, b, c }));
        Assert.That(run.Tensors["empty"].Values[0].ToDoubles(), Is.Empty);
        Assert.That(run.Tensors["texts"].Values[0].ToStrings(), Is.Empty);
    }

    [Test]
    public void Texts_are_stored_one_by_one()
    {
        using var directory = new TestDirectory();
        using (var writer = new SummaryWriter(directory))
            writer.AddTensor("t", ["ä", "", "c", "d"], 0, [2, 2]);

        TensorProto tensor = WrittenEvents.Single(directory, "t").Tensor;
        Assert.That(tensor.Dtype, Is.EqualTo(DataType.DtString));
        Assert.That(tensor.TensorShape.Dim.Select(d => d.Size), Is.EqualTo(new[] { 2L, 2L }));
        Assert.That(tensor.StringVal.Select(s => s.ToStringUtf8()), Is.EqualTo(new[] { "ä", "", "c", "d" }));
    }

    [Test]
    public void Invalid_tensors_are_rejected()
    {
        using var directory = new TestDirectory();
        using var writer = new SummaryWriter(directory);
        using (Assert.EnterMultipleScope())
        {
            Refusal.Of("tag", () => writer.AddTensor<int>("", [1], 0, [1]));
            Refusal.Of("shape", () => writer.AddTensor<int>("t", [1], 0, [2, 3]), "6 elements", "got 1");
            Refusal.Of("shape", () => writer.AddTensor<int>("t", [1], 0, [-1, -1]), "negative");
            Refusal.Of("shape", () => writer.AddTensor<int>("t", [], 0, []));
            Refusal.Of("values", () => writer.AddTensor("t", (string[])[null!], 0, [1]), "null");
            Refusal.Of("values", () => writer.AddTensor("t", ["\uD800"], 0, [1]));
            Assert.That(
                () => writer.AddTensor<decimal>("t", [1m], 0, [1]),
                Throws.TypeOf<NotSupportedException>().With.Message.Contains("Decimal"));
        }
    }

    private static void AssertTensor(string directory, string tag, DataType type, int[] shape, string bytes)
    {
        Summary.Types.Value value = WrittenEvents.Single(directory, tag);
        Assert.That(value.Tensor.Dtype, Is.EqualTo(type), tag);
        Assert.That(value.Tensor.TensorShape.Dim.Select(d => d.Size), Is.EqualTo(shape), tag);
        Assert.That(Convert.ToHexString(value.Tensor.TensorContent.Span), Is.EqualTo(bytes), tag);
        Assert.That(
            (value.Metadata.PluginData.PluginName, value.Metadata.DataClass), Is.EqualTo(("tensor", DataClass.Tensor)),
            tag);
    }
}
