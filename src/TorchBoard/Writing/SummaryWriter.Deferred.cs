using TorchBoard.Figures;
using TorchBoard.Histograms;
using TorchBoard.Plugins;

namespace TorchBoard;

/// <summary>
/// For values that are not in the computer's memory yet: they stand in the file where they were added, with the time
/// at which they were, and are asked for by the background thread when it comes to write them.
/// </summary>
public sealed partial class SummaryWriter
{
    /// <summary>
    /// Whether anything is written: <see cref="SummaryWriterOptions.Enabled"/>. Where it is not, no deferred value is
    /// asked for.
    /// </summary>
    public bool IsEnabled => _session.IsWritten;

    /// <summary>
    /// Adds a point to a curve whose value is not known yet, such as one that is still on a GPU. The point keeps its place
    /// in the file and its wall time.
    /// </summary>
    /// <param name="tag">The curve, such as <c>loss/train</c>.</param>
    /// <param name="value">
    /// Returns the value. It is called once, on the writer's background thread, when the point is written. Where it
    /// throws, the point is dropped: <see cref="DroppedEvents"/> counts it and <see cref="WriteFailed"/> reports it.
    /// </param>
    /// <param name="step">The step; any 64-bit number.</param>
    /// <param name="wallTime">When it was measured; now by default.</param>
    /// <exception cref="ArgumentException">The tag is null, empty or not valid Unicode.</exception>
    /// <exception cref="ObjectDisposedException">The writer is disposed.</exception>
    public void AddDeferredScalar(string tag, Func<float> value, long step, DateTimeOffset? wallTime = null)
    {
        Tag.ThrowIfInvalid(tag);
        ArgumentNullException.ThrowIfNull(value);
        _run.AppendScalar(_run, tag, value, step, WallTimeOr(wallTime));
    }

    /// <summary>
    /// Adds a point to each of several curves of one chart, as <see cref="AddScalars(string, ReadOnlySpan{ValueTuple{string,
    /// float}}, long, DateTimeOffset?)"/> does, with values that are not known yet.
    /// </summary>
    /// <param name="mainTag">The tag of the chart.</param>
    /// <param name="values">The names of the series, and functions as of <see cref="AddDeferredScalar"/>.</param>
    /// <param name="step">The step; any 64-bit number.</param>
    /// <param name="wallTime">When they were measured; now by default.</param>
    /// <exception cref="ArgumentException">A name is null, empty or not valid Unicode, or no series was given.</exception>
    /// <exception cref="ObjectDisposedException">The writer is disposed.</exception>
    public void AddDeferredScalars(
        string mainTag, ReadOnlySpan<(string Series, Func<float> Value)> values, long step, DateTimeOffset? wallTime = null)
    {
        Tag.ThrowIfInvalid(mainTag, nameof(mainTag));
        if (values.Length == 0)
            throw new ArgumentException("No series was given; at least one is wanted.", nameof(values));

        // All are checked before any is written.
        foreach ((string series, Func<float> value) in values)
        {
            Tag.ThrowIfInvalid(series, nameof(values));
            ArgumentNullException.ThrowIfNull(value, nameof(values));
            _run.Series.Of(mainTag, series);
        }

        double time = WallTimeOr(wallTime);
        foreach ((string series, Func<float> value) in values)
            _run.AppendScalar(_run.Series.Of(mainTag, series), mainTag, value, step, time);
    }

    /// <summary>Adds a histogram that is not counted, or not fetched from a device, yet.</summary>
    /// <param name="tag">The histogram, such as <c>fc1/weight</c>.</param>
    /// <param name="histogram">Returns the histogram; see <see cref="AddDeferredScalar"/> for when it is called.</param>
    /// <param name="size">
    /// The bytes of memory that are held until then. They count towards
    /// <see cref="SummaryWriterOptions.UnwrittenBytesLimit"/>.
    /// </param>
    /// <param name="step">The step; any 64-bit number.</param>
    /// <param name="wallTime">When the values were measured; now by default.</param>
    /// <exception cref="ArgumentException">The tag is null, empty or not valid Unicode, or the size is negative.</exception>
    /// <exception cref="ObjectDisposedException">The writer is disposed.</exception>
    /// <seealso cref="HistogramCounter"/>
    public void AddDeferredHistogram(
        string tag, Func<Histogram> histogram, long size, long step, DateTimeOffset? wallTime = null)
    {
        Tag.ThrowIfInvalid(tag);
        ArgumentNullException.ThrowIfNull(histogram);
        ArgumentOutOfRangeException.ThrowIfNegative(size);
        _run.AppendHistogram(tag, histogram, size, step, WallTimeOr(wallTime));
    }

    /// <summary>Adds a figure whose data are not known yet.</summary>
    /// <param name="tag">The figure.</param>
    /// <param name="figure">Returns the figure; see <see cref="AddDeferredScalar"/> for when it is called.</param>
    /// <param name="step">The step; any 64-bit number.</param>
    /// <param name="width">The width in pixels; 64 to 8192, 640 by default.</param>
    /// <param name="height">The height in pixels; 64 to 8192, 480 by default.</param>
    /// <param name="wallTime">When the data were measured; now by default.</param>
    /// <exception cref="ArgumentException">The tag is null, empty or not valid Unicode, or the size is out of its range.</exception>
    /// <exception cref="ObjectDisposedException">The writer is disposed.</exception>
    public void AddDeferredFigure(
        string tag, Func<Figure> figure, long step, int width = Figure.DefaultWidth, int height = Figure.DefaultHeight,
        DateTimeOffset? wallTime = null)
    {
        Tag.ThrowIfInvalid(tag);
        ArgumentNullException.ThrowIfNull(figure);
        Figure.ThrowIfNoSize(width, height, scale: 1);
        Append(
            () => ImageSummary.Of(tag, FigureDrawing.Draw(figure().Content(), width, height, scale: 1)),
            sizeof(byte) * 3L * width * height, step, wallTime);
    }
}
