using System.Globalization;
using TorchBoard.Figures.Axes;
using TorchBoard.Figures.Marks;
using TorchBoard.Imaging;
using TorchBoard.Interpretation;

namespace TorchBoard.Figures;

public sealed partial class Figure
{
    /// <summary>
    /// Creates a table of how good explanation methods are: a row for each method, a column for each measure, and the
    /// numbers in the cells. The best method of a column is the darkest, the worst white; gray cells were not measured
    /// or are not defined. ↑ marks measures of which larger numbers are better, ↓ the others.
    /// </summary>
    /// <param name="methods">The methods; at least one. See <see cref="ExplanationMetrics"/>.</param>
    /// <param name="title">The title above the table.</param>
    /// <exception cref="ArgumentException">There are no methods, or one is null.</exception>
    public static Figure ExplanationQuality(
        IReadOnlyList<ExplanationQuality> methods, string title = "Quality of explanations")
    {
        ThrowIfNoCurves(methods, nameof(methods));
        var measures = Interpretation.ExplanationQuality.Measures;
        double[] cells = new double[methods.Count * measures.Length];
        string[] texts = new string[cells.Length];
        for (int m = 0; m < measures.Length; m++)
        {
            double[] values = [.. methods.Select(measures[m].Value)];
            double[] defined = [.. values.Where(value => !double.IsNaN(value))];
            for (int row = 0; row < values.Length; row++)
            {
                int cell = (row * measures.Length) + m;
                texts[cell] = double.IsNaN(values[row]) ? "–" : Short(values[row]);
                cells[cell] = defined.Length == 0 ? double.NaN : Share(values[row], defined);
                if (!measures[m].IsLargerBetter)
                    cells[cell] = 1 - cells[cell];
            }
        }

        string[] names = [.. methods.Select(method => method.Name)];
        return new Figure { Title = title }.Add(
            new HeatmapMark(cells, methods.Count, measures.Length)
            {
                Color = Theme.Ink,
                Map = ColorMap.DeepBlues,

                // Nearly black cells would be hard to read.
                Range = (0, 1.3),
                CellTexts = texts,
                HasColorBar = false,
                RowNames = Names(names, names.Length, nameof(methods)),
                ColumnNames = [.. measures.Select(Interpretation.ExplanationQuality.TitleOf)],
            });

        static string Short(double value) => Axis.Typeset(value.ToString(
            value != 0 && Math.Abs(value) is < 1e-3 or >= 1e3 ? "0.#e0" : "G3", CultureInfo.InvariantCulture));

        // From 0, the smallest, to 1; NaN stays NaN, and equal numbers are in the middle.
        static double Share(double value, double[] all) =>
            all.Max() > all.Min() || double.IsNaN(value) ? (value - all.Min()) / (all.Max() - all.Min()) : 0.5;
    }
}
