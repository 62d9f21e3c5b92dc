using System.Globalization;
using TorchBoard.Drawing;
using TorchBoard.Figures.Axes;
using TorchBoard.Figures.Marks;
using TorchBoard.Histograms;
using TorchBoard.Imaging;
using TorchBoard.Interpretation;

namespace TorchBoard.Figures;

public sealed partial class Figure
{
    private const int FeaturesByDefault = 10;

    /// <summary>
    /// Creates a waterfall plot of one row, as shap does: from the score of the baseline at the bottom, each bar adds the
    /// contribution of a feature, the largest at the top. Orange raises the score, blue lowers it. Names have the
    /// feature's value.
    /// </summary>
    /// <remarks>
    /// The bars start at <see cref="Attribution.BaselineScore"/>, or at 0 for a method without a baseline. They end at
    /// the score if the method's values sum to the difference of the scores.
    /// </remarks>
    /// <param name="table">The explanations.</param>
    /// <param name="row">The row to draw, from 0.</param>
    /// <param name="maxFeatures">
    /// Maximum number of bars; at least 1, 10 by default. If there are more features, the last bar is the sum of the
    /// others.
    /// </param>
    /// <param name="title">The title above the plot; the row's number by default.</param>
    /// <exception cref="ArgumentException">The row does not exist, or <paramref name="maxFeatures"/> is less than 1.</exception>
    public static Figure Waterfall(
        TableAttribution table, int row, int maxFeatures = FeaturesByDefault, string? title = null)
    {
        ArgumentNullException.ThrowIfNull(table);
        table.Table.ThrowIfNoRow(row);
        Attribution attribution = table.Rows[row];
        double[] values = attribution.FeatureValues.ToArray();
        int[] order = [.. Enumerable.Range(0, values.Length).OrderByDescending(f => Math.Abs(values[f]))];
        (int[] own, int[] others) = Split(order, maxFeatures);
        List<string> names = [];
        List<double> steps = [];
        foreach (int feature in own)
        {
            names.Add($"{table.Table.FeatureNames[feature]} = {Plain(table.Table.Row(row)[feature])}");
            steps.Add(values[feature]);
        }

        if (others.Length > 0)
        {
            names.Add(OthersOf(others));
            steps.Add(others.Sum(feature => values[feature]));
        }

        double start = attribution.BaselineScore ?? 0;
        string label = attribution.BaselineScore is null
            ? $"sum of attributions: {Plain(steps.Sum())}"
            : $"score, from {Plain(start)} (baseline) to {Plain(start + steps.Sum())}";
        title ??= FormattableString.Invariant($"Row {row}");
        return new Figure { Title = title, XLabel = label }.Add(
            new WaterfallMark(
                Names(names, names.Count, nameof(table)), start, [.. steps], [.. Shown(steps).Select(Signed)])
            {
                Color = Theme.Positive,
            });
    }

    /// <summary>
    /// Creates a beeswarm plot of all rows, shap's summary plot: a line of points for each feature, the most important
    /// at the top, with a point per row at its attribution. The color is the value of the feature, from the 5th to the
    /// 95th percentile; the sum of the others is gray.
    /// </summary>
    /// <param name="table">The explanations.</param>
    /// <param name="maxFeatures">
    /// Maximum number of lines; at least 1, 10 by default. If there are more features, the last line is the sum of the
    /// others.
    /// </param>
    /// <param name="title">The title above the plot.</param>
    /// <exception cref="ArgumentException"><paramref name="maxFeatures"/> is less than 1.</exception>
    public static Figure Beeswarm(
        TableAttribution table, int maxFeatures = FeaturesByDefault, string title = "Attributions")
    {
        ArgumentNullException.ThrowIfNull(table);
        (int[] own, int[] others) = Split(table.ByImportance(), maxFeatures);
        List<string> names = [.. own.Select(feature => table.Table.FeatureNames[feature])];
        List<double[]> values = [.. own.Select(table.Column)];
        List<Color[]> colors = [.. own.Select(feature => Colored(table.Table.Column(feature)))];
        if (others.Length > 0)
        {
            names.Add(OthersOf(others));
            values.Add([.. table.Rows.Select(row => others.Sum(feature => row.FeatureValues[feature]))]);
            colors.Add([.. table.Rows.Select(_ => Theme.Missing)]);
        }

        var scale = new ColorScale(ColorMap.BlueVioletRed, (0, 1), "value of the feature") { Ends = ("low", "high") };
        return new Figure { Title = title, XLabel = UnitOf(table) }.Add(
            new BeeswarmMark(Names(names, names.Count, nameof(table)), [.. values], [.. colors], scale)
            {
                Color = Theme.Ink,
            });

        static Color[] Colored(float[] column)
        {
            ColorScale own = ScaleOf(column, "");
            return Array.ConvertAll(column, value => own.ColorOf(value));
        }
    }

