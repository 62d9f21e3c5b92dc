namespace TorchBoard.Graphs;

/// <summary>The numbers by which ONNX names the types of elements.</summary>
internal static class OnnxType
{
    public static TensorType Of(int type) => type switch
    {
        1 => TensorType.Float32,
        2 => TensorType.UInt8,
        3 => TensorType.Int8,
        4 => TensorType.UInt16,
        5 => TensorType.Int16,
        6 => TensorType.Int32,
        7 => TensorType.Int64,
        8 => TensorType.Text,
        9 => TensorType.Bool,
        10 => TensorType.Float16,
        11 => TensorType.Float64,
        12 => TensorType.UInt32,
        13 => TensorType.UInt64,
        14 => TensorType.Complex64,
        15 => TensorType.Complex128,
        16 => TensorType.BFloat16,
        _ => TensorType.Unknown,
    };
}
