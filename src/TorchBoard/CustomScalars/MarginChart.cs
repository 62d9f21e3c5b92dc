namespace TorchBoard.CustomScalars;

/// <summary>Curves with a band around each, from a lower to an upper curve.</summary>
public sealed class MarginChart : CustomChart
{
    /// <summary>Shows curves and their bands.</summary>
    /// <param name="title">The chart's title.</param>
    /// <param name="series">The tags of each curve and the edges of its band; at least one.</param>
    /// <exception cref="ArgumentException">
    /// Title or a tag is null, empty or no valid Unicode, the tag of a curve has a "(", with which the dashboard cannot
    /// draw it, or there is no series.
    /// </exception>
    public MarginChart(string title, params IReadOnlyList<MarginSeries> series)
        : base(title)
    {
        Series = ChartArguments.ThrowIfNone(series, "series", nameof(series));
        foreach ((string value, string lower, string upper) in Series)
        {
            ChartArguments.ThrowIfNotDrawn(value, nameof(series));
            Tag.ThrowIfInvalid(lower, nameof(series));
            Tag.ThrowIfInvalid(upper, nameof(series));
        }
    }

    /// <summary>The tags of each curve and the edges of its band.</summary>
    public IReadOnlyList<MarginSeries> Series { get; }
}
