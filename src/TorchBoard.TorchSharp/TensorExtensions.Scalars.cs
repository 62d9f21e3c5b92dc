using TorchSharp;
using static TorchSharp.torch;

namespace TorchBoard;

/// <summary>
/// Overloads of <see cref="SummaryWriter"/>'s methods for tensors: of any numeric type, on any device, with any
/// strides, with or without gradients.
/// </summary>
/// <remarks>
/// <para>
/// Half and bfloat16 tensors are read as floats; integers and booleans are read in their type. Contiguous tensors in
/// host memory are read in place. A tensor can be changed or disposed of as soon as a call returns. No tensor remains
/// in the caller's dispose scope, and no gradient is recorded.
/// </para>
/// <para>
/// A tensor that is null, disposed, empty, sparse, quantized or complex causes an <see cref="ArgumentException"/> that
/// names the argument.
/// </para>
/// </remarks>
public static partial class TensorExtensions
{
    /// <summary>
    /// Adds one point to a series in the Scalars dashboard. Does not wait for a device: a copy of the value stays
    /// there, and many values are fetched in one transfer when they are written.
    /// </summary>
    /// <param name="writer">The writer.</param>
    /// <param name="tag">The tag, such as <c>loss/train</c>.</param>
    /// <param name="value">
    /// A tensor of one value, of any shape, rounded to a float. NaN and ±Infinity are written as they are.
    /// </param>
    /// <param name="step">The position on the horizontal axis; any 64-bit number.</param>
    /// <param name="wallTime">The time the value was recorded; the current time by default.</param>
    /// <remarks>
    /// Values of a device keep their position in the file among the values added before and after. They are written
    /// within the flush interval or by <see cref="SummaryWriter.Flush"/>. Until then, each counts as about 100 bytes
    /// towards <see cref="SummaryWriterOptions.UnwrittenBytesLimit"/>.
    /// </remarks>
    /// <exception cref="ArgumentException">
    /// The tag is null, empty or not valid Unicode, or the tensor cannot be read or does not have exactly one value.
    /// </exception>
    /// <exception cref="ObjectDisposedException">The writer is disposed.</exception>
    public static void AddScalar(
        this SummaryWriter writer, string tag, Tensor value, long step, DateTimeOffset? wallTime = null)
    {
        ArgumentNullException.ThrowIfNull(writer);
        TensorArgument.ThrowIfNotOneValue(value, nameof(value));
        if (value.device_type != DeviceType.CPU)
            AddDeviceScalar(writer, tag, value, step, wallTime);
        else if (wallTime is { } time)
            writer.AddScalar(tag, ValueOf(value), step, time);
        else
            writer.AddScalar(tag, ValueOf(value), step);
    }

    /// <summary>
    /// Adds a point to each of several series that TensorBoard overlays in one chart. Does not wait for devices; see
    /// <see cref="AddScalar"/>.
    /// </summary>
    /// <param name="writer">The writer.</param>
    /// <param name="mainTag">The tag of the chart.</param>
    /// <param name="values">The names of the series, and a tensor of one value for each.</param>
    /// <param name="step">The position on the horizontal axis; any 64-bit number.</param>
    /// <param name="wallTime">The time the values were recorded; the current time by default.</param>
    /// <exception cref="ArgumentException">
    /// See
    /// <see cref="SummaryWriter.AddScalars{T}(string, ReadOnlySpan{ValueTuple{string, T}}, long, DateTimeOffset?)"/>;
    /// or a tensor cannot be read or does not have exactly one value.
    /// </exception>
    /// <exception cref="ObjectDisposedException">The writer is disposed.</exception>
    public static void AddScalars(
        this SummaryWriter writer, string mainTag, IEnumerable<KeyValuePair<string, Tensor>> values, long step,
        DateTimeOffset? wallTime = null)
    {
        ArgumentNullException.ThrowIfNull(values);
        AddScalars(writer, mainTag, [.. values.Select(pair => (pair.Key, pair.Value))], step, wallTime);
    }

    /// <inheritdoc cref="AddScalars(SummaryWriter, string, IEnumerable{KeyValuePair{string, Tensor}}, long, DateTimeOffset?)"/>
    public static void AddScalars(
        this SummaryWriter writer, string mainTag, ReadOnlySpan<(string Series, Tensor Value)> values, long step,
        DateTimeOffset? wallTime = null)
    {
        ArgumentNullException.ThrowIfNull(writer);
        foreach ((_, Tensor value) in values)
            TensorArgument.ThrowIfNotOneValue(value, nameof(values));
        AddScalars(writer, mainTag, values, step, wallTime, value => value.device_type != DeviceType.CPU);
    }

    /// <summary>Adds a scalar through a copy on the tensor's device.</summary>
    internal static void AddDeviceScalar(
        SummaryWriter writer, string tag, Tensor value, long step, DateTimeOffset? wallTime)
    {
        Tag.ThrowIfInvalid(tag);
        writer.AddDeferredScalar(tag, Deferred(writer, value), step, wallTime);
    }

    /// <summary>Adds points, some of them through a copy on their device.</summary>
    internal static void AddScalars(
        SummaryWriter writer, string mainTag, ReadOnlySpan<(string Series, Tensor Value)> values, long step,
        DateTimeOffset? wallTime, Func<Tensor, bool> isOnDevice)
    {
        var points = new (string, Func<float>)[values.Length];
        for (int i = 0; i < points.Length; i++)
        {
            (string series, Tensor value) = values[i];
            if (isOnDevice(value))
            {
                points[i] = (series, Deferred(writer, value));
                continue;
            }

            float known = ValueOf(value);
            points[i] = (series, () => known);
        }

        writer.AddDeferredScalars(mainTag, points, step, wallTime);
    }

    // A disabled writer requests nothing, so a copy made for it would stay on the device.
    private static Func<float> Deferred(SummaryWriter writer, Tensor value) =>
        writer.IsEnabled ? DeviceScalars.Of(writer).Add(value) : () => float.NaN;

    private static float ValueOf(Tensor value)
    {
        using HostTensor host = HostTensor.Of(value);
        return host.Type switch
        {
            ScalarType.Float32 => host.Values<float>()[0],
            ScalarType.Float64 => (float)host.Values<double>()[0],
            ScalarType.Float16 => (float)host.Values<Half>()[0],
            ScalarType.Int64 => host.Values<long>()[0],
            ScalarType.Int32 => host.Values<int>()[0],
            ScalarType.Int16 => host.Values<short>()[0],
            ScalarType.Int8 => host.Values<sbyte>()[0],
            _ => host.Values<byte>()[0],
        };
    }
}
