using System.Buffers;
using System.Runtime.CompilerServices;
using Google.Protobuf;
using TorchBoard.Events;
using TorchBoard.Plugins;
using TorchBoard.Protos;
using TorchBoard.Records;
using TorchBoard.Scanning;

namespace TorchBoard.Indexing;

/// <summary>
/// Adds the values of a scan to a run. Points of curves are collected and added together, so that the run's lock is taken
/// seldom, and not while a file is read.
/// </summary>
internal struct IndexSink(IndexedRun run, Action<CorruptRecord>? onCorruptRecord) : IEventSink
{
    private const int MostStaged = 4096;

    /// <summary>The entry of a tag that TensorBoard does not show.</summary>
    private static readonly object NotShown = new();

    private StagedPoint[] _staged = [];
    private int _count;
    private double _start = double.PositiveInfinity;
    private long? _bound;
    private double _scalar;
    private IReadOnlyList<ReadOnlyMemory<byte>>? _items;

    /// <summary>The scan returns when the collected points must be added.</summary>
    public readonly bool IsFull => _count == MostStaged;

    /// <summary>The lowest step of the restarts in the current file; null if there is none.</summary>
    public long? LeastRestart { get; private set; }

    /// <summary>Begins to read a file, or continues to.</summary>
    /// <param name="bound">The step from which later files of the run remove this file's points.</param>
    public void Begin(long? bound)
    {
        _bound = bound;
        LeastRestart = null;
        _staged = ArrayPool<StagedPoint>.Shared.Rent(MostStaged);
    }

    /// <summary>Adds the collected points to the run.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Flush()
    {
        lock (run.Gate)
        {
            run.Start(_start);
            if (_count > 0)
                run.Change();
            foreach (ref readonly StagedPoint point in _staged.AsSpan(0, _count))
                point.Series.Add(point.Step, point.WallTime, point.Value);
        }

        _count = 0;
        run.Tell();
    }

    public void End()
    {
        Flush();
        ArrayPool<StagedPoint>.Shared.Return(_staged, clearArray: true);
        _staged = [];
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryAddScalar(TagEntry tag, scoped in ScalarView scalar, scoped in EventPayload payload)
    {
        if (tag.Kept is not IndexedSeries { DataClass: SeriesDataClass.Scalar } series)
            return tag.Kept == NotShown;
        Stage(series, scalar.Step, scalar.WallTime, scalar.Value);
        return true;
    }

    public bool Begin(TagEntry tag, scoped in ValueView value)
    {
        tag.Kept ??= NewSeries(tag.Name, value);
        if (tag.Kept is not IndexedSeries series)
            return false;
        if (series.DataClass == SeriesDataClass.Scalar)
            _scalar = ScalarSummary.Decode(value);
        else if (series.DataClass == SeriesDataClass.Tensor)
            _items = [ServedValue.TensorOf(value)];
        else
            _items = ServedValue.BlobsOf(series.PluginName, value);
        return true;
    }

    // The sink reads the values itself, so the scan decodes none.
    public readonly void Add(TagEntry tag, scoped in EventView view, double scalar) =>
        throw new InvalidOperationException($"The tag '{tag.Name}' was decoded.");

    public void Add(TagEntry tag, scoped in EventView view, object? value)
    {
        var series = (IndexedSeries)tag.Kept!;
        if (series.DataClass == SeriesDataClass.Scalar)
            Stage(series, view.Step, view.WallTime, _scalar);
        else
            Add(series, view, _items!);
        _items = null;
    }

    public void End(scoped in EventView view, scoped in EventPayload payload)
    {
        if (view.WallTime < _start)
            _start = view.WallTime;
        if (view.Content == EventContent.Graph)
        {
            Add(GraphSummary.GraphTag, PluginTable.Graphs, view, view.Body.ToArray());
        }
        else if (view.Content == EventContent.RunMetadata)
        {
            AddRunMetadata(view, payload);
        }
        else if (view.IsSessionStart())
        {
            Flush();
            lock (run.Gate)
            {
                run.Change();
                run.Restarts.Add(view.Step);
            }

            run.Tell();
            LeastRestart = Math.Min(LeastRestart ?? long.MaxValue, view.Step);
        }
    }

    public readonly void Report(CorruptRecord error) => onCorruptRecord?.Invoke(error);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Stage(IndexedSeries series, long step, double wallTime, double value)
    {
        if (step >= _bound)
            return;
        if (wallTime < _start)
            _start = wallTime;
        if (_count == MostStaged)
            Flush();
        _staged[_count++] = new StagedPoint(series, step, wallTime, value);
    }

    private readonly void AddRunMetadata(scoped in EventView view, scoped in EventPayload payload)
    {
        try
        {
            TaggedRunMetadata tagged = TaggedRunMetadata.Parser.ParseFrom(view.Body);
            Add(tagged.Tag, PluginTable.TaggedRunMetadata, view, tagged.RunMetadata.Memory);
        }
        catch (InvalidProtocolBufferException e)
        {
            int length = payload.Bytes.Length + RecordFrame.Overhead;
            Report(new CorruptRecord(payload.File, payload.Offset, $"the execution statistics: {e.Message}", length));
        }
    }

    private readonly void Add(string tag, Plugin plugin, scoped in EventView view, ReadOnlyMemory<byte> blob)
    {
        IndexedSeries series;
        lock (run.Gate)
            series = run.GetOrAdd(tag, PluginMetadata.Of(plugin));
        if (series.DataClass == SeriesDataClass.BlobSequence)
            Add(series, view, [blob]);
    }

    private readonly void Add(IndexedSeries series, scoped in EventView view, IReadOnlyList<ReadOnlyMemory<byte>> items)
    {
        if (view.Step >= _bound)
            return;
        lock (run.Gate)
        {
            run.Change();
            series.Add(new IndexedValue(view.Step, view.WallTime, items));
        }

        run.Tell();
    }

    private readonly object NewSeries(string tag, scoped in ValueView value)
    {
        SummaryMetadata metadata = ServedMetadata.Of(tag, value);
        if (metadata.DataClass is not (DataClass.Scalar or DataClass.Tensor or DataClass.BlobSequence))
            return NotShown;
        lock (run.Gate)
            return run.GetOrAdd(tag, metadata);
    }

    private readonly record struct StagedPoint(IndexedSeries Series, long Step, double WallTime, double Value);
}
