using TorchBoard.Histograms;

namespace TorchBoard;

/// <summary>The values of one tag, in the order of the file. Immutable, thread-safe.</summary>
/// <typeparam name="T">What a value is, such as <see cref="Histogram"/>.</typeparam>
public sealed class Series<T>
{
    private readonly long[] _steps;
    private readonly double[] _wallTimes;
    private readonly T[] _values;

    internal Series(string run, TagInfo info, long[] steps, double[] wallTimes, T[] values)
    {
        Run = run;
        Info = info;
        _steps = steps;
        _wallTimes = wallTimes;
        _values = values;
    }

    /// <summary>The name of the run that the values were read from.</summary>
    public string Run { get; }

    /// <summary>The tag.</summary>
    public string Tag => Info.Tag;

    /// <summary>What the run says of the tag.</summary>
    public TagInfo Info { get; }

    /// <summary>How many values there are.</summary>
    public int Count => _values.Length;

    /// <summary>The steps.</summary>
    public ReadOnlySpan<long> Steps => _steps;

    /// <summary>When the values were written: seconds since 1970-01-01 UTC.</summary>
    public ReadOnlySpan<double> WallTimes => _wallTimes;

    /// <summary>When one value was written, to the nearest 100 ns.</summary>
    /// <param name="index">Which value; from 0 to below <see cref="Count"/>.</param>
    /// <exception cref="IndexOutOfRangeException">There is no such value.</exception>
    public DateTimeOffset WallTimeAt(int index) => UnixTime.FromSeconds(_wallTimes[index]);

    /// <summary>The values.</summary>
    public ReadOnlySpan<T> Values => _values;
}
