using static TorchSharp.torch;

namespace TorchBoard;

public static partial class TensorExtensions
{
    /// <summary>
    /// Adds a tensor. No TensorBoard dashboard shows it; programs that read event files find it with its type and
    /// shape. Half and bfloat16 values are stored as floats.
    /// </summary>
    /// <param name="writer">The writer.</param>
    /// <param name="tag">The tag, such as <c>embedding/mean</c>.</param>
    /// <param name="values">The values, of any shape.</param>
    /// <param name="step">The step; any 64-bit number.</param>
    /// <param name="wallTime">The time the value was recorded; the current time by default.</param>
    /// <exception cref="ArgumentException">
    /// The tag is null, empty or not valid Unicode, the tensor cannot be read, or it takes 2 GiB or more.
    /// </exception>
    /// <exception cref="ObjectDisposedException">The writer is disposed.</exception>
    public static void AddTensor(
        this SummaryWriter writer, string tag, Tensor values, long step, DateTimeOffset? wallTime = null)
    {
        ArgumentNullException.ThrowIfNull(writer);
        int[] shape = TensorArgument.ShapeOf(values, nameof(values));
        bool isShortFloat = values.dtype is ScalarType.Float16 or ScalarType.BFloat16;
        using var host = new HostTensor(values, isShortFloat ? ScalarType.Float32 : values.dtype);
        switch (host.Type)
        {
            case ScalarType.Float32:
                writer.AddTensor(tag, host.Values<float>(), step, shape, wallTime);
                break;
            case ScalarType.Float64:
                writer.AddTensor(tag, host.Values<double>(), step, shape, wallTime);
                break;
            case ScalarType.Int64:
                writer.AddTensor(tag, host.Values<long>(), step, shape, wallTime);
                break;
            case ScalarType.Int32:
                writer.AddTensor(tag, host.Values<int>(), step, shape, wallTime);
                break;
            case ScalarType.Int16:
                writer.AddTensor(tag, host.Values<short>(), step, shape, wallTime);
                break;
            case ScalarType.Int8:
                writer.AddTensor(tag, host.Values<sbyte>(), step, shape, wallTime);
                break;
            case ScalarType.Bool:
                writer.AddTensor(tag, host.Values<bool>(), step, shape, wallTime);
                break;
            default:
                writer.AddTensor(tag, host.Values<byte>(), step, shape, wallTime);
                break;
        }
    }
}
