using System.Text.Json.Serialization;
using TorchBoard.Indexing;

namespace TorchBoard.Server.Http.Kinds;

/// <summary>The values of a tag in some runs, or what the page needs to request them.</summary>
/// <param name="Series">The series, in the order of the runs' numbers.</param>
internal sealed record KindValues<T>(IReadOnlyList<KindValues<T>.SeriesOfRun> Series)
{
    /// <summary>Reads the series of a request that have values of a kind.</summary>
    /// <param name="request">The request.</param>
    /// <param name="kind">The kind.</param>
    /// <param name="read">Reads a series.</param>
    /// <param name="convert">Converts one of its values.</param>
    public static KindValues<T> Of<TRead>(
        ApiRequest request, TagKind kind, Func<IndexedSeries, Series<TRead>> read, Func<TRead, T> convert)
    {
        var series = new List<SeriesOfRun>();
        foreach ((int id, IndexedSeries indexed) in request.Series())
        {
            if (indexed.Kind != kind)
                continue;
            Series<TRead> values = read(indexed);
            series.Add(new SeriesOfRun(
                id, indexed.TotalCount, values.Steps.ToArray(), values.WallTimes.ToArray(), [.. values.Values.ToArray().Select(convert)]));
        }

        return new KindValues<T>(series);
    }

    /// <param name="Run">The number of the run.</param>
    /// <param name="Count">The number of values that were logged, which may be more than those here.</param>
    /// <param name="Steps">The steps.</param>
    /// <param name="Times">Their wall times, in seconds since 1970-01-01 UTC.</param>
    /// <param name="Values">The values.</param>
    internal sealed record SeriesOfRun(
        int Run, long Count, [property: JsonConverter(typeof(StepsConverter))] long[] Steps, double[] Times, T[] Values);
}
