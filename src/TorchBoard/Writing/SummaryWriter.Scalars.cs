using TorchBoard.Events;

namespace TorchBoard;

public sealed partial class SummaryWriter
{
    /// <summary>Adds one point to a curve in the Scalars dashboard.</summary>
    /// <param name="tag">The curve, such as <c>loss/train</c>.</param>
    /// <param name="value">The value. NaN and ±Infinity are data and are shown as such.</param>
    /// <param name="step">Where it stands on the horizontal axis; any 64-bit number.</param>
    /// <remarks>
    /// Allocates nothing once a tag was seen. The wall time is now, to within a few milliseconds.
    /// </remarks>
    /// <exception cref="ArgumentException">The tag is null, empty or no valid Unicode.</exception>
    /// <exception cref="ObjectDisposedException">The writer is disposed.</exception>
    public void AddScalar(string tag, float value, long step) => _run.AppendScalar(tag, value, step);

    /// <inheritdoc cref="AddScalar(string, float, long)"/>
    /// <param name="tag">The curve, such as <c>loss/train</c>.</param>
    /// <param name="value">The value. NaN and ±Infinity are data and are shown as such.</param>
    /// <param name="step">Where it stands on the horizontal axis; any 64-bit number.</param>
    /// <param name="wallTime">When it was measured.</param>
    public void AddScalar(string tag, float value, long step, DateTimeOffset wallTime) =>
        _run.AppendScalar(tag, value, step, WallTime.Seconds(wallTime));

    /// <inheritdoc cref="AddScalar(string, float, long)"/>
    /// <param name="tag">The curve, such as <c>loss/train</c>.</param>
    /// <param name="value">
    /// The value, rounded to a float: TensorBoard keeps no more, and its faster reader drops 64-bit scalars.
    /// </param>
    /// <param name="step">Where it stands on the horizontal axis; any 64-bit number.</param>
    public void AddScalar(string tag, double value, long step) =>
        _run.AppendScalar(tag, (float)value, step);

    /// <inheritdoc cref="AddScalar(string, double, long)"/>
    /// <param name="tag">The curve, such as <c>loss/train</c>.</param>
    /// <param name="value">The value, rounded to a float.</param>
    /// <param name="step">Where it stands on the horizontal axis; any 64-bit number.</param>
    /// <param name="wallTime">When it was measured.</param>
    public void AddScalar(string tag, double value, long step, DateTimeOffset wallTime) =>
        _run.AppendScalar(tag, (float)value, step, WallTime.Seconds(wallTime));

    /// <summary>
    /// Adds a point to each of several curves that TensorBoard overlays in one chart: every series is a run of its
    /// own, <c>mainTag_series</c> below the log directory, with the same tag.
    /// </summary>
    /// <param name="mainTag">The tag of the chart.</param>
    /// <param name="values">The series' names and values. Names that no directory may have are changed to fit.</param>
    /// <param name="step">Where the points stand on the horizontal axis.</param>
    /// <param name="wallTime">When they were measured; now by default.</param>
    /// <exception cref="ArgumentException">
    /// There is no value; the tag or a name is null, empty, no valid Unicode, or longer than a directory's name
    /// may be; or two series would share a directory.
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
            throw new ArgumentException("No series was given; at least one is wanted.", nameof(values));

        // All are checked before any is written.
        foreach ((string series, _) in values)
        {
            Tag.ThrowIfInvalid(series, nameof(values));
            _run.Series.Of(mainTag, series);
        }

        _run.AppendScalars(mainTag, values, step, wallTime is { } time ? WallTime.Seconds(time) : null);
    }
}
