namespace TorchBoard.Monitoring;

/// <summary>The last value of a gauge.</summary>
/// <param name="tag">The tag of the value.</param>
/// <param name="isObserved">Whether a value counts only for the sample that called back for it.</param>
internal sealed class LastValueSeries(string tag, bool isObserved) : MeasuredSeries
{
    private double _value;
    private bool _isReported;

    public override void Add(long value) => Add((double)value);

    public override void Add(double value)
    {
        Volatile.Write(ref _value, value);
        Volatile.Write(ref _isReported, true);
    }

    public override void Write(IMeterOutput output, in MeterSample sample)
    {
        if (!Volatile.Read(ref _isReported))
            return;
        output.AddScalar(tag, Volatile.Read(ref _value), sample.Step);
        if (isObserved)
            _isReported = false;
    }
}
