using System.Runtime.InteropServices;
using Google.Protobuf;
using TorchBoard.Protos;

namespace TorchBoard.Summaries;

/// <summary>Tensors, on their own and as the form that other kinds of values have.</summary>
internal static class TensorSummary
{
    // No dashboard shows it; PyTorch writes this name.
    private const string PluginName = "tensor";

    public static Summary Of(string tag, TensorProto tensor) =>
        new() { Value = { Value(tag, tensor, PluginMetadata.Of(PluginName, DataClass.Tensor)) } };

    public static Summary.Types.Value Value(string tag, TensorProto tensor, SummaryMetadata metadata) =>
        new() { Tag = tag, Tensor = tensor, Metadata = metadata };

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
    public static DataType TypeOf<T>() => Type.GetTypeCode(typeof(T)) switch
    {
        TypeCode.Single => DataType.DtFloat,
        TypeCode.Double => DataType.DtDouble,
        TypeCode.SByte => DataType.DtInt8,
        TypeCode.Byte => DataType.DtUint8,
        TypeCode.Int16 => DataType.DtInt16,
        TypeCode.UInt16 => DataType.DtUint16,
        TypeCode.Int32 => DataType.DtInt32,
        TypeCode.UInt32 => DataType.DtUint32,
        TypeCode.Int64 => DataType.DtInt64,
        TypeCode.UInt64 => DataType.DtUint64,
        TypeCode.Boolean => DataType.DtBool,
        _ when typeof(T) == typeof(Half) => DataType.DtHalf,
        _ => throw new NotSupportedException(
            $"A tensor holds float, double, Half, bool, strings or integers of 8 to 64 bits; {typeof(T).Name} was given."),
    };

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
