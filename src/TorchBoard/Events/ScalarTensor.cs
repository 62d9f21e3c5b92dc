using System.Buffers.Binary;
using TorchBoard.Protos;

namespace TorchBoard.Events;

/// <summary>Reads a tensor of one number by hand: the new style of scalars.</summary>
internal static class ScalarTensor
{
    /// <summary>Reads a float or a double; returns false if the tensor is anything else.</summary>
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
                case WireKey.TensorType:
                    dtype = (DataType)wire.Varint();
                    break;
                case WireKey.TensorShape:
                    // A single number has no dimensions; other shapes are handled elsewhere.
                    if (!wire.Bytes().IsEmpty)
                        return false;
                    break;
                case WireKey.TensorContent or WireKey.TensorPackedFloats or WireKey.TensorPackedDoubles:
                    bytes = wire.Bytes();
                    break;
                case WireKey.TensorFloat:
                    value = wire.Single();
                    return dtype == DataType.DtFloat && !wire.Next(out _) && !wire.Failed;
                case WireKey.TensorDouble:
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
