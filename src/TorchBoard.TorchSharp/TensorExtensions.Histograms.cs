using TorchBoard.Events;
using TorchSharp;
using static TorchSharp.torch;

namespace TorchBoard;

public static partial class TensorExtensions
{
    /// <summary>
    /// Adds the distribution of a tensor's values at a step, for the Histograms and Distributions dashboards.
    /// </summary>
    /// <param name="writer">The writer.</param>
    /// <param name="tag">The histogram, such as <c>fc1/weight</c>.</param>
    /// <param name="values">
    /// The values, of any shape; booleans count as 0 and 1. NaN and ±Infinity are left out and counted apart, in the
    /// curve <c>tag/nonfinite</c>, which is written when there are any.
    /// </param>
    /// <param name="step">The step; any 64-bit number.</param>
    /// <param name="bins">Which buckets; <see cref="HistogramBins.Default"/> where none are named.</param>
    /// <param name="wallTime">When the values were had; now by default.</param>
    /// <remarks>
    /// In default buckets, values of a CUDA device are counted there, without waiting for it; only the counts are
    /// fetched, when they are written. Buckets and counts are the same as those of the CPU. Other buckets, and other
    /// devices, want the values themselves.
    /// </remarks>
    /// <exception cref="ArgumentException">
    /// The tag is null, empty or no valid Unicode, the tensor cannot be read, or it has 2³¹ values or more and the
    /// buckets are not the default ones.
    /// </exception>
    /// <exception cref="ObjectDisposedException">The writer is disposed.</exception>
    public static void AddHistogram(
        this SummaryWriter writer, string tag, Tensor values, long step, HistogramBins bins = default,
        DateTimeOffset? wallTime = null)
    {
        ArgumentNullException.ThrowIfNull(writer);
        TensorArgument.ThrowIfUnreadable(values, nameof(values));
        bool isCountedInPlace = values.device_type == DeviceType.CUDA || values.NumberOfElements > int.MaxValue;
        if (isCountedInPlace && bins == HistogramBins.Default)
        {
            AddDeviceHistogram(writer, tag, values, step, wallTime);
            return;
        }

        TensorArgument.ShapeOf(values, nameof(values));
        using HostTensor host = HostTensor.Of(values);
        switch (host.Type)
        {
            case ScalarType.Float32:
                writer.AddHistogram(tag, host.Values<float>(), step, bins, wallTime);
                break;
            case ScalarType.Float64:
                writer.AddHistogram(tag, host.Values<double>(), step, bins, wallTime);
                break;
            case ScalarType.Float16:
                writer.AddHistogram(tag, host.Values<Half>(), step, bins, wallTime);
                break;
            case ScalarType.Int64:
                writer.AddHistogram(tag, host.Values<long>(), step, bins, wallTime);
                break;
            case ScalarType.Int32:
                writer.AddHistogram(tag, host.Values<int>(), step, bins, wallTime);
                break;
            case ScalarType.Int16:
                writer.AddHistogram(tag, host.Values<short>(), step, bins, wallTime);
                break;
            case ScalarType.Int8:
                writer.AddHistogram(tag, host.Values<sbyte>(), step, bins, wallTime);
                break;
            default:
                writer.AddHistogram(tag, host.Values<byte>(), step, bins, wallTime);
                break;
        }
    }

    /// <summary>Adds a histogram that is counted where the tensor is.</summary>
    internal static void AddDeviceHistogram(
        SummaryWriter writer, string tag, Tensor values, long step, DateTimeOffset? wallTime)
    {
        Tag.ThrowIfInvalid(tag);
        if (writer.IsWritten)
            writer.AddDeferredHistogram(tag, DeviceHistogram.Count(values), DeviceHistogram.Size, step, wallTime);
    }
}
