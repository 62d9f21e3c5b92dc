using TorchBoard.Histograms;

namespace TorchBoard.Server.Http.Kinds;

/// <summary>Histograms of all steps: <c>/api/histograms</c>.</summary>
internal static class Histograms
{
    // The page draws histograms with no more detail.
    private const int MostBuckets = 1000;

    public static ApiAnswer List(ApiRequest request) => ApiAnswer.Of(
        KindValues<Buckets>.Of(request, TagKind.Histogram, series => series.ReadHistograms(), Of),
        KindJson.Default.KindValuesBuckets);

    /// <summary>Returns edges and counts; adjacent buckets are joined if there are very many.</summary>
    private static Buckets Of(Histogram histogram)
    {
        ReadOnlySpan<double> limits = histogram.Limits;
        ReadOnlySpan<double> counts = histogram.Counts;
        if (histogram.Count == 0)
            return new Buckets([], []);
        int joined = ((counts.Length - 1) / MostBuckets) + 1;
        int length = ((counts.Length - 1) / joined) + 1;
        float[] edges = new float[length + 1];
        double[] sums = new double[length];
        edges[0] = (float)histogram.Min;
        for (int i = 0; i < counts.Length; i++)
        {
            edges[(i / joined) + 1] = (float)limits[i];
            sums[i / joined] += counts[i];
        }

        // Other writers may state a minimum that is not below the first limit.
        edges[0] = Math.Min(edges[0], edges[1]);
        return new Buckets(edges, sums);
    }

    /// <param name="Edges">The edges of the buckets, ascending; one more than there are buckets, or none.</param>
    /// <param name="Counts">The number of values in each bucket.</param>
    internal sealed record Buckets(float[] Edges, double[] Counts);
}
