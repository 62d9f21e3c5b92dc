using TorchBoard.Events;

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
    /// </param>
    /// <param name="step">The position on the horizontal axis; any 64-bit integer.</param>
    public void AddScalar(string tag, double value, long step) =>
        _run.AppendScalar(tag, (float)value, step);

    /// <inheritdoc cref="AddScalar(string, double, long)"/>
    /// <param name="tag">The curve, such as <c>loss/train</c>.</param>
    /// <param name="value">The value, rounded to a float.</param>
    /// <param name="step">The position on the horizontal axis; any 64-bit integer.</param>
    /// <param name="wallTime">The time it was measured.</param>
    public void AddScalar(string tag, double value, long step, DateTimeOffset wallTime) =>
        _run.AppendScalar(tag, (float)value, step, WallTime.Seconds(wallTime));

    /// <summary>
    /// Adds one point to each of several curves that TensorBoard overlays in one chart. Each series is a run of its
    /// own, <c>mainTag_series</c> below the log directory, with the same tag.
    /// </summary>
    /// <param name="mainTag">The tag of the chart.</param>
    /// <param name="values">
    /// Names and values of the series. Characters not valid in a directory name are replaced.
    /// </param>
    /// <param name="step">The position of the points on the horizontal axis.</param>
    /// <param name="wallTime">The time they were recorded; the current time by default.</param>
    /// <exception cref="ArgumentException">
    /// There are no values; the tag or a name is null, empty, not valid Unicode or too long for a directory name; or
    /// two series would share a directory.
    /// </exception>
    /// <exception cref="ObjectDisposedException">The writer is disposed.</exception>
    public void AddScalars(
        string mainTag, IEnumerable<KeyValuePair<string, float>> values, long step, DateTimeOffset? wallTime = null)
    {
        ArgumentNullException.ThrowIfNull(values);
        AddScalars(mainTag, [.. values.Select(pair => (pair.Key, pair.Value))], step, wallTime);
    }

    /// <inheritdoc cref="AddScalars(string, IEnumerable{KeyValuePair{string, float}}, long, DateTimeOffset?)"/>
    public void AddScalars(
        string mainTag, ReadOnlySpan<(string Series, float Value)> values, long step, DateTimeOffset? wallTime = null)
    {
        Tag.ThrowIfInvalid(mainTag, nameof(mainTag));
        if (values.IsEmpty)
            throw new ArgumentException("At least one series is required; there are none.", nameof(values));

        // All series are checked before any is written.
        foreach ((string series, _) in values)
        {
            Tag.ThrowIfNotText(series, nameof(values));
            _run.Series.Of(mainTag, series);
        }

        _run.AppendScalars(mainTag, values, step, wallTime is { } time ? WallTime.Seconds(time) : null);
    }
}
