using TorchSharp;
using static TorchSharp.torch;

namespace TorchBoard;

/// <summary>
/// Checks tensor arguments before libtorch sees them: libtorch's own errors do not name the argument.
/// </summary>
internal static class TensorArgument
{
    /// <summary>Throws unless the tensor holds at least one value, of a readable type and layout.</summary>
    public static void ThrowIfUnreadable(Tensor tensor, string argument)
    {
        ArgumentNullException.ThrowIfNull(tensor, argument);
        if (tensor.IsInvalid)
            throw new ArgumentException("The tensor has been disposed of.", argument);
        if (tensor.is_sparse)
        {
            throw new ArgumentException("The tensor must be dense; was sparse. Call to_dense().", argument);
        }

        if (!IsReadable(tensor.dtype))
        {
            throw new ArgumentException(
                $"The tensor must hold floating-point numbers, integers or booleans; was {tensor.dtype}.", argument);
        }

        if (tensor.device_type == DeviceType.META)
            throw new ArgumentException("The tensor is on the device 'meta' and has no values.", argument);
        if (tensor.NumberOfElements == 0)
        {
            throw new ArgumentException(
                $"The tensor must have at least one value; its shape is {ShapeText(tensor)}.", argument);
        }
    }

    /// <summary>Throws unless the tensor holds exactly one value.</summary>
    public static void ThrowIfNotOneValue(Tensor tensor, string argument)
    {
        ThrowIfUnreadable(tensor, argument);
        if (tensor.NumberOfElements != 1)
        {
            throw new ArgumentException(
                $"The tensor must have exactly one value; its shape is {ShapeText(tensor)}. Use mean(), sum() or one "
                + "element.",
                argument);
        }
    }

    /// <summary>Returns the shape of a tensor that fits into an array.</summary>
    public static int[] ShapeOf(Tensor tensor, string argument)
    {
        ThrowIfUnreadable(tensor, argument);
        if (tensor.NumberOfElements > int.MaxValue)
        {
            throw new ArgumentException(
                $"The tensor must have at most {int.MaxValue} values; its shape is {ShapeText(tensor)}.", argument);
        }

        return Array.ConvertAll(tensor.shape, size => (int)size);
    }

    /// <summary>Returns the shape of pictures or videos.</summary>
    public static int[] ShapeOf<TLayout>(Tensor pixels, TLayout layout, string argument)
        where TLayout : struct, Enum
    {
        int[] shape = ShapeOf(pixels, argument);
        if (!Enum.IsDefined(layout))
        {
            throw new ArgumentOutOfRangeException(
                nameof(layout), layout, $"The layout must be a value of {typeof(TLayout).Name}.");
        }

        // A layout's name has a letter for each dimension.
        string name = layout.ToString();
        if (shape.Length != name.Length)
        {
            throw new ArgumentException(
                $"The layout {name} requires {name.Length} dimensions; the shape is {ShapeText(pixels)}. "
                + "Check the layout.",
                argument);
        }

        int channels = name.IndexOf('c', StringComparison.OrdinalIgnoreCase);
        if (channels >= 0 && shape[channels] is not (1 or 3 or 4))
        {
            throw new ArgumentException(
                $"There must be 1, 3 or 4 channels; the shape {ShapeText(pixels)} as {name} has {shape[channels]}. "
                + "Check the layout.",
                argument);
        }

        return shape;
    }

    /// <summary>Whether the tensor holds a value, of a readable type and layout.</summary>
    public static bool CanBeRead(Tensor tensor) =>
        tensor is { IsInvalid: false, is_sparse: false } && IsReadable(tensor.dtype)
        && tensor.device_type != DeviceType.META && tensor.NumberOfElements > 0;

    public static string ShapeText(Tensor tensor) => $"[{string.Join(", ", tensor.shape)}]";

    public static bool IsFloatingPoint(ScalarType type) =>
        type is ScalarType.Float16 or ScalarType.BFloat16 or ScalarType.Float32 or ScalarType.Float64;

    private static bool IsReadable(ScalarType type) =>
        IsFloatingPoint(type)
        || type is ScalarType.Bool or ScalarType.Byte or ScalarType.Int8 or ScalarType.Int16 or ScalarType.Int32
            or ScalarType.Int64;
}
