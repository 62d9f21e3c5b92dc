using System.Globalization;
using System.Numerics;
using TorchBoard.Drawing;
using TorchBoard.Figures.Marks;
using TorchBoard.Imaging;

namespace TorchBoard.Figures;

public sealed partial class Figure
{
    // The numbers of more classes do not fit in the cells of a figure of the default size.
    private const int ManyClasses = 15;

    /// <summary>
    /// Creates a figure of a classifier's confusion matrix as a labeled table: a row for each true class, a column for
    /// each predicted class, and the numbers in the cells if they fit.
    /// </summary>
    /// <remarks>
    /// With more than 15 classes, colors are those of the square root of the range, so that rare confusions are visible
    /// beside the diagonal; the color bar shows it. <see cref="Metrics.ConfusionMatrix.MostConfused"/> lists them.
    /// </remarks>
    /// <typeparam name="T">Any numeric type: int, long, double, ….</typeparam>
    /// <param name="counts">
    /// How often each true class was predicted as each class: shape [classes, classes], the true class first; the
    /// predicted class varies fastest. Finite and not negative.
    /// </param>
    /// <param name="classNames">The names of the classes; 0, 1, 2, … by default.</param>
    /// <param name="normalized">
    /// Whether each row is divided by its sum, so that cells are 0 to 1 and the diagonal is the recall. A row without
    /// samples is 0. False by default, which shows counts.
    /// </param>
    /// <param name="title">The title above the plot.</param>
    /// <exception cref="ArgumentException">
    /// The number of counts is not a square, a count is negative or not finite, or the numbers of names and classes
    /// differ.
    /// </exception>
    public static Figure ConfusionMatrix<T>(
        ReadOnlySpan<T> counts, IReadOnlyList<string>? classNames = null, bool normalized = false,
        string title = "Confusion matrix")
        where T : INumberBase<T>
    {
        int classes = (int)Math.Round(Math.Sqrt(counts.Length));
        if (classes == 0 || classes * classes != counts.Length)
        {
            throw new ArgumentException(
                FormattableString.Invariant(
                    $"The number of counts must be the square of the number of classes; was {counts.Length}."),
                nameof(counts));
        }

        double[] cells = Doubles(counts);
        int wrong = Array.FindIndex(cells, count => !(count >= 0 && double.IsFinite(count)));
        if (wrong >= 0)
        {
            throw new ArgumentException(
                FormattableString.Invariant(
                    $"Counts must be finite and not negative; count {wrong} is {cells[wrong]}."),
                nameof(counts));
        }

        if (normalized)
            DivideByRowSums(cells, classes);
        classNames ??= [.. Enumerable.Range(0, classes).Select(c => c.ToString(CultureInfo.InvariantCulture))];
        string[] names = Names(classNames, classes, nameof(classNames));
        return new Figure { Title = title, XLabel = "predicted", YLabel = "true" }.Heatmap<double>(
            cells, classes, classes,
            new HeatmapOptions
            {
                RowNames = names,
                ColumnNames = names,
                ColorMap = ColorMap.DeepBlues,
                Range = (0, normalized ? 1 : Math.Max(cells.Max(), 1)),
                Gamma = classes > ManyClasses ? 0.5 : 1,
                CellFormat = normalized ? "0.00;;0" : "0.##",
                SquareCells = true,
                ColorLabel = normalized ? "share of the true class" : "count",
            });
    }

    /// <summary>
    /// Creates a figure of a classifier's receiver operating characteristic and the diagonal of a random classifier.
    /// Add more curves with
    /// <see cref="Line{TX, TY}(ReadOnlySpan{TX}, ReadOnlySpan{TY}, string, Color?, bool)"/>.
    /// </summary>
    /// <typeparam name="T">Any numeric type: float, double, ….</typeparam>
    /// <param name="falsePositiveRates">The values on the horizontal axis: 0 to 1, ascending.</param>
    /// <param name="truePositiveRates">The values on the vertical axis: 0 to 1, the same number.</param>
    /// <param name="label">The name of the curve in the legend, such as <c>cat, AUC 0.98</c>.</param>
    /// <param name="title">The title above the plot.</param>
    /// <exception cref="ArgumentException">The numbers of values differ.</exception>
    public static Figure Roc<T>(
        ReadOnlySpan<T> falsePositiveRates, ReadOnlySpan<T> truePositiveRates, string label = "",
        string title = "ROC curve")
        where T : INumberBase<T> =>
        RocAxes(title).Line(falsePositiveRates, truePositiveRates, label);

