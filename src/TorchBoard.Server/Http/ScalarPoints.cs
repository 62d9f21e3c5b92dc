using System.Text.Json.Serialization;
using TorchBoard.Indexing;

namespace TorchBoard.Server.Http;

/// <summary>The points of one tag in some runs: <c>/api/scalars</c>.</summary>
/// <param name="Version">The version of the index before it was read.</param>
/// <param name="Series">The curves, in the order of the runs' numbers.</param>
internal sealed record ScalarPoints(long Version, IReadOnlyList<ScalarPoints.Curve> Series)
{
    /// <summary>The maximum number of points of a curve in an answer.</summary>
    public const int MostPoints = 10_000;

    public static ApiAnswer Answer(ApiRequest request) => request.TextOrNull("format") switch
    {
        null or "json" => ApiAnswer.Of(Of(request), PageJson.Default.ScalarPoints),
        "bytes" => ScalarBytes.Of(Of(request)),
        _ => throw ApiRequest.Invalid("The argument 'format' must be 'json' or 'bytes'."),
    };

    private static ScalarPoints Of(ApiRequest request)
    {
        long version = request.Served.Version;
        int most = (int)request.Number("points", 1, MostPoints, byDefault: 1000);
        var curves = new List<Curve>();
        long points = 0;
        foreach ((int id, IndexedSeries series) in request.Series())
        {
            if (series.DataClass != SeriesDataClass.Scalar)
                continue;

            // If the curve grows at this moment, the version is the older one, and the page requests it again.
            long seriesVersion = request.Served.VersionOf(series);
            long count = series.TotalCount;
            ScalarSeries read = series.ReadScalars(most, out bool[] extremes);
            points += read.Count;
            if (points > ApiAnswer.MostBytes / 16)
                throw ApiAnswer.TooLong();
            curves.Add(new Curve(
                id, seriesVersion, count, read.Steps.ToArray(), read.Values.ToArray(), read.WallTimes.ToArray(),
                IndicesOf(extremes)));
        }

        return new ScalarPoints(version, curves);
    }

    private static int[]? IndicesOf(bool[] extremes) => Array.IndexOf(extremes, true) < 0
        ? null
        : [.. Enumerable.Range(0, extremes.Length).Where(i => extremes[i])];

    /// <summary>The points of a run.</summary>
    /// <param name="Run">The number of the run.</param>
    /// <param name="Version">The version of the series.</param>
    /// <param name="Count">The number of points that were logged, which may be more than those here.</param>
    /// <param name="Steps">The steps.</param>
    /// <param name="Values">The values.</param>
    /// <param name="Times">The wall times, in seconds since 1970-01-01 UTC.</param>
    /// <param name="Extremes">
    /// The indices of the points that are included only as the lowest or highest of many, and must not count in an average;
    /// null if there are none.
    /// </param>
    internal sealed record Curve(
        int Run, long Version, long Count, [property: JsonConverter(typeof(StepsConverter))] long[] Steps, double[] Values,
        double[] Times, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int[]? Extremes);
}
