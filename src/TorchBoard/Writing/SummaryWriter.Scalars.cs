using System.Numerics;
using TorchBoard.Events;
using TorchBoard.Plugins;
using TorchBoard.Writing;

namespace TorchBoard;

public sealed partial class SummaryWriter
{
    /// <summary>Adds one point to a curve in the Scalars dashboard.</summary>
    /// <param name="tag">The curve, such as <c>loss/train</c>.</param>
    /// <param name="value">The value. NaN and ±Infinity are valid and are shown as such.</param>
    /// <param name="step">The position on the horizontal axis; any 64-bit integer.</param>
    /// <remarks>
    /// Allocates nothing after the first point of a tag. The wall time is the current time, to within a few
    /// milliseconds.
    /// </remarks>
    /// <exception cref="ArgumentException">The tag is null, empty or not valid Unicode.</exception>
    /// <exception cref="ObjectDisposedException">The writer is disposed.</exception>
    public void AddScalar(string tag, float value, long step) => _run.AppendScalar(tag, value, step);

    /// <inheritdoc cref="AddScalar(string, float, long)"/>
    /// <param name="tag">The curve, such as <c>loss/train</c>.</param>
    /// <param name="value">The value. NaN and ±Infinity are valid and are shown as such.</param>
    /// <param name="step">The position on the horizontal axis; any 64-bit integer.</param>
    /// <param name="wallTime">The time it was measured.</param>
    public void AddScalar(string tag, float value, long step, DateTimeOffset wallTime) =>
        _run.AppendScalar(tag, value, step, WallTime.Seconds(wallTime));

    /// <inheritdoc cref="AddScalar(string, float, long)"/>
    /// <param name="tag">The curve, such as <c>loss/train</c>.</param>
    /// <param name="value">
    /// The value, rounded to a float: TensorBoard stores no more precision, and its faster reader drops 64-bit scalars.
    /// A finite value beyond the range of a float becomes ±Infinity; the first one is reported.
    /// </param>
    /// <param name="step">The position on the horizontal axis; any 64-bit integer.</param>
    public void AddScalar(string tag, double value, long step) =>
        _run.AppendScalar(tag, ToFloat(tag, value), step);

    /// <inheritdoc cref="AddScalar(string, double, long)"/>
    /// <param name="tag">The curve, such as <c>loss/train</c>.</param>
    /// <param name="value">The value, rounded to a float.</param>
    /// <param name="step">The position on the horizontal axis; any 64-bit integer.</param>
    /// <param name="wallTime">The time it was measured.</param>
    public void AddScalar(string tag, double value, long step, DateTimeOffset wallTime) =>
        _run.AppendScalar(tag, ToFloat(tag, value), step, WallTime.Seconds(wallTime));

    /// <summary>
    /// Adds one point to each of several curves that TensorBoard overlays in one chart. Each series is a run of its
    /// own, <c>mainTag_series</c> below the log directory, with the same tag.
    /// </summary>
    /// <typeparam name="T">
    /// Any numeric type. Values are rounded to floats; see <see cref="AddScalar(string, double, long)"/>.
    /// </typeparam>
    /// <param name="mainTag">The tag of the chart.</param>
    /// <param name="values">
    /// Names and values of the series, such as <c>[("train", 0.5), ("test", 1)]</c>. Characters not valid in a
    /// directory name are replaced.
    /// </param>
    /// <param name="step">The position of the points on the horizontal axis.</param>
    /// <param name="wallTime">The time they were recorded; the current time by default.</param>
    /// <exception cref="ArgumentException">
    /// There are no values; a series is named twice; the tag or a name is null, empty, not valid Unicode or too long
    /// for a directory name; or two series would share a directory.
    /// </exception>
    /// <exception cref="ObjectDisposedException">The writer is disposed.</exception>
    public void AddScalars<T>(
        string mainTag, ReadOnlySpan<(string Series, T Value)> values, long step, DateTimeOffset? wallTime = null)
        where T : INumberBase<T>
    {
        Tag.ThrowIfInvalid(mainTag, nameof(mainTag));
        if (values.IsEmpty)
            throw new ArgumentException("At least one series is required; there are none.", nameof(values));

        RepeatedName.ThrowIfAny(values, "series", nameof(values));

        // All series are checked before any is written.
        foreach ((string series, _) in values)
        {
            Tag.ThrowIfNotText(series, nameof(values));
            _run.Series.Of(mainTag, series);
        }

        _run.AppendScalars(mainTag, values, step, wallTime is { } time ? WallTime.Seconds(time) : null);
    }

    /// <inheritdoc cref="AddScalars{T}(string, ReadOnlySpan{ValueTuple{string, T}}, long, DateTimeOffset?)"/>
    public void AddScalars<T>(
        string mainTag, IEnumerable<KeyValuePair<string, T>> values, long step, DateTimeOffset? wallTime = null)
        where T : INumberBase<T>
    {
        ArgumentNullException.ThrowIfNull(values);
        AddScalars<T>(mainTag, [.. values.Select(pair => (pair.Key, pair.Value))], step, wallTime);
    }

    /// <summary>
    /// Adds several metrics at one step: one point to the curve of each tag, as <see cref="AddScalar(string, float,
    /// long)"/> does.
    /// </summary>
    /// <typeparam name="T">
    /// Any numeric type. Values are rounded to floats; see <see cref="AddScalar(string, double, long)"/>.
    /// </typeparam>
    /// <param name="values">
    /// Tags and values, such as <c>[("loss/train", 0.5), ("accuracy/train", 0.9)]</c>. All points have the same wall
    /// time.
    /// </param>
    /// <param name="step">The position of the points on the horizontal axis; any 64-bit integer.</param>
    /// <param name="wallTime">The time they were measured; the current time by default.</param>
    /// <remarks>The tags are checked before any point is written.</remarks>
    /// <exception cref="ArgumentException">
    /// There are no values; a tag is null, empty or not valid Unicode; or a tag is named twice.
    /// </exception>
    /// <exception cref="ObjectDisposedException">The writer is disposed.</exception>
    public void AddMetrics<T>(
        ReadOnlySpan<(string Tag, T Value)> values, long step, DateTimeOffset? wallTime = null)
        where T : INumberBase<T>
    {
        if (values.IsEmpty)
            throw new ArgumentException("At least one metric is required; there are none.", nameof(values));
        foreach ((string tag, _) in values)
            Tag.ThrowIfInvalid(tag, nameof(values));
        RepeatedName.ThrowIfAny(values, "metric", nameof(values));
        foreach ((string tag, _) in values)
            Claim(tag, PluginTable.Scalars);
        _run.AppendMetrics(values, step, wallTime is { } time ? WallTime.Seconds(time) : null);
    }

    /// <inheritdoc cref="AddMetrics{T}(ReadOnlySpan{ValueTuple{string, T}}, long, DateTimeOffset?)"/>
    public void AddMetrics<T>(
        IEnumerable<KeyValuePair<string, T>> values, long step, DateTimeOffset? wallTime = null)
        where T : INumberBase<T>
    {
        ArgumentNullException.ThrowIfNull(values);
        AddMetrics<T>([.. values.Select(pair => (pair.Key, pair.Value))], step, wallTime);
    }

    private float ToFloat(string tag, double value)
    {
        float rounded = (float)value;
        if (float.IsInfinity(rounded) && double.IsFinite(value))
            _session.Notices.BeyondFloat(tag, value);
        return rounded;
    }
}
