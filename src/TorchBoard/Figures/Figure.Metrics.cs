using System.Numerics;
using TorchBoard.Metrics;

namespace TorchBoard.Figures;

public sealed partial class Figure
{
    /// <summary>
    /// Creates a figure of a confusion matrix as a labeled table: a row for each true class, a column for each
    /// predicted class, and the numbers in the cells if they fit. More than 15 classes have colors of the square root.
    /// </summary>
    /// <param name="matrix">
    /// The matrix; later changes to it have no effect. If its items have weights, cells show the sums of the weights.
    /// </param>
    /// <param name="classNames">The names of the classes; 0, 1, 2, … by default.</param>
    /// <param name="normalized">
    /// Whether each row is divided by its sum, so that cells are 0 to 1 and the diagonal is the recall. A row without
    /// samples is 0. False by default, which shows counts.
    /// </param>
    /// <param name="title">The title above the plot.</param>
    /// <exception cref="ArgumentException">The numbers of names and classes differ.</exception>
    public static Figure ConfusionMatrix(
        ConfusionMatrix matrix, IReadOnlyList<string>? classNames = null, bool normalized = false,
        string title = "Confusion matrix")
    {
        ArgumentNullException.ThrowIfNull(matrix);
        return matrix.IsWeighted
            ? ConfusionMatrix<double>(matrix.WeightedCounts(), classNames, normalized, title)
            : ConfusionMatrix(matrix.Counts, classNames, normalized, title);
    }

    /// <summary>
    /// Creates a figure of ROC curves, one for each class or model, and the diagonal of a random classifier. The legend
    /// shows the area under each curve. A curve without positives or without negatives appears only in the legend.
    /// </summary>
    /// <param name="curves">The curves; at least one.</param>
    /// <param name="names">The names in the legend, one per curve.</param>
    /// <param name="title">The title above the plot.</param>
    /// <exception cref="ArgumentException">There are no curves, or the numbers of names and curves differ.</exception>
    public static Figure Roc(IReadOnlyList<RocCurve> curves, IReadOnlyList<string> names, string title = "ROC curves")
    {
        ThrowIfNoCurves(curves, nameof(curves));
        string[] labels = Names(names, curves.Count, nameof(names));
        Figure figure = RocAxes(title);
        for (int i = 0; i < curves.Count; i++)
        {
            RocCurve curve = curves[i];
            if (curve.IsDefined)
                figure.Line(curve.FalsePositiveRates, curve.TruePositiveRates, Scored(labels[i], "AUC", curve.Area));
            else
                figure.Line<int>([], labels[i] + ", undefined");
        }

        return figure;
    }

    /// <summary>
    /// Creates a figure of precision-recall curves, one for each class or model. The legend shows the average precision
    /// of each. A curve without positives appears only in the legend. Between two recalls, the precision is that of the
    /// next threshold, as in the average precision.
    /// </summary>
    /// <param name="curves">The curves; at least one.</param>
    /// <param name="names">The names in the legend, one per curve.</param>
    /// <param name="title">The title above the plot.</param>
    /// <exception cref="ArgumentException">There are no curves, or the numbers of names and curves differ.</exception>
    public static Figure PrecisionRecall(
        IReadOnlyList<PrecisionRecallCurve> curves, IReadOnlyList<string> names, string title = "Precision and recall")
    {
        ThrowIfNoCurves(curves, nameof(curves));
        string[] labels = Names(names, curves.Count, nameof(names));
        Figure figure = OnUnitSquare(title, "recall", "precision", FigureLegend.BottomLeft);
        for (int i = 0; i < curves.Count; i++)
        {
            PrecisionRecallCurve curve = curves[i];
            (double[] recalls, double[] precisions) = Steps(curve);
            if (curve.IsDefined)
                figure.Line<double, double>(recalls, precisions, Scored(labels[i], "AP", curve.AveragePrecision));
            else
                figure.Line<int>([], labels[i] + ", undefined");
        }

        return figure;
    }

