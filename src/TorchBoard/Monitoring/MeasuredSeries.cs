namespace TorchBoard.Monitoring;

/// <summary>The measurements of one instrument with one set of tags. Measured by any thread, written by one.</summary>
internal abstract class MeasuredSeries
{
    public abstract void Add(long value);

    public abstract void Add(double value);

    public abstract void Write(IMeterOutput output, in MeterSample sample);
}
