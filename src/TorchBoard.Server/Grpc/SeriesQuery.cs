using Grpc.Core;
using TorchBoard.Indexing;
using TorchBoard.Server.Protos;

namespace TorchBoard.Server.Grpc;

/// <summary>The series that a request asks for.</summary>
internal sealed class SeriesQuery
{
    private readonly string _plugin;
    private readonly SeriesDataClass _dataClass;
    private readonly IReadOnlyList<string>? _runs;
    private readonly HashSet<string>? _tags;

    /// <exception cref="RpcException">The request names no plugin.</exception>
    public SeriesQuery(SeriesDataClass dataClass, PluginFilter? plugin, RunTagFilter? filter)
    {
        if (plugin is null or { PluginName: "" })
            throw new RpcException(new Status(StatusCode.InvalidArgument, "The request must name a plugin."));
        _plugin = plugin.PluginName;
        _dataClass = dataClass;
        _runs = filter?.Runs?.Names;
        _tags = filter?.Tags is { } tags ? tags.Names.ToHashSet(StringComparer.Ordinal) : null;
    }

    /// <summary>Returns the runs, each with the answers about its series; runs without any are left out.</summary>
    /// <param name="index">The runs.</param>
    /// <param name="answer">Answers about a series of a run; null for none.</param>
    public IEnumerable<(string Run, IReadOnlyList<T> Answers)> In<T>(
        RunIndex index, Func<IndexedRun, IndexedSeries, T?> answer)
        where T : class
    {
        foreach (IndexedRun run in Runs(index))
        {
            T[] answers = [.. Of(run).Select(series => answer(run, series)).OfType<T>()];
            if (answers.Length > 0)
                yield return (run.Name, answers);
        }
    }

    /// <summary>Returns the number of values that a request asks for.</summary>
    /// <exception cref="RpcException">There is no number, or it is negative.</exception>
    public static int CountOf(Downsample? downsample)
    {
        if (downsample is null or { NumPoints: < 0 })
        {
            throw new RpcException(new Status(
                StatusCode.InvalidArgument,
                downsample is null
                    ? "num_points must be set."
                    : FormattableString.Invariant($"num_points must not be negative; was {downsample.NumPoints}.")));
        }

        return (int)Math.Min(downsample.NumPoints, int.MaxValue);
    }

    private IEnumerable<IndexedRun> Runs(RunIndex index)
    {
        if (_runs is null)
            return index.Runs;
        return _runs.Distinct(StringComparer.Ordinal)
            .Select(name => index.TryFind(name, out IndexedRun? run) ? run : null)
            .OfType<IndexedRun>();
    }

    private IEnumerable<IndexedSeries> Of(IndexedRun run) => run.Series.Where(
        series => series.DataClass == _dataClass && series.PluginName == _plugin && _tags?.Contains(series.Tag) != false);
}
