using TorchBoard.Histograms;

namespace TorchBoard.Monitoring;

/// <summary>The values of a histogram since the last sample, counted in the default buckets.</summary>
/// <param name="tag">The tag of the distribution; <c>/mean</c> and <c>/rate</c> are below it.</param>
internal sealed class DistributionSeries(string tag) : MeasuredSeries
{
    private readonly string _meanTag = $"{tag}/mean";
    private readonly string _rateTag = $"{tag}/rate";
    private long[] _slots = NewSlots();
    private SpinLock _gate = new(enableThreadOwnerTracking: false);
    private double _min = double.PositiveInfinity;
    private double _max = double.NegativeInfinity;
    private double _sum;
    private double _sumOfSquares;
    private long _count;
    private long _nonFinite;

    // Emptied slots, which the series of a recording exchange while they are written.
    [ThreadStatic]
    private static long[]? _spare;

    public override void Add(long value) => Add((double)value);

    public override void Add(double value)
    {
        if (!double.IsFinite(value))
        {
            Interlocked.Increment(ref _nonFinite);
            return;
        }

        int slot = DefaultSlot.Of(value);
        bool taken = false;
        _gate.Enter(ref taken);
        _slots[slot]++;
        _count++;
        _sum += value;
        _sumOfSquares += value * value;

        // Without the rules of Math.Min for NaN and signed zeros.
        if (value < _min)
            _min = value;
        if (value > _max)
            _max = value;
        _gate.Exit(useMemoryBarrier: false);
    }

    public override void Write(IMeterOutput output, in MeterSample sample)
    {
        long[] slots = _spare ?? NewSlots();
        bool taken = false;
        _gate.Enter(ref taken);
        (slots, _slots) = (_slots, slots);
        var moments = new Moments(_min, _max, _count, _sum, _sumOfSquares, Interlocked.Exchange(ref _nonFinite, 0));
        (_min, _max) = (double.PositiveInfinity, double.NegativeInfinity);
        (_sum, _sumOfSquares, _count) = (0, 0, 0);
        _gate.Exit();

        double elapsed = sample.Time - sample.Previous;
        if (elapsed > 0)
            output.AddScalar(_rateTag, (moments.Count + moments.NonFiniteCount) / elapsed, sample.Step);
        if (moments.Count + moments.NonFiniteCount > 0)
            output.AddHistogram(tag, BucketCounts.OfDefaultSlots(moments, slots), sample.Step);
        if (moments.Count > 0)
            output.AddScalar(_meanTag, moments.Sum / moments.Count, sample.Step);
        Array.Clear(slots);
        _spare = slots;
    }

    private static long[] NewSlots() => new long[DefaultEdges.All.Length + 1];
}
