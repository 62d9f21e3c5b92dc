using TorchSharp;
using static TorchSharp.torch;

namespace TorchBoard;

/// <summary>
/// Checks of tensors that are given, before libtorch sees them: what it cannot do, it reports without a word of which
/// argument was meant.
/// </summary>
internal static class TensorArgument
{
    /// <summary>Throws unless the tensor holds at least one number, of a type and in a form that can be read.</summary>
    public static void ThrowIfUnreadable(Tensor tensor, string argument)
    {
        ArgumentNullException.ThrowIfNull(tensor, argument);
        if (tensor.IsInvalid)
            throw new ArgumentException("The tensor has been disposed of.", argument);
        if (tensor.is_sparse)
            throw new ArgumentException(
                "A dense tensor is wanted; this one is sparse. Call to_dense() on it.", argument);
        if (!IsReadable(tensor.dtype))
        {
            throw new ArgumentException(
                $"Floating-point numbers, integers or booleans are wanted; the tensor holds {tensor.dtype}.", argument);
        }

        if (tensor.device_type == DeviceType.META)
            throw new ArgumentException("The tensor is on the device 'meta' and has no values.", argument);
        if (tensor.NumberOfElements == 0)
        {
            throw new ArgumentException(
                $"The tensor is empty, its shape is {ShapeText(tensor)}; at least one value is wanted.", argument);
        }
    }

    /// <summary>Throws unless the tensor holds exactly one number.</summary>
    public static void ThrowIfNotOneValue(Tensor tensor, string argument)
    {
        ThrowIfUnreadable(tensor, argument);
        if (tensor.NumberOfElements != 1)
        {
            throw new ArgumentException(
                $"A tensor of one value is wanted; the shape is {ShapeText(tensor)}. Take its mean() or sum(), or one "
                + "element.",
                argument);
        }
    }

    /// <summary>The sizes of the dimensions of a tensor that arrays can hold.</summary>
    public static int[] ShapeOf(Tensor tensor, string argument)
    {
        ThrowIfUnreadable(tensor, argument);
        if (tensor.NumberOfElements > int.MaxValue)
        {
            throw new ArgumentException(
                $"At most {int.MaxValue} values are wanted; the shape is {ShapeText(tensor)}.", argument);
        }

        return Array.ConvertAll(tensor.shape, size => (int)size);
    }

    /// <summary>The sizes of the dimensions of pictures or videos.</summary>
    public static int[] ShapeOf<TLayout>(Tensor pixels, TLayout layout, string argument)
        where TLayout : struct, Enum
    {
        int[] shape = ShapeOf(pixels, argument);
        if (!Enum.IsDefined(layout))
        {
            throw new ArgumentOutOfRangeException(
                nameof(layout), layout, $"One of {typeof(TLayout).Name}'s values is wanted.");
        }

        // A layout's name has a letter for each dimension.
        string name = layout.ToString();
        if (shape.Length != name.Length)
        {
            throw new ArgumentException(
                $"The layout {name} wants {name.Length} dimensions; the shape is {ShapeText(pixels)}. "
                + "Is the layout the right one?",
                argument);
        }

        int channels = name.IndexOf('c', StringComparison.OrdinalIgnoreCase);
        if (channels >= 0 && shape[channels] is not (1 or 3 or 4))
        {
            throw new ArgumentException(
                $"1, 3 or 4 channels are wanted; the shape {ShapeText(pixels)} read as {name} has {shape[channels]}. "
                + "Is the layout the right one?",
                argument);
        }

        return shape;
    }

    /// <summary>Whether the tensor holds a value, of a type and in a form that can be read.</summary>
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
