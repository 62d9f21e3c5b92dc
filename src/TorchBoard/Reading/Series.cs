using System.Collections;
using TorchBoard.Histograms;

namespace TorchBoard;

/// <summary>The values of one tag, in the order of the file. Immutable, thread-safe.</summary>
/// <typeparam name="T">The type of a value, such as <see cref="Histogram"/>.</typeparam>
public sealed class Series<T> : IReadOnlyList<SeriesPoint<T>>
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

    /// <summary>The name of the run from which the values were read.</summary>
    public string Run { get; }

    /// <summary>The tag.</summary>
    public string Tag => Info.Tag;

    /// <summary>The tag's metadata and statistics in the run.</summary>
    public TagInfo Info { get; }

    /// <summary>The number of values.</summary>
    public int Count => _values.Length;

    /// <summary>The steps.</summary>
    public ReadOnlySpan<long> Steps => _steps;

    /// <summary>The wall times of the values: seconds since 1970-01-01 UTC.</summary>
    public ReadOnlySpan<double> WallTimes => _wallTimes;

    /// <summary>The value at an index, with its step and wall time.</summary>
    /// <param name="index">The index; at least 0, less than <see cref="Count"/>.</param>
    /// <exception cref="IndexOutOfRangeException">The index is out of range.</exception>
    public SeriesPoint<T> this[int index] => new(_steps[index], _values[index], WallTimeAt(index));

    /// <summary>Returns the wall time of one value, to the nearest 100 ns.</summary>
    /// <param name="index">The index of the value; at least 0, less than <see cref="Count"/>.</param>
    /// <exception cref="IndexOutOfRangeException">The index is out of range.</exception>
    public DateTimeOffset WallTimeAt(int index) => UnixTime.FromSeconds(_wallTimes[index]);

    /// <summary>The values.</summary>
    public ReadOnlySpan<T> Values => _values;

    /// <summary>Enumerates the values with their steps and wall times.</summary>
    public IEnumerator<SeriesPoint<T>> GetEnumerator()
    {
        for (int i = 0; i < Count; i++)
            yield return this[i];
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
