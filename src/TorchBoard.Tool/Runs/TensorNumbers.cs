namespace TorchBoard.Tool.Runs;

/// <summary>The elements of tensors.</summary>
internal static class TensorNumbers
{
    /// <summary>Returns the elements as numbers; null if they are strings, complex or of an unknown type.</summary>
    public static double[]? Of(TensorValue tensor)
    {
        bool isNumeric = Enum.IsDefined(tensor.Type) && tensor.Type is not (
            TensorType.Unknown or TensorType.String or TensorType.Complex64 or TensorType.Complex128);
        return isNumeric ? tensor.ToDoubles() : null;
    }
}
