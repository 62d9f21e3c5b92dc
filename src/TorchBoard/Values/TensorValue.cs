using System.Buffers.Binary;
using System.Globalization;
using Google.Protobuf;
using TorchBoard.Protos;

namespace TorchBoard;

/// <summary>A tensor of any type and shape in an event file. Immutable, thread-safe.</summary>
public sealed class TensorValue
{
    /// <summary>The maximum number of elements to create when a file stores one value for all of them.</summary>
    private const long MaxRepeated = 1 << 24;

    private readonly TensorProto _proto;
    private readonly long[] _shape;

    internal TensorValue(TensorProto proto)
    {
        _proto = proto;
        _shape = proto.TensorShape is { UnknownRank: false } shape ? [.. shape.Dim.Select(d => d.Size)] : [];
        ElementCount = CountElements(_shape);
        if (ElementSize() is var size and > 0 && proto.TensorContent.Length % size != 0)
            throw new InvalidDataException(Counts($"of {size} bytes has {proto.TensorContent.Length} bytes"));
        int stored = StoredCount();
        if (stored > ElementCount)
            throw new InvalidDataException(Counts($"has {stored} elements"));
        IsWhole = stored == ElementCount;
        if (!IsWhole && (proto.TensorContent.Length > 0 || Type == TensorType.String || ElementCount > MaxRepeated))
            throw new InvalidDataException(Counts($"has only {stored} elements"));
    }

    /// <summary>The type of the elements.</summary>
    public TensorType Type => (TensorType)_proto.Dtype;

    /// <summary>The length of each dimension; empty for a single value.</summary>
    public ReadOnlySpan<long> Shape => _shape;

    /// <summary>The number of elements.</summary>
    public long ElementCount { get; }

    /// <summary>Whether the file stores all elements, rather than one that is repeated.</summary>
    internal bool IsWhole { get; }

    /// <summary>Whether the elements are numbers of a known type.</summary>
    internal bool IsNumeric => ElementSize() > 0;

    /// <summary>Returns the shape of a tensor of strings.</summary>
    /// <param name="proto">The tensor; its strings may be missing.</param>
    /// <param name="strings">The number of its strings.</param>
    /// <exception cref="InvalidDataException">The shape is invalid or has another number of elements.</exception>
    internal static long[] ShapeOf(TensorProto proto, int strings)
    {
        long[] shape = proto.TensorShape is { UnknownRank: false } known ? [.. known.Dim.Select(d => d.Size)] : [];
        long count = CountElements(shape);
        return count == strings
            ? shape
            : throw new InvalidDataException(
                $"a tensor of {count} elements has {(strings < count ? "only " : "")}{strings} elements");
    }

    /// <summary>Returns the elements as numbers in row-major order; Booleans are 0 and 1.</summary>
    /// <exception cref="InvalidOperationException">The elements are not numbers or have an unknown type.</exception>
    public double[] ToDoubles()
    {
        double[] values = Type switch
        {
            _ when !IsNumeric => throw new InvalidOperationException(
                $"The tensor has elements of type {Type}, which are not numbers."),
            _ when _proto.TensorContent.Length > 0 => FromContent(_proto.TensorContent.Span),
            TensorType.Single => [.. _proto.FloatVal.Select(v => (double)v)],
            TensorType.Double => [.. _proto.DoubleVal],
            TensorType.Int64 => [.. _proto.Int64Val.Select(v => (double)v)],
            TensorType.Boolean => [.. _proto.BoolVal.Select(v => v ? 1.0 : 0.0)],
            TensorType.Half => [.. _proto.HalfVal.Select(v => (double)BitConverter.UInt16BitsToHalf((ushort)v))],
            TensorType.BFloat16 => [.. _proto.HalfVal.Select(v => (double)FromBFloat16((ushort)v))],
            TensorType.UInt32 => [.. _proto.Uint32Val.Select(v => (double)v)],
            TensorType.UInt64 => [.. _proto.Uint64Val.Select(v => (double)v)],
            _ => [.. _proto.IntVal.Select(v => (double)v)],
        };
        return Fill(values, 0);
    }

    /// <summary>Returns the elements as text in row-major order; invalid UTF-8 becomes U+FFFD.</summary>
    /// <exception cref="InvalidOperationException">The elements are not strings.</exception>
    public string[] ToStrings() => StringsTo(bytes => bytes.ToStringUtf8());

