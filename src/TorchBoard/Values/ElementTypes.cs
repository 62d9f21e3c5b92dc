namespace TorchBoard;

/// <summary>
/// The element types of tensors, with the .NET type, the size in bytes and the number in ONNX of each. The numbers of
/// <see cref="TensorType"/> are those of event files.
/// </summary>
internal static class ElementTypes
{
    private static readonly Row[] Rows =
    [
        new(TensorType.Single, typeof(float), sizeof(float), 1),
        new(TensorType.Double, typeof(double), sizeof(double), 11),
        new(TensorType.Half, typeof(Half), sizeof(ushort), 10),
        new(TensorType.BFloat16, null, sizeof(ushort), 16),
        new(TensorType.SByte, typeof(sbyte), sizeof(sbyte), 3),
        new(TensorType.Byte, typeof(byte), sizeof(byte), 2),
        new(TensorType.Int16, typeof(short), sizeof(short), 5),
        new(TensorType.UInt16, typeof(ushort), sizeof(ushort), 4),
        new(TensorType.Int32, typeof(int), sizeof(int), 6),
        new(TensorType.UInt32, typeof(uint), sizeof(uint), 12),
        new(TensorType.Int64, typeof(long), sizeof(long), 7),
        new(TensorType.UInt64, typeof(ulong), sizeof(ulong), 13),
        new(TensorType.Boolean, typeof(bool), sizeof(bool), 9),
        new(TensorType.String, null, 0, 8),
        new(TensorType.Complex64, null, 0, 14),
        new(TensorType.Complex128, null, 0, 15),
    ];

    /// <summary>
    /// Returns the element type of a .NET type, for an enumeration that of its numbers; Unknown if event files have no
    /// such type.
    /// </summary>
    public static TensorType Of(Type type)
    {
        Type number = type.IsEnum ? type.GetEnumUnderlyingType() : type;
        return Array.Find(Rows, row => row.Type == number).Element;
    }

    /// <summary>Returns the element type with this number in ONNX; Unknown if there is none.</summary>
    public static TensorType OfOnnx(int number) => Array.Find(Rows, row => row.Onnx == number).Element;

    /// <summary>
    /// Returns the size of a number in bytes; 0 if the elements are not numbers or their type is unknown.
    /// </summary>
    public static int SizeOf(TensorType element) => Array.Find(Rows, row => row.Element == element).Size;

    private readonly record struct Row(TensorType Element, Type? Type, int Size, int Onnx);
}
