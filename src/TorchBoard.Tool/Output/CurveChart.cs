using TorchBoard.Figures;

namespace TorchBoard.Tool.Output;

/// <summary>A chart of the curves of one tag in several runs.</summary>
internal static class CurveChart
{
    public static TextChart Of(
        string title, IReadOnlyList<ScalarSeries> curves, int width, int height, double smoothing = 0,
        bool logarithmic = false)
    {
        var chart =
            new TextChart { Title = Printable.Line(title), Width = width, Height = height, LogarithmicY = logarithmic };
        foreach (ScalarSeries curve in curves)
        {
            string name = curve.Run == "." || curves.Count == 1 && curve.Run.Length == 0 ? curve.Tag : curve.Run;
            ReadOnlySpan<double> values = smoothing > 0
                ? Testing.Curve.Of(curve).Smoothed(smoothing).Values
                : curve.Values;
            chart.Add(Printable.Line(name), curve.Steps, values);
        }

        return chart;
    }
}