    /// <summary>
    /// Creates a bar chart of the features' importances over all rows: the mean magnitude of their attributions, the
    /// most important at the top.
    /// </summary>
    /// <param name="table">The explanations.</param>
    /// <param name="maxFeatures">
    /// Maximum number of bars; at least 1, 10 by default. If there are more features, the last bar is the sum of the
    /// others.
    /// </param>
    /// <param name="title">The title above the plot.</param>
    /// <exception cref="ArgumentException"><paramref name="maxFeatures"/> is less than 1.</exception>
    public static Figure FeatureImportance(
        TableAttribution table, int maxFeatures = FeaturesByDefault, string title = "Feature importance")
    {
        ArgumentNullException.ThrowIfNull(table);
        double[] means = table.MeanMagnitudes();
        (int[] own, int[] others) = Split(table.ByImportance(), maxFeatures);
        List<string> names = [.. own.Select(feature => table.Table.FeatureNames[feature])];
        List<double> lengths = [.. own.Select(feature => means[feature])];
        if (others.Length > 0)
        {
            names.Add(OthersOf(others));
            lengths.Add(others.Sum(feature => means[feature]));
        }

        return new Figure { Title = title, XLabel = $"mean |{UnitOf(table)}|" }.Add(
            new BarMark(Names(names, names.Count, nameof(table)), [.. lengths], horizontal: true)
            {
                Color = Theme.ColorOf(0),
                Slot = 0,
                Numbers = [.. Shown(lengths).Select(Plain)],
                RoomForNumbers = 0.2,
            });
    }

