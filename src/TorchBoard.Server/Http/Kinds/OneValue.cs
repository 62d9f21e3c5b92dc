using TorchBoard.Indexing;
using static System.FormattableString;

namespace TorchBoard.Server.Http.Kinds;

/// <summary>The value that a request names by <c>run</c>, <c>tag</c>, <c>step</c> and, where there are several, <c>index</c>.</summary>
internal static class OneValue
{
    /// <summary>Returns the series of the run and the tag.</summary>
    /// <exception cref="ApiException">The run has no such tag, or it has values of another kind.</exception>
    public static IndexedSeries SeriesOf(ApiRequest request, TagKind kind)
    {
        string tag = request.Text("tag");
        return request.Run.TryFind(tag, out IndexedSeries? series) && series.Kind == kind
            ? series
            : throw ApiRequest.NotFound($"The run has no tag '{tag}' with values of the kind {kind}.");
    }

    /// <summary>Returns the last value at the step.</summary>
    /// <exception cref="ApiException">There is none, or it is no longer kept.</exception>
    public static T Of<T>(ApiRequest request, TagKind kind, Func<IndexedSeries, long, Series<T>> read)
    {
        long step = StepOf(request);
        Series<T> found = read(SeriesOf(request, kind), step);
        return found.Count > 0
            ? found.Values[0]
            : throw ApiRequest.NotFound(Invariant($"There is no value at step {step}, or it is no longer kept."));
    }

    /// <summary>Returns one of the items of a value.</summary>
    /// <exception cref="ApiException">There are fewer.</exception>
    public static T ItemOf<T>(ApiRequest request, IReadOnlyList<T> items)
    {
        long index = request.Number("index", 0, int.MaxValue, byDefault: 0);
        return index < items.Count
            ? items[(int)index]
            : throw ApiRequest.NotFound(Invariant($"The value has {items.Count} items; there is no item {index}."));
    }

    public static long StepOf(ApiRequest request) => request.Number("step", long.MinValue, long.MaxValue);
}
