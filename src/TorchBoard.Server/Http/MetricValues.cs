using TorchBoard.Indexing;

namespace TorchBoard.Server.Http;

/// <summary>The last, least and greatest point of one tag in some runs: <c>/api/metrics</c>.</summary>
/// <param name="Version">The version of the index before it was read.</param>
/// <param name="Series">One for each run that has the tag, in the order of the runs' numbers.</param>
internal sealed record MetricValues(long Version, IReadOnlyList<MetricValues.OfRun> Series)
{
    public static ApiAnswer Answer(ApiRequest request) => ApiAnswer.Of(Of(request), PageJson.Default.MetricValues);

    private static MetricValues Of(ApiRequest request)
    {
        long version = request.Served.Version;
        return new MetricValues(
            version,
            [.. request.Series().Where(one => one.Series.DataClass == SeriesDataClass.Scalar)
                .Select(one => MetricOf(one.Id, request.Served.VersionOf(one.Series), one.Series.ReadScalars()))]);
    }

    private static OfRun MetricOf(int run, long version, ScalarSeries points)
    {
        int least = -1;
        int greatest = -1;
        for (int i = 0; i < points.Count; i++)
        {
            double value = points.Values[i];
            if (double.IsNaN(value))
                continue;
            if (least < 0 || value < points.Values[least])
                least = i;
            if (greatest < 0 || value > points.Values[greatest])
                greatest = i;
        }

        return new OfRun(run, version, points.Count, At(points.Count - 1), At(least), At(greatest));

        Point? At(int index) =>
            index < 0 ? null : new Point(points.Steps[index], points.Values[index], points.WallTimes[index]);
    }

    /// <summary>The points of a run.</summary>
    /// <param name="Run">The number of the run.</param>
    /// <param name="Version">The version of the series.</param>
    /// <param name="Count">The number of points that the index has.</param>
    /// <param name="Last">The last point; null if there is none.</param>
    /// <param name="Min">The first of the lowest points; null if none is a number.</param>
    /// <param name="Max">The first of the highest points; null if none is a number.</param>
    internal sealed record OfRun(int Run, long Version, int Count, Point? Last, Point? Min, Point? Max);

    internal sealed record Point(long Step, double Value, double Time);
}