    /// <summary>
    /// Creates a bar chart of permutation importances with their standard deviations, the most important at the top.
    /// </summary>
    /// <param name="importance">The importances.</param>
    /// <param name="maxFeatures">Maximum number of bars; at least 1, 10 by default. Other features are not drawn.</param>
    /// <param name="title">The title above the plot.</param>
    /// <exception cref="ArgumentException"><paramref name="maxFeatures"/> is less than 1.</exception>
    public static Figure FeatureImportance(
        PermutationImportance importance, int maxFeatures = FeaturesByDefault, string title = "Permutation importance")
    {
        ArgumentNullException.ThrowIfNull(importance);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxFeatures, 1);
        double[] means = importance.Means();
        double[] deviations = importance.StandardDeviations();
        int[] shown = [.. Enumerable.Range(0, means.Length).OrderByDescending(f => means[f]).Take(maxFeatures)];
        string label = FormattableString.Invariant($"drop from {Plain(importance.Measure)}");
        if (shown.Length < means.Length)
            label += FormattableString.Invariant($", the {shown.Length} largest of {means.Length}");
        string[] names = [.. shown.Select(feature => importance.FeatureNames[feature])];
        return new Figure { Title = title, XLabel = label }.Add(
            new BarMark(
                Names(names, names.Length, nameof(importance)), [.. shown.Select(f => means[f])], horizontal: true)
            {
                Color = Theme.ColorOf(0),
                Slot = 0,
                Numbers = [.. shown.Select(feature => $"{Plain(means[feature])} ± {Plain(deviations[feature])}")],
                RoomForNumbers = 0.35,
            });
    }

    /// <summary>
    /// Creates a dependence plot, shap's scatter plot: the attribution of a feature as a function of its value, with a
    /// point per row. The color is the value of another feature, which shows interactions.
    /// </summary>
    /// <param name="table">The explanations.</param>
    /// <param name="feature">The name of the feature.</param>
    /// <param name="colorBy">
    /// The name of the feature whose value is the color, from its 5th to its 95th percentile; none by default.
    /// </param>
    /// <param name="title">The title above the plot; empty by default.</param>
    /// <exception cref="ArgumentException">No feature has this name.</exception>
    public static Figure Dependence(
        TableAttribution table, string feature, string? colorBy = null, string title = "")
    {
        ArgumentNullException.ThrowIfNull(table);
        double[] y = table.Column(feature);
        double[] x = Doubles<float>(table.Table.Column(feature));
        float[]? others = colorBy is null ? null : table.Table.Column(colorBy);
        ColorScale? scale = others is null ? null : ScaleOf(others, colorBy!);
        return new Figure { Title = title, XLabel = feature, YLabel = UnitOf(table) }.Add(
            new ScatterMark(x, y)
            {
                Color = Theme.ColorOf(0),
                Scale = scale,
                PointColors = scale is null ? null : Array.ConvertAll(others!, value => scale.ColorOf(value)),
            });
    }

    /// <summary>
    /// Creates a partial dependence plot: the mean score as a function of a feature, and thin curves of single rows,
    /// the individual conditional expectation (ICE). Lines at the foot mark the deciles of the feature in the table:
    /// where there are few rows, curves are extrapolated.
    /// </summary>
    /// <param name="dependence">The scores. Those of categories are drawn as a bar of the mean for each.</param>
    /// <param name="maxRows">
    /// Maximum number of thin curves, of rows at equal distances; at least 0, 50 by default. 0 draws only the mean.
    /// </param>
    /// <param name="centered">
    /// Whether all curves start at 0, so that rows with different scores can be compared; false by default.
    /// </param>
    /// <param name="title">The title above the plot.</param>
    /// <exception cref="ArgumentException"><paramref name="maxRows"/> is negative.</exception>
    public static Figure PartialDependence(
        PartialDependence dependence, int maxRows = 50, bool centered = false, string title = "Partial dependence")
    {
        ArgumentNullException.ThrowIfNull(dependence);
        ArgumentOutOfRangeException.ThrowIfNegative(maxRows);
        if (dependence.Categories.Count > 0)
            return OfCategories(dependence, centered, title);
        double[] grid = Doubles(dependence.Grid);
        var figure = new Figure
        {
            Title = title,
            XLabel = dependence.FeatureName,
            YLabel = centered ? "change of the score" : "score",
            Legend = FigureLegend.Auto,
        };
        int curves = Math.Min(maxRows, dependence.Rows);
        for (int i = 0; i < curves; i++)
        {
            int row = (int)((long)i * dependence.Rows / curves);
            figure.Add(new LineMark(grid, Shown(dependence.Row(row).ToArray()), dashed: false)
            {
                Label = i == 0 ? "single rows" : "",
                Color = Theme.Lighter(Theme.ColorOf(0), 0.6),
                IsThin = true,
            });
        }

        double[] sorted = [.. Doubles<float>(dependence.Column).Order()];
        return figure
            .Add(new RugMark([.. Enumerable.Range(1, 9).Select(i => BinCount.Percentile(sorted, i / 10.0))])
            {
                Color = Theme.Frame,
            })
            .Line<double, double>(grid, Shown(dependence.Mean()), curves > 0 ? "mean" : "", Theme.ColorOf(1));

        double[] Shown(double[] scores)
        {
            double first = centered ? scores[0] : 0;
            return Array.ConvertAll(scores, score => score - first);
        }
    }

    /// <summary>
    /// Creates a figure of two-way partial dependence: the mean score as a color, the first feature from left to right and
    /// the second upwards.
    /// </summary>
    /// <param name="dependence">The mean scores.</param>
    /// <param name="title">The title above the plot.</param>
    /// <exception cref="ArgumentNullException">The scores are null.</exception>
    public static Figure PartialDependence(TwoWayPartialDependence dependence, string title = "Partial dependence")
    {
        ArgumentNullException.ThrowIfNull(dependence);
        int columns = dependence.FirstGrid.Length;
        int rows = dependence.SecondGrid.Length;

        // Rows of a heatmap go down.
        double[] cells = new double[rows * columns];
        for (int row = 0; row < rows; row++)
        {
            for (int column = 0; column < columns; column++)
                cells[(row * columns) + column] = dependence.Mean[(column * rows) + rows - 1 - row];
        }

        return new Figure { Title = title, XLabel = dependence.FirstName, YLabel = dependence.SecondName }.Heatmap<double>(
            cells, rows, columns,
            new HeatmapOptions
            {
                ColumnNames = [.. dependence.FirstGrid.ToArray().Select(value => Plain(value))],
                RowNames = [.. dependence.SecondGrid.ToArray().Reverse().Select(value => Plain(value))],
                ColorLabel = "mean score",
            });
    }

    private static Figure OfCategories(PartialDependence dependence, bool centered, string title)
    {
        double[] mean = dependence.Mean();
        double first = centered ? mean[0] : 0;
        return new Figure
        {
            Title = title,
            XLabel = dependence.FeatureName,
            YLabel = centered ? "change of the score" : "score",
        }
            .Bars<double>(dependence.Categories, Array.ConvertAll(mean, score => score - first));
    }

    /// <summary>Returns the features that have their own line, and those that share the last one.</summary>
    private static (int[] Own, int[] Others) Split(int[] order, int maxFeatures)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxFeatures, 1);
        int own = order.Length > maxFeatures ? maxFeatures - 1 : order.Length;
        return (order[..own], order[own..]);
    }

    private static string OthersOf(int[] others) =>
        FormattableString.Invariant($"sum of {others.Length} others");

    private static string UnitOf(TableAttribution table) =>
        table.Rows.All(row => row.IsInUnitsOfScore) ? "contribution to the score" : "attribution";

    /// <summary>Returns colors from the 5th to the 95th percentile, so that outliers do not hide the others.</summary>
    private static ColorScale ScaleOf(float[] column, string label)
    {
        double[] sorted = [.. Doubles<float>(column).Order()];
        double[] ends = [BinCount.Percentile(sorted, 0.05), BinCount.Percentile(sorted, 0.95)];
        if (ends[0] == ends[1])
            ends = [sorted[0], sorted[^1]];
        return new ColorScale(ColorMap.BlueVioletRed, RangeOf(ends, diverging: false), Printable(label, nameof(label)));
    }

    /// <summary>Returns numbers to write, without those that are only rounding errors of the others.</summary>
    private static IEnumerable<double> Shown(List<double> values)
    {
        const double resolution = 1e-12;
        double least = values.Max(Math.Abs) * resolution;
        return values.Select(value => Math.Abs(value) < least ? 0 : value);
    }

    private static string Plain(float value) => Plain((double)value);

    private static string Plain(double value) => Axis.Typeset(value.ToString(
        value != 0 && Math.Abs(value) is < 1e-3 or >= 1e7 ? "0.##e0" : "0.###", CultureInfo.InvariantCulture));
}
