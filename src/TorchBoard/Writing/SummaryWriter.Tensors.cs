using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using Google.Protobuf;
using TorchBoard.Plugins;
using TorchBoard.Protos;

namespace TorchBoard;

public sealed partial class SummaryWriter
{
    // A protobuf message must be smaller than 2 GiB.
    private const long LargestValue = int.MaxValue - (64 << 10);

    /// <summary>
    /// Adds a tensor. TensorBoard has no dashboard for it; programs that read event files get it with its type and
    /// shape.
    /// </summary>
    /// <typeparam name="T">float, double, Half, bool or an integer of 8 to 64 bits.</typeparam>
    /// <param name="tag">The tag, such as <c>embedding/mean</c>.</param>
    /// <param name="values">The values in row-major order; may be empty.</param>
    /// <param name="step">The step; any 64-bit integer.</param>
    /// <param name="shape">The sizes of the dimensions; empty for a single value.</param>
    /// <param name="wallTime">The time it was recorded; the current time by default.</param>
    /// <exception cref="ArgumentException">
    /// The tag is null, empty or not valid Unicode, or has values of another kind; the shape and the number of values
    /// do not match; or the values take 2 GiB or more.
    /// </exception>
    /// <exception cref="NotSupportedException">The element type is not supported.</exception>
    /// <exception cref="ObjectDisposedException">The writer is disposed.</exception>
    public void AddTensor<T>(
        string tag, ReadOnlySpan<T> values, long step, ReadOnlySpan<int> shape, DateTimeOffset? wallTime = null)
        where T : unmanaged
    {
        Tag.ThrowIfInvalid(tag);
        DataType type = TensorSummary.TypeOf<T>();
        TensorSummary.ThrowIfNotOf(shape, values.Length);
        ThrowIfTooLarge((long)values.Length * Marshal.SizeOf<T>(), nameof(values));
        AppendTensor(tag, TensorSummary.Tensor(type, MemoryMarshal.AsBytes(values).ToArray(), shape), step, wallTime);
    }

    /// <inheritdoc cref="AddTensor{T}(string, ReadOnlySpan{T}, long, ReadOnlySpan{int}, DateTimeOffset?)"/>
    public void AddTensor<T>(string tag, in ReadOnlyTensorSpan<T> values, long step, DateTimeOffset? wallTime = null)
        where T : unmanaged =>
        AddTensor<T>(tag, Flatten(values), step, ShapeOf(values), wallTime);

    /// <inheritdoc cref="AddTensor{T}(string, ReadOnlySpan{T}, long, ReadOnlySpan{int}, DateTimeOffset?)"/>
    /// <param name="tag">The tag, such as <c>tokens</c>.</param>
    /// <param name="values">The texts in row-major order, none of them null; may be empty.</param>
    /// <param name="step">The step; any 64-bit integer.</param>
    /// <param name="shape">The sizes of the dimensions; empty for a single text.</param>
    /// <param name="wallTime">The time they were recorded; the current time by default.</param>
    public void AddTensor(
        string tag, ReadOnlySpan<string> values, long step, ReadOnlySpan<int> shape, DateTimeOffset? wallTime = null)
    {
        Tag.ThrowIfInvalid(tag);
        TensorSummary.ThrowIfNotOf(shape, values.Length);
        long size = 0;
        foreach (string value in values)
        {
            if (value is null)
                throw new ArgumentException("One of the texts is null.", nameof(values));
            Tag.ThrowIfNotUnicode(value, nameof(values));
            size += 3L * value.Length;
        }

        ThrowIfTooLarge(size, nameof(values));
        string[] copy = values.ToArray();
        int[] shapeCopy = shape.ToArray();
        Claim(tag, PluginTable.Tensors);
        Append(
            () => TensorSummary.Of(tag, TensorSummary.OfStrings(copy.Select(ByteString.CopyFromUtf8), shapeCopy)),
            size, step, wallTime);
    }

    private void AppendTensor(string tag, TensorProto tensor, long step, DateTimeOffset? wallTime)
    {
        Claim(tag, PluginTable.Tensors);
        Append(() => TensorSummary.Of(tag, tensor), tensor.TensorContent.Length, step, wallTime);
    }

    private static void ThrowIfTooLarge(long bytes, string argument)
    {
        if (bytes > LargestValue)
        {
            throw new ArgumentException(
                $"One value must take less than 2 GiB; this one takes {bytes} bytes.", argument);
        }
    }
}
