using System.Runtime.InteropServices;
using Google.Protobuf;
using TorchBoard.Events;
using TorchBoard.Protos;

namespace TorchBoard.Plugins;

/// <summary>Tensors, on their own and as the form of values of other kinds.</summary>
internal static class TensorSummary
{
    public static Summary Of(string tag, TensorProto tensor) =>
        new() { Value = { Value(tag, tensor, PluginMetadata.Of(PluginTable.Tensors)) } };

    public static Summary.Types.Value Value(string tag, TensorProto tensor, SummaryMetadata metadata) =>
        new() { Tag = tag, Tensor = tensor, Metadata = metadata };

    /// <param name="value">The value.</param>
    /// <param name="kind">The name of the tag's kind.</param>
    public static TensorValue Decode(scoped in ValueView value, string kind) => value.Form == ValueForm.Tensor
        ? new TensorValue(TensorProto.Parser.ParseFrom(value.Body))
        : throw ValueDecoder.NotA(kind, value.Form);

    /// <summary>
    /// Like <see cref="Decode"/>, for kinds whose values are created while reading: a few bytes may claim millions of
    /// elements, and no writer stores these kinds that way.
    /// </summary>
    public static TensorValue DecodeWhole(scoped in ValueView value, string kind) =>
        Decode(value, kind) is { IsWhole: true } tensor
            ? tensor
            : throw new InvalidDataException($"the tensor of a {kind} has fewer elements than its shape requires");

    /// <summary>Creates a tensor of a fixed-size type; the values are copied.</summary>
    public static TensorProto Tensor<T>(ReadOnlySpan<T> values, ReadOnlySpan<int> shape)
        where T : unmanaged =>
        Tensor(TypeOf<T>(), MemoryMarshal.AsBytes(values).ToArray(), shape);

    /// <param name="type">The type of the values.</param>
    /// <param name="content">The values, little-endian; the tensor uses the array without copying it.</param>
    /// <param name="shape">The sizes of the dimensions.</param>
    public static TensorProto Tensor(DataType type, byte[] content, ReadOnlySpan<int> shape) => new()
    {
        Dtype = type,
        TensorShape = Shape(shape),
        TensorContent = UnsafeByteOperations.UnsafeWrap(content),
    };

    public static TensorProto OfStrings(IEnumerable<ByteString> values, ReadOnlySpan<int> shape) => new()
    {
        Dtype = DataType.DtString,
        TensorShape = Shape(shape),
        StringVal = { values },
    };

    /// <exception cref="NotSupportedException">Event files do not support the type.</exception>
    public static DataType TypeOf<T>() => ElementTypes.Of(typeof(T)) is var type and not TensorType.Unknown
        ? (DataType)type
        : throw new NotSupportedException(
            "The elements of a tensor must be float, double, Half, bool, strings or integers of 8 to 64 bits; "
            + $"they are {typeof(T).Name}.");

    /// <summary>Throws unless a shape has that many elements.</summary>
    public static void ThrowIfNotOf(ReadOnlySpan<int> shape, long length, string argument = "shape")
    {
        long count = 1;
        foreach (int size in shape)
        {
            if (size < 0)
            {
                throw new ArgumentException(
                    $"Dimensions must not be negative; the shape is [{string.Join(", ", shape.ToArray())}].", argument);
            }

            count = Math.Min(count * size, int.MaxValue + 1L);
        }

        if (count != length)
        {
            throw new ArgumentException(
                $"The shape [{string.Join(", ", shape.ToArray())}] has "
                + $"{(count > int.MaxValue ? "too many" : count)} elements; got {length} values.",
                argument);
        }
    }

    private static TensorShapeProto Shape(ReadOnlySpan<int> sizes)
    {
        var shape = new TensorShapeProto();
        foreach (int size in sizes)
            shape.Dim.Add(new TensorShapeProto.Types.Dim { Size = size });
        return shape;
    }
}