    /// <summary>
    /// Creates a reliability diagram: the accuracy of the predictions in each bin of confidence. Points below the
    /// diagonal are overconfident. The legend shows the expected calibration error.
    /// </summary>
    /// <param name="scores">The scores of a classifier; later changes have no effect. Empty bins have no point.</param>
    /// <param name="title">The title above the plot.</param>
    /// <exception cref="ArgumentNullException">The scores are null.</exception>
    public static Figure Reliability(ProbabilityScores scores, string title = "Reliability")
    {
        ArgumentNullException.ThrowIfNull(scores);
        CalibrationBin[] bins = [.. scores.Bins.ToArray().Where(bin => bin.Weight > 0)];
        double[] confidences = Array.ConvertAll(bins, bin => bin.Confidence);
        double[] accuracies = Array.ConvertAll(bins, bin => bin.Accuracy);
        Figure figure = OnUnitSquare(title, "confidence", "accuracy", FigureLegend.TopLeft)
            .Line<double, double>([0, 1], [0, 1], "perfectly calibrated", Theme.Frame, dashed: true);
        figure.Line<double, double>(confidences, accuracies, Scored("classifier", "ECE", scores.CalibrationError));
        return figure.Scatter<double, double>(confidences, accuracies, color: Theme.ColorOf(0));
    }

    /// <summary>
    /// Creates a parity plot of a regression: predictions as a function of targets, and the line on which exact
    /// predictions are.
    /// </summary>
    /// <typeparam name="T">Any numeric type: float, double, ….</typeparam>
    /// <param name="predictions">The predicted numbers.</param>
    /// <param name="targets">The true numbers; the same number.</param>
    /// <param name="title">The title above the plot.</param>
    /// <exception cref="ArgumentException">The numbers of predictions and targets differ.</exception>
    public static Figure Parity<T>(
        ReadOnlySpan<T> predictions, ReadOnlySpan<T> targets, string title = "Predictions and targets")
        where T : INumberBase<T>
    {
        ThrowIfLengthsDiffer(targets.Length, predictions.Length, nameof(predictions));
        double[] finite = [.. Doubles(predictions).Concat(Doubles(targets)).Where(double.IsFinite)];
        var figure = new Figure { Title = title, XLabel = "target", YLabel = "prediction", Legend = FigureLegend.TopLeft };
        if (finite.Length > 0)
        {
            double[] ends = [finite.Min(), finite.Max()];
            figure.Line<double, double>(ends, ends, "exact", Theme.Frame, dashed: true);
        }

        return figure.Scatter(targets, predictions);
    }

    /// <summary>
    /// Creates a residual plot of a regression: prediction − target as a function of the prediction. A shape other than
    /// a level band shows what the model misses.
    /// </summary>
    /// <inheritdoc cref="Parity"/>
    public static Figure Residuals<T>(ReadOnlySpan<T> predictions, ReadOnlySpan<T> targets, string title = "Residuals")
        where T : INumberBase<T>
    {
        ThrowIfLengthsDiffer(targets.Length, predictions.Length, nameof(predictions));
        double[] residuals = [.. Doubles(predictions).Zip(Doubles(targets), (prediction, target) => prediction - target)];
        return new Figure { Title = title, XLabel = "prediction", YLabel = "prediction − target" }
            .HorizontalLine(0)
            .Scatter<T, double>(predictions, residuals);
    }

    private static (double[] Recalls, double[] Precisions) Steps(PrecisionRecallCurve curve)
    {
        (List<double> recalls, List<double> precisions) = ([], []);
        for (int i = 0; i < curve.Recalls.Length; i++)
        {
            if (i > 0)
            {
                recalls.Add(curve.Recalls[i - 1]);
                precisions.Add(curve.Precisions[i]);
            }

            recalls.Add(curve.Recalls[i]);
            precisions.Add(curve.Precisions[i]);
        }

        return ([.. recalls], [.. precisions]);
    }

    private static string Scored(string name, string measure, double value) =>
        FormattableString.Invariant($"{name}, {measure} {value:F3}");

    private static void ThrowIfNoCurves<T>(IReadOnlyList<T> curves, string argument)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(curves, argument);
        if (curves.Count == 0 || curves.Contains(null!))
            throw new ArgumentException("There must be at least one curve, and no curve may be null.", argument);
    }
}
