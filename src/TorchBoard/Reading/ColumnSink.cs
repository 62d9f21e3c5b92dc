using System.Runtime.CompilerServices;
using TorchBoard.Events;
using TorchBoard.Scanning;

namespace TorchBoard.Reading;

/// <summary>Collects the points of each tag in the entry that the scan keeps for the tag.</summary>
/// <param name="options">What to read.</param>
/// <param name="known">The restarts of the run if they are known; otherwise empty.</param>
internal struct ColumnSink(RunLogOptions options, Restarts known) : IEventSink
{
    private readonly int? _maxPoints = options.MaxPoints;
    private readonly Action<CorruptRecord>? _onCorruptRecord = options.OnCorruptRecord;
    private readonly bool _appliesRestarts = options.ApplyRestarts;
    private readonly bool _keepsGraphs = options.Graphs;

    public readonly bool IsFull => false;

    public List<CorruptRecord> Errors { get; } = [];

    public List<LoggedGraph> Graphs { get; } = [];

    public Restarts Restarts { get; } = new();

    public HyperparameterLog? Hyperparameters { get; private set; }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly bool TryAddScalar(TagEntry tag, scoped in ScalarView scalar, scoped in EventPayload payload)
    {
        if (!tag.IsListed)
            return true;
        if (tag.Kept is not Points<double> points)
            return TryAddSample(tag, scalar);

        points.Bytes += scalar.Size;
        points.Add(scalar.Step, scalar.WallTime, scalar.Value, Restarts.Count);
        return true;
    }

    public readonly bool Begin(TagEntry tag, scoped in ValueView value)
    {
        if (!tag.IsListed)
            return false;
        var points = (Points)(tag.Kept ??= NewPoints(tag));
        points.Bytes += value.Size;
        return true;
    }

    public readonly void Add(TagEntry tag, scoped in EventView view, double scalar)
    {
        if (tag.Kept is Points<double> points)
            points.Add(view.Step, view.WallTime, scalar, Restarts.Count);
        else
            ((SampledPoints)tag.Kept!).Add(view.Step, view.WallTime, scalar, Restarts.Count);
    }

    public void Add(TagEntry tag, scoped in EventView view, object? value)
    {
        // The parts of a trial come in several events and together form one log.
        if (value is HyperparameterLog log)
        {
            Hyperparameters = log.After(Hyperparameters);
            value = null;
        }

        if (tag.Kept is Points<object?> points)
            points.Add(view.Step, view.WallTime, value, Restarts.Count);
        else
            ((SampledPoints)tag.Kept!).Add(view.Step, view.WallTime, double.NaN, Restarts.Count);
    }

    public readonly void End(scoped in EventView view, scoped in EventPayload payload)
    {
        if (view.Content == EventContent.Graph && _keepsGraphs)
            Graphs.Add(new LoggedGraph(view.Step, UnixTime.FromSeconds(view.WallTime), view.Body.ToArray()));
        else if (_appliesRestarts && view.IsSessionStart())
            Restarts.Add(view.Step);
    }

    public readonly void Report(CorruptRecord error)
    {
        Errors.Add(error);
        _onCorruptRecord?.Invoke(error);
    }

    private readonly bool TryAddSample(TagEntry tag, scoped in ScalarView scalar)
    {
        if (tag.Kind != TagKind.Scalar || tag.Kept is not SampledPoints samples)
            return false;
        samples.Bytes += scalar.Size;
        samples.Add(scalar.Step, scalar.WallTime, scalar.Value, Restarts.Count);
        return true;
    }

    // Values that are not read are only counted.
    private readonly Points NewPoints(TagEntry tag) => tag switch
    {
        { IsRead: false } or { Kind: TagKind.None } => new SampledPoints(0, known),
        { Kind: TagKind.Scalar } => _maxPoints is int max ? new SampledPoints(max, known) : new Points<double>(),
        _ => new Points<object?>(),
    };
}
