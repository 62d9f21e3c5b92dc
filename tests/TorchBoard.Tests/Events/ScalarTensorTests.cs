using Google.Protobuf;
using TorchBoard.Events;
using TorchBoard.Protos;

namespace TorchBoard.Tests.Events;

/// <summary>
/// The scalars of TensorFlow 2 are tensors of one number in any of three fields. What is not read here is read as any
/// other tensor is, so that a wrong "no" costs time and a wrong "yes" the value.
/// </summary>
internal sealed class ScalarTensorTests
{
    private static readonly ByteString OneAndAHalf = ByteString.CopyFrom(BitConverter.GetBytes(1.5f));
    private static readonly ByteString TwoAndAHalf = ByteString.CopyFrom(BitConverter.GetBytes(2.5));
    private static readonly TensorShapeProto OneByOne = new() { Dim = { new TensorShapeProto.Types.Dim { Size = 1 } } };

    [Test]
    public void A_number_is_read_from_the_content_or_the_list_of_its_type()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Read(new TensorProto { Dtype = DataType.DtFloat, TensorContent = OneAndAHalf }), Is.EqualTo(1.5));
            Assert.That(Read(new TensorProto { Dtype = DataType.DtFloat, FloatVal = { 1.5f } }), Is.EqualTo(1.5));
            Assert.That(Read(new TensorProto { Dtype = DataType.DtDouble, TensorContent = TwoAndAHalf }), Is.EqualTo(2.5));
            Assert.That(Read(new TensorProto { Dtype = DataType.DtDouble, DoubleVal = { 2.5 } }), Is.EqualTo(2.5));
        }
    }

    // As in proto2, whose encoders do not pack repeated fields: dtype, then float_val 1.5 or double_val 2.5.
    [TestCase("0801" + "2D0000C03F", 1.5)]
    [TestCase("0802" + "310000000000000440", 2.5)]
    public void A_list_may_be_written_without_packing(string tensor, double expected) =>
        Assert.That(Read(Convert.FromHexString(tensor)), Is.EqualTo(expected));

    [Test]
    public void An_empty_shape_and_a_version_change_nothing() => Assert.That(
        Read(new TensorProto
        {
            Dtype = DataType.DtFloat,
            TensorShape = new TensorShapeProto(),
            VersionNumber = 3,
            FloatVal = { 1.5f },
        }),
        Is.EqualTo(1.5));

    [Test]
    public void A_tensor_with_dimensions_is_not_a_single_number() => Assert.That(
        Read(new TensorProto { Dtype = DataType.DtFloat, TensorShape = OneByOne, FloatVal = { 1.5f } }), Is.Null);

    [Test]
    public void A_tensor_with_several_numbers_or_none_is_not_a_single_number()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Read(new TensorProto { Dtype = DataType.DtFloat, FloatVal = { 1, 2 } }), Is.Null);
            Assert.That(Read(new TensorProto { Dtype = DataType.DtDouble, DoubleVal = { 1, 2 } }), Is.Null);
            Assert.That(Read(new TensorProto { Dtype = DataType.DtFloat }), Is.Null);
            Assert.That(Read(new TensorProto { Dtype = DataType.DtDouble }), Is.Null);
            Assert.That(Read(Convert.FromHexString("0801" + "2D0000C03F" + "2D0000C03F")), Is.Null);
            Assert.That(Read(Convert.FromHexString("0802" + "310000000000000440" + "310000000000000440")), Is.Null);
        }
    }

    [Test]
    public void A_number_in_the_field_of_another_type_is_not_read()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Read(new TensorProto { Dtype = DataType.DtInt32, TensorContent = OneAndAHalf }), Is.Null);
            Assert.That(Read(new TensorProto { Dtype = DataType.DtInt64, TensorContent = TwoAndAHalf }), Is.Null);
            Assert.That(Read(new TensorProto { Dtype = DataType.DtDouble, TensorContent = OneAndAHalf }), Is.Null);
            Assert.That(Read(new TensorProto { Dtype = DataType.DtFloat, TensorContent = TwoAndAHalf }), Is.Null);
            Assert.That(Read(Convert.FromHexString("0802" + "2D0000C03F")), Is.Null, "a float in a tensor of doubles");
            Assert.That(Read(Convert.FromHexString("0801" + "310000000000000440")), Is.Null, "a double in one of floats");
        }
    }

    [TestCase("0801" + "2D0000C0", TestName = "A truncated float")]
    [TestCase("0802" + "3100000000000004", TestName = "A truncated double")]
    [TestCase("0801" + "2205" + "0000C03F", TestName = "A truncated content")]
    [TestCase("0801" + "22040000C03F" + "7B", TestName = "A group after the content")]
    [TestCase("0801" + "2D0000C03F" + "00", TestName = "A field that does not exist after the float")]
    [TestCase("0802" + "310000000000000440" + "00", TestName = "A field that does not exist after the double")]
    public void A_malformed_tensor_is_not_read(string tensor) => Assert.That(Read(Convert.FromHexString(tensor)), Is.Null);

    private static double? Read(TensorProto tensor) => Read(tensor.ToByteArray());

    private static double? Read(ReadOnlySpan<byte> tensor) =>
        ScalarTensor.TryRead(tensor, out double value) ? value : null;
}
