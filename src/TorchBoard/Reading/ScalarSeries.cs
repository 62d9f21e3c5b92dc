namespace TorchBoard;

/// <summary>The points of one curve, in the order of the file. Immutable, thread-safe.</summary>
public sealed class ScalarSeries
{
    private readonly long[] _steps;
    private readonly double[] _values;
    private readonly double[] _wallTimes;

    /// <summary>Takes points from anywhere; they are copied.</summary>
    /// <param name="run">The name of the run; may be empty.</param>
    /// <param name="tag">The tag.</param>
    /// <param name="steps">The steps.</param>
    /// <param name="values">The values, as many as steps; NaN and ±Infinity are data.</param>
    /// <param name="wallTimes">Seconds since 1970-01-01 UTC, as many as steps; empty for zeros.</param>
    /// <exception cref="ArgumentException">The spans differ in length.</exception>
    public ScalarSeries(
        string run, string tag, ReadOnlySpan<long> steps, ReadOnlySpan<double> values,
        ReadOnlySpan<double> wallTimes = default)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(tag);
        if (values.Length != steps.Length)
            throw new ArgumentException(
                $"As many values as steps are wanted; {values.Length} and {steps.Length} given.", nameof(values));
        if (!wallTimes.IsEmpty && wallTimes.Length != steps.Length)
        {
            throw new ArgumentException(
                $"As many wall times as steps are wanted, or none; {wallTimes.Length} and {steps.Length} given.",
                nameof(wallTimes));
        }

        Run = run;
        Tag = tag;
        _steps = steps.ToArray();
        _values = values.ToArray();
        _wallTimes = wallTimes.IsEmpty ? new double[steps.Length] : wallTimes.ToArray();
    }

    /// <summary>Keeps the arrays as they are.</summary>
    internal ScalarSeries(string run, TagInfo info, long[] steps, double[] values, double[] wallTimes)
    {
        Run = run;
        Tag = info.Tag;
        Info = info;
        _steps = steps;
        _values = values;
        _wallTimes = wallTimes;
    }

    /// <summary>The name of the run that the points were read from.</summary>
    public string Run { get; }

    /// <summary>The tag.</summary>
    public string Tag { get; }

    /// <summary>How many points there are.</summary>
    public int Count => _steps.Length;

    /// <summary>What the run says of the tag; null where the points come from elsewhere.</summary>
    public TagInfo? Info { get; }

    /// <summary>The steps.</summary>
    public ReadOnlySpan<long> Steps => _steps;

    /// <summary>The values; floats of the file are widened.</summary>
    public ReadOnlySpan<double> Values => _values;

    /// <summary>When the points were written: seconds since 1970-01-01 UTC.</summary>
    public ReadOnlySpan<double> WallTimes => _wallTimes;

    /// <summary>When one point was written, to the nearest 100 ns.</summary>
    /// <param name="index">Which point; from 0 to below <see cref="Count"/>.</param>
    /// <exception cref="IndexOutOfRangeException">There is no such point.</exception>
    public DateTimeOffset WallTimeAt(int index) => UnixTime.FromSeconds(_wallTimes[index]);
}
