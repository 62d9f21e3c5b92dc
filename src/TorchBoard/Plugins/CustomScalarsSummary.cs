using TorchBoard.CustomScalars;
using TorchBoard.Protos;

namespace TorchBoard.Plugins;

/// <summary>The layout of the Custom Scalars dashboard: one string under its own tag.</summary>
internal static class CustomScalarsSummary
{
    public const string LayoutTag = "custom_scalars__config__";

    public static Summary Of(Layout layout)
    {
        TensorProto tensor = TensorSummary.OfStrings([Google.Protobuf.MessageExtensions.ToByteString(layout)], []);
        SummaryMetadata metadata = PluginMetadata.Of(PluginTable.CustomScalars);
        return new Summary { Value = { TensorSummary.Value(LayoutTag, tensor, metadata) } };
    }

    public static Layout LayoutOf(CustomScalarsLayout layout) =>
        new() { Category = { layout.Categories.Select(CategoryOf) } };

    private static Category CategoryOf(ChartCategory category) => new()
    {
        Title = category.Title,
        Closed = category.Closed,
        Chart = { category.Charts.Select(ChartOf) },
    };

    private static Chart ChartOf(CustomChart chart) => chart switch
    {
        MultilineChart multiline => new Chart
        {
            Title = chart.Title,
            Multiline = new MultilineChartContent { Tag = { multiline.Patterns } },
        },
        MarginChart margin => new Chart
        {
            Title = chart.Title,
            Margin = new MarginChartContent { Series = { margin.Series.Select(SeriesOf) } },
        },
        _ => throw new InvalidOperationException($"The chart type {chart.GetType()} is not supported."),
    };

    private static MarginChartContent.Types.Series SeriesOf(MarginSeries series) =>
        new() { Value = series.Value, Lower = series.Lower, Upper = series.Upper };
}