    /// <summary>Returns the byte strings in row-major order.</summary>
    /// <exception cref="InvalidOperationException">The elements are not strings.</exception>
    public ReadOnlyMemory<byte>[] ToBytes() => StringsTo(bytes => bytes.Memory);

    /// <summary>Returns type and shape, such as <c>Single[2, 3]</c>.</summary>
    public override string ToString()
    {
        IEnumerable<string> sizes = _shape.Select(size => size.ToString(CultureInfo.InvariantCulture));
        return $"{Type}[{string.Join(", ", sizes)}]";
    }

    private T[] StringsTo<T>(Func<ByteString, T> convert)
    {
        if (Type != TensorType.String)
            throw new InvalidOperationException($"The tensor has elements of type {Type}, which are not strings.");
        T[] values = new T[_proto.StringVal.Count];
        for (int i = 0; i < values.Length; i++)
            values[i] = convert(_proto.StringVal[i]);
        return values;
    }

    private static long CountElements(long[] shape)
    {
        // No element in one dimension is no element at all, however large the others are.
        bool isEmpty = shape.Contains(0);
        long count = isEmpty ? 0 : 1;
        foreach (long size in shape)
        {
            if (size < 0 || (size > 0 && count > int.MaxValue / size))
                throw new InvalidDataException("a tensor's shape is negative or larger than 2^31 elements");
            count *= size;
        }

        return count;
    }

    private int StoredCount()
    {
        if (_proto.TensorContent.Length > 0 && Type != TensorType.String)
            return ElementSize() is var size and > 0 ? _proto.TensorContent.Length / size : 0;
        return Type switch
        {
            TensorType.Single => _proto.FloatVal.Count,
            TensorType.Double => _proto.DoubleVal.Count,
            TensorType.String => _proto.StringVal.Count,
            TensorType.Int64 => _proto.Int64Val.Count,
            TensorType.Boolean => _proto.BoolVal.Count,
            TensorType.Half or TensorType.BFloat16 => _proto.HalfVal.Count,
            TensorType.UInt32 => _proto.Uint32Val.Count,
            TensorType.UInt64 => _proto.Uint64Val.Count,
            _ => _proto.IntVal.Count,
        };
    }

    // If there are fewer values than elements, the last value is repeated.
    private T[] Fill<T>(T[] values, T none)
    {
        if (values.Length == ElementCount)
            return values;
        T[] filled = new T[ElementCount];
        values.CopyTo(filled, 0);
        Array.Fill(filled, values.Length > 0 ? values[^1] : none, values.Length, filled.Length - values.Length);
        return filled;
    }

    private string Counts(string stored) =>
        string.Create(CultureInfo.InvariantCulture, $"a tensor of {ElementCount} elements {stored}");

    private int ElementSize() => ElementTypes.SizeOf(Type);

    private double[] FromContent(ReadOnlySpan<byte> content)
    {
        int size = ElementSize();
        double[] values = new double[content.Length / size];
        for (int i = 0; i < values.Length; i++)
        {
            ReadOnlySpan<byte> at = content.Slice(i * size, size);
            values[i] = Type switch
            {
                TensorType.Single => BinaryPrimitives.ReadSingleLittleEndian(at),
                TensorType.Double => BinaryPrimitives.ReadDoubleLittleEndian(at),
                TensorType.Int32 => BinaryPrimitives.ReadInt32LittleEndian(at),
                TensorType.Byte => at[0],
                TensorType.SByte => (sbyte)at[0],
                TensorType.Boolean => at[0] != 0 ? 1 : 0,
                TensorType.Int16 => BinaryPrimitives.ReadInt16LittleEndian(at),
                TensorType.UInt16 => BinaryPrimitives.ReadUInt16LittleEndian(at),
                TensorType.Half => (double)BinaryPrimitives.ReadHalfLittleEndian(at),
                TensorType.BFloat16 => FromBFloat16(BinaryPrimitives.ReadUInt16LittleEndian(at)),
                TensorType.UInt32 => BinaryPrimitives.ReadUInt32LittleEndian(at),
                TensorType.Int64 => BinaryPrimitives.ReadInt64LittleEndian(at),
                _ => BinaryPrimitives.ReadUInt64LittleEndian(at),
            };
        }

        return values;
    }

    // A bfloat16 is the upper half of a float.
    private static float FromBFloat16(ushort bits) => BitConverter.Int32BitsToSingle(bits << 16);
}
