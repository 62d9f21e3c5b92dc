using System.Collections;

namespace TorchBoard;

/// <summary>The points of one curve, in the order of the file. Immutable, thread-safe.</summary>
/// <remarks>
/// For queries, such as <c>loss.MinBy(point => point.Value).Step</c>, enumerate the points; for arithmetic, the spans
/// <see cref="Steps"/> and <see cref="Values"/> are faster.
/// </remarks>
public sealed class ScalarSeries : IReadOnlyList<SeriesPoint<double>>
{
    private readonly long[] _steps;
    private readonly double[] _values;
    private readonly double[] _wallTimes;

    /// <summary>Creates a series of points from any source; the points are copied.</summary>
    /// <param name="run">The name of the run; may be empty.</param>
    /// <param name="tag">The tag.</param>
    /// <param name="steps">The steps.</param>
    /// <param name="values">The values, one per step; NaN and ±Infinity are valid.</param>
    /// <param name="wallTimes">Seconds since 1970-01-01 UTC, one per step; empty for zeros.</param>
    /// <exception cref="ArgumentException">The spans differ in length.</exception>
    public ScalarSeries(
        string run, string tag, ReadOnlySpan<long> steps, ReadOnlySpan<double> values,
        ReadOnlySpan<double> wallTimes = default)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(tag);
        if (values.Length != steps.Length)
        {
            throw new ArgumentException(
                $"Expected {steps.Length} values, one per step, got {values.Length}.", nameof(values));
        }

        if (!wallTimes.IsEmpty && wallTimes.Length != steps.Length)
        {
            throw new ArgumentException(
                $"Expected {steps.Length} wall times, one per step, or none, got {wallTimes.Length}.",
                nameof(wallTimes));
        }

        Run = run;
        Tag = tag;
        _steps = steps.ToArray();
        _values = values.ToArray();
        _wallTimes = wallTimes.IsEmpty ? new double[steps.Length] : wallTimes.ToArray();
    }

    /// <summary>Uses the arrays without copying them.</summary>
    internal ScalarSeries(string run, TagInfo info, long[] steps, double[] values, double[] wallTimes)
    {
        Run = run;
        Tag = info.Tag;
        Info = info;
        _steps = steps;
        _values = values;
        _wallTimes = wallTimes;
    }

    /// <summary>The name of the run from which the points were read.</summary>
    public string Run { get; }

    /// <summary>The tag.</summary>
    public string Tag { get; }

    /// <summary>The number of points.</summary>
    public int Count => _steps.Length;

    /// <summary>The tag's metadata and statistics in the run; null if the points have another source.</summary>
    public TagInfo? Info { get; }

    /// <summary>The steps.</summary>
    public ReadOnlySpan<long> Steps => _steps;

    /// <summary>The values; floats are converted to double.</summary>
    public ReadOnlySpan<double> Values => _values;

    /// <summary>The wall times of the points: seconds since 1970-01-01 UTC.</summary>
    public ReadOnlySpan<double> WallTimes => _wallTimes;

    /// <summary>The point at an index, with its step and wall time.</summary>
    /// <param name="index">The index; at least 0, less than <see cref="Count"/>.</param>
    /// <exception cref="IndexOutOfRangeException">The index is out of range.</exception>
    public SeriesPoint<double> this[int index] => new(_steps[index], _values[index], WallTimeAt(index));

    /// <summary>Returns the wall time of one point, to the nearest 100 ns.</summary>
    /// <param name="index">The index of the point; at least 0, less than <see cref="Count"/>.</param>
    /// <exception cref="IndexOutOfRangeException">The index is out of range.</exception>
    public DateTimeOffset WallTimeAt(int index) => UnixTime.FromSeconds(_wallTimes[index]);

    /// <summary>Enumerates the points with their steps and wall times.</summary>
    public IEnumerator<SeriesPoint<double>> GetEnumerator()
    {
        for (int i = 0; i < Count; i++)
            yield return this[i];
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
