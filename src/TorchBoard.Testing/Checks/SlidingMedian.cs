using System.Runtime.CompilerServices;

namespace TorchBoard.Testing.Checks;

/// <summary>The median of a few values that come and go, such as those of a window that moves along a curve.</summary>
/// <param name="capacity">The largest number of values.</param>
internal sealed class SlidingMedian(int capacity)
{
    private readonly double[] _sorted = new double[capacity];

    /// <summary>The number of values.</summary>
    public int Count { get; private set; }

    /// <summary>The middle value, or the mean of the middle two. There must be at least one value.</summary>
    public double Value => Median.OfSorted(_sorted.AsSpan(0, Count));

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Add(double value)
    {
        int at = Count++;
        for (; at > 0 && _sorted[at - 1] > value; at--)
            _sorted[at] = _sorted[at - 1];
        _sorted[at] = value;
    }

    /// <summary>Removes a value that was added.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Remove(double value)
    {
        int at = 0;
        while (_sorted[at] != value)
            at++;
        for (Count--; at < Count; at++)
            _sorted[at] = _sorted[at + 1];
    }
}
