using System.Runtime.CompilerServices;

namespace TorchBoard;

/// <summary>The points of one tag while they are read.</summary>
internal abstract class Points
{
    private protected long[] _steps = new long[16];
    private protected double[] _wallTimes = new double[16];

    public int Count { get; private protected set; }

    /// <summary>How many bytes the values took in the files.</summary>
    public long Bytes { get; set; }

    public long FirstStep => Count > 0 ? _steps[0] : 0;

    public long LastStep => Count > 0 ? _steps[Count - 1] : 0;

    /// <summary>Forgets the points of a step and of later ones.</summary>
    public abstract void Purge(long fromStep);
}

/// <inheritdoc/>
internal sealed class Points<T> : Points
{
    private T[] _values = new T[16];

    // What the last purge left, and its greatest step: a purge of later steps need not look at it again.
    private int _keptCount;
    private long _keptLastStep = long.MinValue;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Add(long step, double wallTime, T value)
    {
        int at = Count;
        if (at == _values.Length)
            Grow();
        _steps[at] = step;
        _wallTimes[at] = wallTime;
        _values[at] = value;
        Count = at + 1;
    }

    public override void Purge(long fromStep)
    {
        int kept = fromStep > _keptLastStep ? _keptCount : 0;
        if (kept == 0)
            _keptLastStep = long.MinValue;
        for (int i = kept; i < Count; i++)
        {
            if (_steps[i] >= fromStep)
                continue;
            _keptLastStep = Math.Max(_keptLastStep, _steps[i]);
            _steps[kept] = _steps[i];
            _wallTimes[kept] = _wallTimes[i];
            _values[kept] = _values[i];
            kept++;
        }

        Array.Clear(_values, kept, Count - kept);
        Count = _keptCount = kept;
    }

    public ScalarSeries ToScalars(string run, TagInfo info) => this is Points<double> scalars
        ? new ScalarSeries(run, info, scalars._steps, scalars._values, scalars._wallTimes, Count)
        : throw new InvalidOperationException("These points are no scalars.");

    public Series<TValue> ToSeries<TValue>(string run, TagInfo info) => new(
        run,
        info,
        _steps[..Count],
        _wallTimes[..Count],
        Array.ConvertAll(_values[..Count], value => (TValue)(object)value!));

    private void Grow()
    {
        int capacity = Count * 2;
        Resize(ref _steps, capacity);
        Resize(ref _wallTimes, capacity);
        Resize(ref _values, capacity);
    }

    // Unlike Array.Resize, clears nothing that is written anyway.
    private static void Resize<TElement>(ref TElement[] array, int capacity)
    {
        TElement[] larger = GC.AllocateUninitializedArray<TElement>(capacity);
        array.CopyTo(larger, 0);
        array = larger;
    }
}
