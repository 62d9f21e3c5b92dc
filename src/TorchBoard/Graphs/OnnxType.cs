namespace TorchBoard.Graphs;

/// <summary>The numbers by which ONNX names the types of elements.</summary>
internal static class OnnxType
{
    public static TensorType Of(int type) => type switch
    {
        1 => TensorType.Single,
        2 => TensorType.Byte,
        3 => TensorType.SByte,
        4 => TensorType.UInt16,
        5 => TensorType.Int16,
        6 => TensorType.Int32,
        7 => TensorType.Int64,
        8 => TensorType.String,
        9 => TensorType.Boolean,
        10 => TensorType.Half,
        11 => TensorType.Double,
        12 => TensorType.UInt32,
        13 => TensorType.UInt64,
        14 => TensorType.Complex64,
        15 => TensorType.Complex128,
        16 => TensorType.BFloat16,
        _ => TensorType.Unknown,
    };
}
