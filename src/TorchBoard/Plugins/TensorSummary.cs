using System.Runtime.InteropServices;
using Google.Protobuf;
using TorchBoard.Events;
using TorchBoard.Protos;

namespace TorchBoard.Plugins;

/// <summary>Tensors, on their own and as the form that other kinds of values have.</summary>
internal static class TensorSummary
{
    public static Summary Of(string tag, TensorProto tensor) =>
        new() { Value = { Value(tag, tensor, PluginMetadata.Of(PluginTable.Tensors)) } };

    public static Summary.Types.Value Value(string tag, TensorProto tensor, SummaryMetadata metadata) =>
        new() { Tag = tag, Tensor = tensor, Metadata = metadata };

    /// <param name="value">The value.</param>
    /// <param name="kind">What the tag's values are, as a word.</param>
    public static TensorValue Decode(scoped in ValueView value, string kind) => value.Form == ValueForm.Tensor
        ? new TensorValue(TensorProto.Parser.ParseFrom(value.Body))
        : throw ValueDecoder.NotA(kind, value.Form);

    /// <summary>
    /// As <see cref="Decode"/>, of a kind that is made as it is read: a few bytes may claim to be millions of elements.
    /// Nobody writes these kinds so.
    /// </summary>
    public static TensorValue DecodeWhole(scoped in ValueView value, string kind) =>
        Decode(value, kind) is { IsWhole: true } tensor
            ? tensor
            : throw new InvalidDataException($"the tensor of a {kind} has fewer elements than its shape");

    /// <summary>A tensor of a fixed-size type, whose values are copied.</summary>
    public static TensorProto Tensor<T>(ReadOnlySpan<T> values, ReadOnlySpan<int> shape)
        where T : unmanaged =>
        Tensor(TypeOf<T>(), MemoryMarshal.AsBytes(values).ToArray(), shape);

    /// <param name="type">The type of the values.</param>
    /// <param name="content">The values, little-endian; the tensor keeps this very array.</param>
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

    /// <exception cref="NotSupportedException">Event files have no such type.</exception>
    public static DataType TypeOf<T>() => ElementTypes.Of(typeof(T)) is var type and not TensorType.Unknown
        ? (DataType)type
        : throw new NotSupportedException(
            "A tensor holds float, double, Half, bool, strings or integers of 8 to 64 bits; "
            + $"{typeof(T).Name} was given.");

    /// <summary>Throws unless a shape stands for that many values.</summary>
    public static void ThrowIfNotOf(ReadOnlySpan<int> shape, long length, string argument = "shape")
    {
        long count = 1;
        foreach (int size in shape)
        {
            if (size < 0)
            {
                throw new ArgumentException(
                    $"No dimension may be negative; the shape is [{string.Join(", ", shape.ToArray())}].", argument);
            }

            count = Math.Min(count * size, int.MaxValue + 1L);
        }

        if (count != length)
        {
            throw new ArgumentException(
                $"The shape [{string.Join(", ", shape.ToArray())}] stands for "
                + $"{(count > int.MaxValue ? "too many" : count)} values; {length} given.",
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
