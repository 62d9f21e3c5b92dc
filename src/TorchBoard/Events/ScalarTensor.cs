using System.Buffers.Binary;
using TorchBoard.Protos;

namespace TorchBoard.Events;

/// <summary>A tensor of one number, by hand: the new style of scalars.</summary>
internal static class ScalarTensor
{
    private const uint DtypeKey = 1 << 3 | 0;
    private const uint ShapeKey = 2 << 3 | 2;
    private const uint ContentKey = 4 << 3 | 2;
    private const uint FloatKey = 5 << 3 | 5;
    private const uint PackedFloatKey = 5 << 3 | 2;
    private const uint DoubleKey = 6 << 3 | 1;
    private const uint PackedDoubleKey = 6 << 3 | 2;

    /// <summary>Reads a float or a double; false where the tensor is anything else.</summary>
    public static bool TryRead(ReadOnlySpan<byte> tensor, out double value)
    {
        value = 0;
        var dtype = DataType.DtInvalid;
        ReadOnlySpan<byte> bytes = default;
        var wire = new WireReader(tensor);
        while (wire.Next(out uint key))
        {
            switch (key)
            {
                case DtypeKey:
                    dtype = (DataType)wire.Varint();
                    break;
                case ShapeKey:
                    // A single number has no dimensions; what has some is looked at closely elsewhere.
                    if (!wire.Bytes().IsEmpty)
                        return false;
                    break;
                case ContentKey or PackedFloatKey or PackedDoubleKey:
                    bytes = wire.Bytes();
                    break;
                case FloatKey:
                    value = wire.Single();
                    return dtype == DataType.DtFloat && !wire.Next(out _) && !wire.Failed;
                case DoubleKey:
                    value = wire.Double();
                    return dtype == DataType.DtDouble && !wire.Next(out _) && !wire.Failed;
                default:
                    wire.Skip(key);
                    break;
            }
        }

        if (wire.Failed)
            return false;
        if (dtype == DataType.DtFloat && bytes.Length == sizeof(float))
            value = BinaryPrimitives.ReadSingleLittleEndian(bytes);
        else if (dtype == DataType.DtDouble && bytes.Length == sizeof(double))
            value = BinaryPrimitives.ReadDoubleLittleEndian(bytes);
        else
            return false;
        return true;
    }
}
