using System.Numerics;
using TorchBoard.Histograms;
using TorchSharp;
using static TorchSharp.torch;

namespace TorchBoard;

public static partial class TensorExtensions
{
    /// <summary>
    /// Adds the distribution of a tensor's values at a step to the Histograms and Distributions dashboards.
    /// </summary>
    /// <param name="writer">The writer.</param>
    /// <param name="tag">The tag, such as <c>fc1/weight</c>.</param>
    /// <param name="values">
    /// The values, of any shape; booleans count as 0 and 1. NaN and ±Infinity are excluded and counted in the series
    /// <c>tag/nonfinite</c>, which is written if there are any.
    /// </param>
    /// <param name="step">The step; any 64-bit number.</param>
    /// <param name="bins">The buckets; <see cref="HistogramBins.Default"/> by default.</param>
    /// <param name="wallTime">The time the values were recorded; the current time by default.</param>
    /// <remarks>
    /// With default buckets, values on a CUDA device are counted there, without waiting for it; only the counts are
    /// transferred when they are written. Buckets and counts are the same as on the CPU. Other buckets and other
    /// devices require a transfer of the values.
    /// </remarks>
    /// <exception cref="ArgumentException">
    /// The tag is null, empty or not valid Unicode, the tensor cannot be read, or it has 2³¹ values or more and the
    /// buckets are not the default buckets.
    /// </exception>
    /// <exception cref="ObjectDisposedException">The writer is disposed.</exception>
    public static void AddHistogram(
        this SummaryWriter writer, string tag, Tensor values, long step, HistogramBins bins = default,
        DateTimeOffset? wallTime = null)
    {
        ArgumentNullException.ThrowIfNull(writer);
        TensorArgument.ThrowIfUnreadable(values, nameof(values));
        if (bins != HistogramBins.Default)
        {
            TensorArgument.ShapeOf(values, nameof(values));
        }
        else if (values.device_type == DeviceType.CUDA)
        {
            AddDeviceHistogram(writer, tag, values, step, wallTime);
            return;
        }

        using HostTensor host = HostTensor.Of(values);
        switch (host.Type)
        {
            case ScalarType.Float32:
                AddHistogram<float>(writer, tag, host, values.NumberOfElements, step, bins, wallTime);
                break;
            case ScalarType.Float64:
                AddHistogram<double>(writer, tag, host, values.NumberOfElements, step, bins, wallTime);
                break;
            case ScalarType.Float16:
                AddHistogram<Half>(writer, tag, host, values.NumberOfElements, step, bins, wallTime);
                break;
            case ScalarType.Int64:
                AddHistogram<long>(writer, tag, host, values.NumberOfElements, step, bins, wallTime);
                break;
            case ScalarType.Int32:
                AddHistogram<int>(writer, tag, host, values.NumberOfElements, step, bins, wallTime);
                break;
            case ScalarType.Int16:
                AddHistogram<short>(writer, tag, host, values.NumberOfElements, step, bins, wallTime);
                break;
            case ScalarType.Int8:
                AddHistogram<sbyte>(writer, tag, host, values.NumberOfElements, step, bins, wallTime);
                break;
            default:
                AddHistogram<byte>(writer, tag, host, values.NumberOfElements, step, bins, wallTime);
                break;
        }
    }

    /// <summary>Adds a histogram that is counted on the tensor's device.</summary>
    internal static void AddDeviceHistogram(
        SummaryWriter writer, string tag, Tensor values, long step, DateTimeOffset? wallTime)
    {
        Tag.ThrowIfInvalid(tag);
        if (writer.IsEnabled)
            writer.AddDeferredHistogram(tag, DeviceHistogram.Count(values), DeviceHistogram.Size, step, wallTime);
    }

    /// <summary>Counts more values than a span can hold.</summary>
    internal static Histogram InPieces<T>(in HostTensor host, long count, int pieceLength = 1 << 30)
        where T : unmanaged, INumberBase<T>
    {
        var counter = new HistogramCounter();
        for (long start = 0; start < count; start += pieceLength)
            counter.Add(host.Values<T>(start, (int)Math.Min(pieceLength, count - start)));
        return counter.ToHistogram();
    }

    private static void AddHistogram<T>(
        SummaryWriter writer, string tag, in HostTensor host, long count, long step, HistogramBins bins,
        DateTimeOffset? wallTime)
        where T : unmanaged, INumberBase<T>
    {
        if (count > int.MaxValue)
            writer.AddHistogram(tag, InPieces<T>(host, count), step, wallTime);
        else
            writer.AddHistogram(tag, host.Values<T>(), step, bins, wallTime);
    }
}
