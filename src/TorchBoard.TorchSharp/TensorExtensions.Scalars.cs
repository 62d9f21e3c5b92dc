using TorchSharp;
using static TorchSharp.torch;

namespace TorchBoard;

/// <summary>
/// What <see cref="SummaryWriter"/> takes, from tensors: of any type of number, on any device, with any strides,
/// requiring gradients or not.
/// </summary>
/// <remarks>
/// <para>
/// Brain floats and half floats are read as floats; integers and booleans as they are. What lies side by side in the
/// computer's memory is read in place. A tensor may be changed or disposed of as soon as a call returns. No tensor is
/// left in the caller's dispose scope, and no gradient is recorded.
/// </para>
/// <para>
/// A tensor that is null, disposed of, empty, sparse, quantized or complex is refused with an
/// <see cref="ArgumentException"/> that names the argument.
/// </para>
/// </remarks>
public static partial class TensorExtensions
{
    /// <summary>
    /// Adds one point to a curve in the Scalars dashboard. The value of a device is not waited for: a copy of it stays
    /// there, and many are fetched in one transfer when they are written.
    /// </summary>
    /// <param name="writer">The writer.</param>
    /// <param name="tag">The curve, such as <c>loss/train</c>.</param>
    /// <param name="value">A tensor of one value, of any shape, rounded to a float. NaN and ±Infinity are data.</param>
    /// <param name="step">Where it stands on the horizontal axis; any 64-bit number.</param>
    /// <param name="wallTime">When it was measured; now by default.</param>
    /// <remarks>
    /// Values of a device stand in the file where they were added, among what was added before and after, and are
    /// there within the flush interval, and after <see cref="SummaryWriter.Flush"/>. Until then they count towards
    /// <see cref="SummaryWriterOptions.UnwrittenBytesLimit"/> with about 100 bytes each.
    /// </remarks>
    /// <exception cref="ArgumentException">
    /// The tag is null, empty or no valid Unicode, or the tensor cannot be read or has other than one value.
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
    /// Adds a point to each of several curves that TensorBoard overlays in one chart. Values of devices are not waited
    /// for, as with <see cref="AddScalar"/>.
    /// </summary>
    /// <param name="writer">The writer.</param>
    /// <param name="mainTag">The tag of the chart.</param>
    /// <param name="values">The series' names, and for each a tensor of one value.</param>
    /// <param name="step">Where the points stand on the horizontal axis.</param>
    /// <param name="wallTime">When they were measured; now by default.</param>
    /// <exception cref="ArgumentException">
    /// As of <see cref="SummaryWriter.AddScalars(string, ReadOnlySpan{ValueTuple{string, float}}, long,
    /// DateTimeOffset?)"/>, or a tensor cannot be read or has other than one value.
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

    /// <summary>Adds a scalar by way of a copy on the tensor's device.</summary>
    internal static void AddDeviceScalar(
        SummaryWriter writer, string tag, Tensor value, long step, DateTimeOffset? wallTime)
    {
        Tag.ThrowIfInvalid(tag);
        writer.AddDeferredScalar(tag, Deferred(writer, value), step, wallTime);
    }

    /// <summary>Adds points of which some go by way of a copy on their device.</summary>
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

    // A writer that is switched off asks for nothing, and what was kept for it would stay on the device.
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
