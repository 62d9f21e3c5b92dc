using TorchBoard.Protos;

namespace TorchBoard.Indexing;

/// <summary>The values of one tag of a run, or a sample of them. Thread-safe: grows while the run does.</summary>
public sealed partial class IndexedSeries
{
    private readonly IndexedRun _run;
    private readonly ScalarSample? _scalars;
    private readonly EvenSample? _values;
    private int _restarts;
    private long _version;

    internal IndexedSeries(IndexedRun run, string tag, SummaryMetadata metadata, int samples, PointBudget? extra)
    {
        _run = run;
        Tag = tag;
        DataClass = (SeriesDataClass)metadata.DataClass;
        PluginName = metadata.PluginData?.PluginName ?? "";
        DisplayName = metadata.DisplayName;
        Description = metadata.SummaryDescription;
        Metadata = Google.Protobuf.MessageExtensions.ToByteArray(metadata);
        metadata.PluginData ??= new SummaryMetadata.Types.PluginData();
        _tag = DescribedBy(tag, metadata);
        _restarts = run.Restarts.Count;
        _version = run.Version;
        if (DataClass == SeriesDataClass.Scalar)
            _scalars = new ScalarSample(samples, extra);
        else
            _values = new EvenSample(samples);
    }

    /// <summary>The tag.</summary>
    public string Tag { get; }

    /// <summary>The data class of the values.</summary>
    public SeriesDataClass DataClass { get; }

    /// <summary>The name of the plugin that shows the values.</summary>
    public string PluginName { get; }

    /// <summary>The name that a dashboard shows; empty if there is none.</summary>
    public string DisplayName { get; }

    /// <summary>The description, in Markdown; empty if there is none.</summary>
    public string Description { get; }

    /// <summary>
    /// A serialized <c>SummaryMetadata</c>, complete with plugin and data class also for values of older writers.
    /// </summary>
    public ReadOnlyMemory<byte> Metadata { get; }

    /// <summary>
    /// The number of the last change to the values, as <see cref="RunIndex.Version"/> counts them: the same number means the
    /// same values.
    /// </summary>
    public long Version
    {
        get
        {
            lock (_run.Gate)
            {
                ApplyRestarts();
                return _version;
            }
        }
    }

    /// <summary>The number of values that are kept.</summary>
    public int Count
    {
        get
        {
            lock (_run.Gate)
            {
                ApplyRestarts();
                return _scalars?.Count ?? _values!.Count;
            }
        }
    }

    /// <summary>
    /// The number of values that were logged, of which <see cref="Count"/> are kept. An estimate after a restart has removed
    /// values of a series of which not all are kept.
    /// </summary>
    public long TotalCount
    {
        get
        {
            lock (_run.Gate)
            {
                ApplyRestarts();
                return _scalars?.Total ?? _values!.Total;
            }
        }
    }

    /// <summary>The number of points taken from the extra ones of the index. The caller holds the run's lock.</summary>
    internal int ExtraPoints => _scalars?.Extra ?? 0;

    /// <summary>Gets the ranges that a list of tags contains; returns false if all values have been removed.</summary>
    /// <param name="maxStep">The greatest step.</param>
    /// <param name="maxWallTime">The latest wall time, in seconds since 1970-01-01 UTC.</param>
    /// <param name="maxLength">The maximum number of items of a value; 1 for scalars.</param>
    public bool TryGetExtent(out long maxStep, out double maxWallTime, out int maxLength)
    {
        lock (_run.Gate)
        {
            ApplyRestarts();
            bool any = (_scalars?.Count ?? _values!.Count) > 0;
            maxStep = _scalars?.MaxStep ?? _values!.MaxStep;
            maxWallTime = Math.Max(_scalars?.MaxWallTime ?? _values!.MaxWallTime, 0);
            maxLength = _values?.MaxLength ?? 1;
            return any;
        }
    }

    /// <summary>
    /// Returns points of a curve: all that are kept, or a selection that includes the first, the last, the lowest and the
    /// highest point of each section. NaN counts as the highest value.
    /// </summary>
    /// <param name="maxPoints">The maximum number of points; at least 0. The last point alone if 1.</param>
    /// <exception cref="InvalidOperationException">The tag has values of another data class.</exception>
    public ScalarSeries ReadScalars(int maxPoints = int.MaxValue) => ReadScalars(maxPoints, out _);

    /// <inheritdoc cref="ReadScalars(int)"/>
    /// <param name="maxPoints">The maximum number of points; at least 0. The last point alone if 1.</param>
    /// <param name="extremes">
    /// For each point, whether it is included only because it is the lowest or highest of its section. The other points are
    /// chosen by their position: their average is that of the whole curve, whereas extremes distort it.
    /// </param>
    public ScalarSeries ReadScalars(int maxPoints, out bool[] extremes)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(maxPoints);
        if (_scalars is null)
            throw new InvalidOperationException($"The tag '{Tag}' has no scalars; its data class is {DataClass}.");
        lock (_run.Gate)
        {
            ApplyRestarts();
            (long[] steps, double[] wallTimes, double[] values, extremes) = _scalars.Read(maxPoints);
            return new ScalarSeries(_run.Name, Tag, steps, values, wallTimes);
        }
    }

    /// <summary>
    /// Returns tensors or blob sequences: all that are kept, or a selection, evenly spaced, that includes the last.
    /// </summary>
    /// <param name="maxValues">The maximum number of values; at least 0. The last value alone if 1.</param>
    /// <exception cref="InvalidOperationException">The tag has scalars.</exception>
    public IReadOnlyList<IndexedValue> ReadValues(int maxValues = int.MaxValue)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(maxValues);
        lock (_run.Gate)
        {
            ApplyRestarts();
            return Values().Read(maxValues);
        }
    }

    /// <summary>Gets the last value of a step; false if there is none, or it is no longer kept.</summary>
    /// <param name="step">The step.</param>
    /// <param name="value">The value.</param>
    /// <exception cref="InvalidOperationException">The tag has scalars.</exception>
    public bool TryFindValue(long step, out IndexedValue value)
    {
        lock (_run.Gate)
        {
            ApplyRestarts();
            return Values().TryFind(step, out value);
        }
    }

    /// <summary>Adds a point. The caller holds the run's lock and has counted the change.</summary>
    internal void Add(long step, double wallTime, double value)
    {
        ApplyRestarts();
        _version = _run.Version;
        _scalars!.Add(step, wallTime, value);
    }

    /// <inheritdoc cref="Add(long, double, double)"/>
    internal void Add(in IndexedValue value)
    {
        ApplyRestarts();
        _version = _run.Version;
        _values!.Add(value);
    }

    private EvenSample Values() =>
        _values ?? throw new InvalidOperationException($"The tag '{Tag}' has scalars; use {nameof(ReadScalars)}.");

    // When a point is added or read, because a file may hold millions of restarts.
    private void ApplyRestarts()
    {
        if (_restarts == _run.Restarts.Count)
            return;
        if (_run.Restarts.LeastAfter(_restarts) is long step && step <= (_scalars?.MaxStep ?? _values!.MaxStep))
        {
            _scalars?.RemoveFrom(step);
            _values?.RemoveFrom(step);
            _version = _run.Version;
        }

        _restarts = _run.Restarts.Count;
    }
}