    /// <summary>
    /// Creates a figure of a classifier's precision at each recall. Add more curves with
    /// <see cref="Line{TX, TY}(ReadOnlySpan{TX}, ReadOnlySpan{TY}, string, Color?, bool)"/>.
    /// </summary>
    /// <typeparam name="T">Any numeric type: float, double, ….</typeparam>
    /// <param name="recalls">The values on the horizontal axis: 0 to 1.</param>
    /// <param name="precisions">The values on the vertical axis: 0 to 1, the same number.</param>
    /// <param name="label">The name of the curve in the legend, such as <c>cat, AP 0.93</c>.</param>
    /// <param name="title">The title above the plot.</param>
    /// <exception cref="ArgumentException">The numbers of values differ.</exception>
    public static Figure PrecisionRecall<T>(
        ReadOnlySpan<T> recalls, ReadOnlySpan<T> precisions, string label = "", string title = "Precision and recall")
        where T : INumberBase<T> =>
        OnUnitSquare(title, "recall", "precision", FigureLegend.BottomLeft).Line(recalls, precisions, label);

    /// <summary>
    /// Creates a figure of the gradient flow: the mean and the largest gradient magnitude of each parameter on a
    /// logarithmic axis, the mean in front. Bars that shrink toward the first layers indicate vanishing gradients, bars
    /// that grow exploding gradients. A parameter whose gradients are all 0 has no bar.
    /// </summary>
    /// <typeparam name="T">Any numeric type: float, double, ….</typeparam>
    /// <param name="parameterNames">The parameters from input to output, drawn from top to bottom.</param>
    /// <param name="meanMagnitudes">The mean of |g| for each parameter; not negative.</param>
    /// <param name="greatestMagnitudes">The largest |g| of each parameter.</param>
    /// <param name="title">The title above the plot.</param>
    /// <exception cref="ArgumentException">The numbers of names and magnitudes differ.</exception>
    public static Figure GradientFlow<T>(
        IReadOnlyList<string> parameterNames, ReadOnlySpan<T> meanMagnitudes, ReadOnlySpan<T> greatestMagnitudes,
        string title = "Gradient flow")
        where T : INumberBase<T>
    {
        var figure = new Figure { Title = title, XLabel = "|gradient|", LogarithmicX = true };
        Color color = figure.NextColor();
        string[] names = Names(parameterNames, greatestMagnitudes.Length, nameof(parameterNames));
        ThrowIfLengthsDiffer(names.Length, meanMagnitudes.Length, nameof(meanMagnitudes));
        return figure
            .Add(new BarMark(names, Doubles(greatestMagnitudes), horizontal: true)
            {
                Label = "max",
                Color = Theme.Lighter(color, 0.6),
                Slot = 0,
            })
            .Add(new BarMark(names, Doubles(meanMagnitudes), horizontal: true)
            {
                Label = "mean",
                Color = color,
                Slot = 0,
            });
    }

    private static Figure RocAxes(string title) =>
        OnUnitSquare(title, "false positive rate", "true positive rate", FigureLegend.BottomRight)
            .Line<double, double>([0, 1], [0, 1], "chance", Theme.Frame, dashed: true);

    // Slightly more than the unit square, so that lines along its edges are visible.
    private static Figure OnUnitSquare(string title, string xLabel, string yLabel, FigureLegend legend) => new()
    {
        Title = title,
        XLabel = xLabel,
        YLabel = yLabel,
        XRange = (0, 1),
        YRange = (0, 1.02),
        Legend = legend,
    };

    private static void DivideByRowSums(double[] cells, int classes)
    {
        for (int row = 0; row < classes; row++)
        {
            Span<double> counts = cells.AsSpan(row * classes, classes);
            double sum = 0;
            foreach (double count in counts)
                sum += count;
            for (int column = 0; column < classes; column++)
                counts[column] = sum > 0 ? counts[column] / sum : 0;
        }
    }
}
