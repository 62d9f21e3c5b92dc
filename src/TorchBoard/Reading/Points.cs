using System.Runtime.CompilerServices;

namespace TorchBoard;

/// <summary>The points of one tag while they are read.</summary>
internal abstract class Points
{
    private protected long[] _steps = new long[16];
    private protected double[] _wallTimes = new double[16];

    // From which point on so many restarts had been met.
    private protected readonly List<(int First, int Restarts)> _sections = [(0, 0)];

    public int Count { get; private protected set; }

    /// <summary>How many bytes the values took in the files.</summary>
    public long Bytes { get; set; }

    public long FirstStep => Count > 0 ? _steps[0] : 0;

    public long LastStep => Count > 0 ? _steps[Count - 1] : 0;

    /// <summary>Forgets the points that restarts after them took back.</summary>
    public abstract void Purge(Restarts restarts);
}

/// <inheritdoc/>
internal sealed class Points<T> : Points
{
    private T[] _values = new T[16];

    private int _restarts;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Add(long step, double wallTime, T value, int restarts)
    {
        int at = Count;
        if (restarts != _restarts)
            _sections.Add((at, _restarts = restarts));
        if (at == _values.Length)
            Grow();
        _steps[at] = step;
        _wallTimes[at] = wallTime;
        _values[at] = value;
        Count = at + 1;
    }

    public override void Purge(Restarts restarts)
    {
        int kept = 0;
        for (int section = 0; section < _sections.Count; section++)
        {
            int end = section + 1 < _sections.Count ? _sections[section + 1].First : Count;
            long? least = restarts.LeastAfter(_sections[section].Restarts);
            for (int i = _sections[section].First; i < end; i++)
            {
                if (_steps[i] >= least)
                    continue;
                _steps[kept] = _steps[i];
                _wallTimes[kept] = _wallTimes[i];
                _values[kept] = _values[i];
                kept++;
            }
        }

        Array.Clear(_values, kept, Count - kept);
        Count = kept;
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
