using System.Diagnostics.Metrics;

namespace TorchBoard.Monitoring;

/// <summary>How the measurements of an instrument become values.</summary>
internal sealed class InstrumentKind
{
    private static readonly InstrumentKind Gauge = new(tag => new LastValueSeries(tag, isObserved: false), isAdditive: false);

    private static readonly InstrumentKind ObservableGauge =
        new(tag => new LastValueSeries(tag, isObserved: true), isAdditive: false);

    private static readonly Dictionary<Type, InstrumentKind> ByType = new()
    {
        [typeof(Counter<>)] = new(tag => new SumSeries(tag, onlyGrows: true, isObserved: false)),
        [typeof(ObservableCounter<>)] = new(tag => new SumSeries(tag, onlyGrows: true, isObserved: true)),
        [typeof(UpDownCounter<>)] = new(tag => new SumSeries(tag, onlyGrows: false, isObserved: false)),
        [typeof(ObservableUpDownCounter<>)] = new(tag => new SumSeries(tag, onlyGrows: false, isObserved: true)),
        [typeof(Histogram<>)] = new(tag => new DistributionSeries(tag)),
    };

    private InstrumentKind(Func<string, MeasuredSeries> newSeries, bool isAdditive = true)
    {
        NewSeries = newSeries;
        IsAdditive = isAdditive;
    }

    /// <summary>Creates a series from its tag.</summary>
    public Func<string, MeasuredSeries> NewSeries { get; }

    /// <summary>Whether measurements with different tags can be recorded together.</summary>
    public bool IsAdditive { get; }

    /// <summary>Returns the kind of an instrument; an unknown one is a gauge.</summary>
    public static InstrumentKind Of(Instrument instrument)
    {
        Type type = instrument.GetType();
        return type.IsGenericType && ByType.TryGetValue(type.GetGenericTypeDefinition(), out InstrumentKind? kind)
            ? kind
            : instrument.IsObservable ? ObservableGauge : Gauge;
    }
}
