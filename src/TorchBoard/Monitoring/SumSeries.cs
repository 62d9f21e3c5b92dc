namespace TorchBoard.Monitoring;

/// <summary>The sum of a counter: what was added, or what the callback of an observable one reported last.</summary>
/// <param name="tag">The tag of the sum; a counter that only grows has <c>/total</c> and <c>/rate</c> below it.</param>
/// <param name="onlyGrows">Whether the instrument is a counter, not an up-down counter.</param>
/// <param name="isObserved">Whether each sample calls back for the whole sum.</param>
internal sealed class SumSeries(string tag, bool onlyGrows, bool isObserved) : MeasuredSeries
{
    private readonly string _totalTag = onlyGrows ? $"{tag}/total" : tag;
    private readonly string _rateTag = $"{tag}/rate";

    // Whole numbers are added exactly, and with one instruction.
    private long _whole;
    private double _fraction;
    private bool _isReported;
    private bool _hasNonFinite;
    private double _lastTotal = isObserved ? double.NaN : 0;
    private double _lastTime = double.NaN;

    public override void Add(long value)
    {
        Interlocked.Add(ref _whole, value);
        if (isObserved)
            _isReported = true;
    }

    public override void Add(double value)
    {
        // NaN would stay in the sum forever.
        if (!double.IsFinite(value))
        {
            _hasNonFinite = true;
            return;
        }

        double seen = Volatile.Read(ref _fraction);
        while (Interlocked.CompareExchange(ref _fraction, seen + value, seen) is var found && found != seen)
            seen = found;
        if (isObserved)
            _isReported = true;
    }

    public override void Write(IMeterOutput output, in MeterSample sample)
    {
        if (_hasNonFinite)
        {
            _hasNonFinite = false;
            output.ReportNotFinite(tag);
        }

        if (isObserved && !_isReported)
            return;
        double total = Interlocked.Read(ref _whole) + Volatile.Read(ref _fraction);
        if (isObserved)
            (_whole, _fraction, _isReported) = (0, 0, false);
        output.AddScalar(_totalTag, total, sample.Step);
        if (!onlyGrows)
            return;

        double elapsed = sample.Time - (double.IsNaN(_lastTime) ? sample.Previous : _lastTime);
        if (elapsed > 0 && !double.IsNaN(_lastTotal))
        {
            // What an observable counter reports begins again at zero when its source is replaced.
            double increase = isObserved && total < _lastTotal ? total : total - _lastTotal;
            output.AddScalar(_rateTag, increase / elapsed, sample.Step);
        }

        (_lastTotal, _lastTime) = (total, sample.Time);
    }
}
