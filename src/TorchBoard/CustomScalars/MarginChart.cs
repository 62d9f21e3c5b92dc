namespace TorchBoard.CustomScalars;

/// <summary>A chart of curves, each with a band from a lower to an upper curve.</summary>
public sealed class MarginChart : CustomChart
{
    /// <summary>Initializes a chart of curves and their bands.</summary>
    /// <param name="title">The title of the chart.</param>
    /// <param name="series">The tags of each curve and the edges of its band; at least one.</param>
    /// <exception cref="ArgumentException">
    /// The title or a tag is null, empty or not valid Unicode, the tag of a curve contains "(", which the dashboard
    /// cannot draw, or there is no series.
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
