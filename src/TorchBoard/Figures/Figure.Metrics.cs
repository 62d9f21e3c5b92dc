using TorchBoard.Metrics;

namespace TorchBoard.Figures;

public sealed partial class Figure
{
    /// <summary>
    /// A confusion matrix as a labeled table: a row for each true class, a column for each predicted one, the numbers
    /// in the cells.
    /// </summary>
    /// <param name="matrix">The matrix, as it is now.</param>
    /// <param name="classNames">The names of the classes; 0, 1, 2, … by default.</param>
    /// <param name="normalized">
    /// Whether each row is divided by its sum, and so shows 0 to 1: the recall on the diagonal. A row without samples
    /// is 0. Off by default: counts.
    /// </param>
    /// <param name="title">A line above it.</param>
    /// <exception cref="ArgumentException">There are not as many names as classes.</exception>
    public static Figure ConfusionMatrix(
        ConfusionMatrix matrix, IReadOnlyList<string>? classNames = null, bool normalized = false,
        string title = "Confusion matrix")
    {
        ArgumentNullException.ThrowIfNull(matrix);
        return ConfusionMatrix(matrix.Counts, classNames, normalized, title);
    }

    /// <summary>
    /// ROC curves, one for each class or model, with the diagonal of chance; the legend has the area under each. A
    /// curve without positives or without negatives is only named.
    /// </summary>
    /// <param name="curves">The curves; at least one.</param>
    /// <param name="names">What the legend calls them, as many.</param>
    /// <param name="title">A line above them.</param>
    /// <exception cref="ArgumentException">There are no curves, or there are not as many names as curves.</exception>
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
    /// Precision-recall curves, one for each class or model; the legend has the average precision of each. A curve
    /// without positives is only named. Precision is that of the next threshold between two recalls, as it counts in
    /// the average.
    /// </summary>
    /// <param name="curves">The curves; at least one.</param>
    /// <param name="names">What the legend calls them, as many.</param>
    /// <param name="title">A line above them.</param>
    /// <exception cref="ArgumentException">There are no curves, or there are not as many names as curves.</exception>
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
            if (curve.Positives > 0)
                figure.Line<double, double>(recalls, precisions, Scored(labels[i], "AP", curve.AveragePrecision));
            else
                figure.Line<int>([], labels[i] + ", undefined");
        }

        return figure;
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
            throw new ArgumentException("At least one curve is wanted, and none that is null.", argument);
    }
}
