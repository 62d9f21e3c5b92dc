using TorchBoard.Figures;

namespace TorchBoard.Tool.Output;

/// <summary>A chart of the curves of one tag in several runs; of many runs, their mean and range.</summary>
internal static class CurveChart
{
    private const int ShortestTitle = 12;

    public static TextChart Of(string title, IReadOnlyList<ScalarSeries> curves, int width, int height, CurveStyle style)
    {
        List<(double[] X, double[] Y)> drawn = [.. curves.Select(curve => (style.X.Of(curve), Smoothed(curve, style.Smoothing)))];
        double[] all = [.. drawn.SelectMany(curve => curve.X).Where(double.IsFinite)];
        (double left, double right) = all.Length > 0 ? (all.Min(), all.Max()) : (0, 0);
        var chart = new TextChart
        {
            Title = Printable.Shortened(style.X.Title(title, left), Math.Max(ShortestTitle, width - ShortestTitle)),
            Width = width,
            Height = height,
            LogarithmicY = style.IsLogarithmic,
            HorizontalLabel = style.X.Labels(left, right),
        };
        if (style.DrawsRange(curves.Count))
        {
            CurveRange range = CurveRange.Of(drawn, 2 * width);
            string runs = range.Fewest == curves.Count ? Shown.Count(curves.Count) : $"{Shown.Count(range.Fewest)}–{Shown.Count(curves.Count)}";
            chart.Add("least", range.X, range.Least);
            chart.Add("greatest", range.X, range.Greatest);
            chart.Add($"mean of {runs} runs", range.X, range.Mean);
            return chart;
        }

        for (int i = 0; i < curves.Count; i++)
        {
            ScalarSeries curve = curves[i];
            string name = curve.Run == "." || curves.Count == 1 && curve.Run.Length == 0 ? curve.Tag : curve.Run;
            chart.Add(Printable.Line(name), drawn[i].X, drawn[i].Y);
        }

        return chart;
    }

    private static double[] Smoothed(ScalarSeries curve, double smoothing) =>
        (smoothing > 0 ? Testing.Curve.Of(curve).Smoothed(smoothing).Values : curve.Values).ToArray();
}
