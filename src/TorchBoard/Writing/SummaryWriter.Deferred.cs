using TorchBoard.Figures;
using TorchBoard.Histograms;
using TorchBoard.Plugins;

namespace TorchBoard;

/// <summary>
/// Values that are not in main memory yet. They keep the position in the file and the wall time at which they were
/// added; the background thread obtains them when it writes them.
/// </summary>
public sealed partial class SummaryWriter
{
    /// <summary>
    /// Whether anything is written: <see cref="SummaryWriterOptions.Enabled"/>. If false, functions that return
    /// deferred values are not called.
    /// </summary>
    public bool IsEnabled => _session.IsWritten;

    /// <summary>
    /// Adds a point whose value is not known yet, for example because it is still on a GPU. The point keeps its
    /// position in the file and its wall time.
    /// </summary>
    /// <param name="tag">The curve, such as <c>loss/train</c>.</param>
    /// <param name="value">
    /// Returns the value. Called once, on the writer's background thread, when the point is written. If it throws, the
    /// point is dropped, counted in <see cref="DroppedEvents"/> and reported by <see cref="WriteFailed"/>.
    /// </param>
    /// <param name="step">The step; any 64-bit integer.</param>
    /// <param name="wallTime">The time it was measured; the current time by default.</param>
    /// <exception cref="ArgumentException">
    /// The tag is null, empty or not valid Unicode, or has values of another kind.
    /// </exception>
    /// <exception cref="ObjectDisposedException">The writer is disposed.</exception>
    public void AddDeferredScalar(string tag, Func<float> value, long step, DateTimeOffset? wallTime = null)
    {
        Tag.ThrowIfInvalid(tag);
        ArgumentNullException.ThrowIfNull(value);
        _run.AppendScalar(_run, tag, value, step, WallTimeOr(wallTime));
    }

    /// <summary>
    /// Adds one point to each of several curves in one chart, like <see cref="AddScalars{T}(string,
    /// ReadOnlySpan{ValueTuple{string, T}}, long, DateTimeOffset?)"/>, with values that are not known yet.
    /// </summary>
    /// <param name="mainTag">The tag of the chart.</param>
    /// <param name="values">The names of the series and functions like that of <see cref="AddDeferredScalar"/>.</param>
    /// <param name="step">The step; any 64-bit integer.</param>
    /// <param name="wallTime">The time they were recorded; the current time by default.</param>
    /// <exception cref="ArgumentException">
    /// A name is null, empty or not valid Unicode, or there are no series.
    /// </exception>
    /// <exception cref="ObjectDisposedException">The writer is disposed.</exception>
    public void AddDeferredScalars(
        string mainTag, ReadOnlySpan<(string Series, Func<float> Value)> values, long step, DateTimeOffset? wallTime = null)
    {
        Tag.ThrowIfInvalid(mainTag, nameof(mainTag));
        if (values.Length == 0)
            throw new ArgumentException("At least one series is required; there are none.", nameof(values));

        // All series are checked before any is written.
        foreach ((string series, Func<float> value) in values)
        {
            Tag.ThrowIfNotText(series, nameof(values));
            ArgumentNullException.ThrowIfNull(value, nameof(values));
            _run.Series.Of(mainTag, series);
        }

        double time = WallTimeOr(wallTime);
        foreach ((string series, Func<float> value) in values)
            _run.AppendScalar(_run.Series.Of(mainTag, series), mainTag, value, step, time);
    }

    /// <summary>Adds a histogram that is not counted, or not copied from a device, yet.</summary>
    /// <param name="tag">The histogram, such as <c>fc1/weight</c>.</param>
    /// <param name="histogram">
    /// Returns the histogram; see <see cref="AddDeferredScalar"/> for when it is called.
    /// </param>
    /// <param name="size">
    /// The number of bytes of memory held until then. They count towards
    /// <see cref="SummaryWriterOptions.UnwrittenBytesLimit"/>.
    /// </param>
    /// <param name="step">The step; any 64-bit integer.</param>
    /// <param name="wallTime">The time the values were measured; the current time by default.</param>
    /// <exception cref="ArgumentException">
    /// The tag is null, empty or not valid Unicode, or has values of another kind; or the size is negative.
    /// </exception>
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

    /// <summary>Adds a figure whose data is not known yet.</summary>
    /// <param name="tag">The figure.</param>
    /// <param name="figure">Returns the figure; see <see cref="AddDeferredScalar"/> for when it is called.</param>
    /// <param name="step">The step; any 64-bit integer.</param>
    /// <param name="width">The width in pixels; 64 to 8192, 640 by default.</param>
    /// <param name="height">The height in pixels; 64 to 8192, 480 by default.</param>
    /// <param name="wallTime">The time the data was measured; the current time by default.</param>
    /// <exception cref="ArgumentException">
    /// The tag is null, empty or not valid Unicode, or has values of another kind; or the size is out of range.
    /// </exception>
    /// <exception cref="ObjectDisposedException">The writer is disposed.</exception>
    public void AddDeferredFigure(
        string tag, Func<Figure> figure, long step, int width = Figure.DefaultWidth, int height = Figure.DefaultHeight,
        DateTimeOffset? wallTime = null)
    {
        Tag.ThrowIfInvalid(tag);
        ArgumentNullException.ThrowIfNull(figure);
        Figure.ThrowIfNoSize(width, height, scale: 1);
        Claim(tag, PluginTable.Images);
        Append(
            () => ImageSummary.Of(tag, FigureDrawing.Draw(figure().Content(), width, height, scale: 1)),
            sizeof(byte) * 3L * width * height, step, wallTime);
    }
}
