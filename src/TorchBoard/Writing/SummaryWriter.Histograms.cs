using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using TorchBoard.Histograms;

namespace TorchBoard;

public sealed partial class SummaryWriter
{
    /// <summary>
    /// Adds the distribution of values at a step to the Histograms and Distributions dashboards, with the buckets of
    /// <see cref="HistogramBins.Default"/>, which PyTorch and TensorFlow also use.
    /// </summary>
    /// <param name="tag">The histogram, such as <c>fc1/weight</c>.</param>
    /// <param name="values">
    /// The values; may be empty. NaN and ±Infinity are excluded and counted separately, in the curve
    /// <c>tag/nonfinite</c>, which is written only if there are any.
    /// </param>
    /// <param name="step">The step; any 64-bit integer.</param>
    /// <remarks>
    /// The values are copied and counted in the background. Edges of buckets beyond the range of <see cref="float"/>,
    /// which TensorBoard cannot show, are clipped to it.
    /// </remarks>
    /// <exception cref="ArgumentException">
    /// The tag is null, empty or not valid Unicode, or has values of another kind.
    /// </exception>
    /// <exception cref="ObjectDisposedException">The writer is disposed.</exception>
    public void AddHistogram(string tag, ReadOnlySpan<float> values, long step) =>
        AddHistogram<float>(tag, values, step, HistogramBins.Default);

    /// <inheritdoc cref="AddHistogram(string, ReadOnlySpan{float}, long)"/>
    /// <typeparam name="T">Any numeric type: float, double, Half, an integer.</typeparam>
    /// <param name="tag">The histogram, such as <c>fc1/weight</c>.</param>
    /// <param name="values">The values.</param>
    /// <param name="step">The step; any 64-bit integer.</param>
    /// <param name="bins">The buckets; PyTorch's by default.</param>
    /// <param name="wallTime">The time the values were recorded; the current time by default.</param>
    public void AddHistogram<T>(
        string tag, ReadOnlySpan<T> values, long step, HistogramBins bins = default, DateTimeOffset? wallTime = null)
        where T : unmanaged, INumberBase<T>
    {
        Tag.ThrowIfInvalid(tag);
        double time = WallTimeOr(wallTime);
        long size = (long)values.Length * Unsafe.SizeOf<T>();

        // A copy of that size would take most of the memory allowed for all unwritten values.
        if (size > Math.Min(_session.Options.UnwrittenBytesLimit / 2, Array.MaxLength))
        {
            AddHistogram(tag, Histogram.Of(values, bins), step, wallTime);
            return;
        }

        byte[] copy = _session.Memory.RentCopy((int)size);
        MemoryMarshal.AsBytes(values).CopyTo(copy);
        _run.AppendHistogram(tag, Count, copy.Length, step, time);

        Histogram Count()
        {
            ReadOnlySpan<T> copied = MemoryMarshal.Cast<byte, T>(copy.AsSpan(0, (int)size));
            Histogram histogram = Histogram.Of(copied, bins);
            _session.Memory.ReturnCopy(copy);
            return histogram;
        }
    }

    /// <summary>Adds a distribution that was counted elsewhere, or earlier by <see cref="Histogram.Of"/>.</summary>
    /// <param name="tag">The histogram, such as <c>latency</c>.</param>
    /// <param name="histogram">The counts.</param>
    /// <param name="step">The step; any 64-bit integer.</param>
    /// <param name="wallTime">The time the values were recorded; the current time by default.</param>
    /// <exception cref="ArgumentException">
    /// The tag is null, empty or not valid Unicode, or has values of another kind.
    /// </exception>
    /// <exception cref="ObjectDisposedException">The writer is disposed.</exception>
    public void AddHistogram(string tag, Histogram histogram, long step, DateTimeOffset? wallTime = null)
    {
        Tag.ThrowIfInvalid(tag);
        ArgumentNullException.ThrowIfNull(histogram);
        long size = 2L * sizeof(double) * histogram.Limits.Length;
        _run.AppendHistogram(tag, () => histogram, size, step, WallTimeOr(wallTime));
    }
}
