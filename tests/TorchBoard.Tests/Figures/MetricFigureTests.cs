using TorchBoard.Figures;
using TorchBoard.Figures.Marks;
using TorchBoard.Metrics;

namespace TorchBoard.Tests.Figures;

internal sealed class MetricFigureTests
{
    [Test]
    public void A_reliability_diagram_has_a_point_for_each_bin_with_items()
    {
        var scores = new ProbabilityScores(2, bins: 4);
        scores.Add([0.1f, 0.2f, 0.6f, 0.7f], [false, true, true, true]);

        FigureContent content = Figure.Reliability(scores).Content();

        var points = content.Marks.OfType<ScatterMark>().Single();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(points.X, Is.EqualTo(new[] { 0.15, 0.65 }).Within(1e-6));
            Assert.That(points.Y, Is.EqualTo(new[] { 0.5, 1 }));
            Assert.That(
                content.Marks.Select(mark => mark.Label),
                Is.EqualTo(new[] { "perfectly calibrated", "classifier, ECE 0.350", "" }));
        }
    }

    [Test]
    public void A_parity_plot_has_targets_across_and_its_line_spans_all_numbers()
    {
        FigureContent content = Figure.Parity<float>([1, 5, float.NaN], [2, 4, -3]).Content();

        var line = content.Marks.OfType<LineMark>().Single();
        var points = content.Marks.OfType<ScatterMark>().Single();
        using (Assert.EnterMultipleScope())
        {
            Assert.That((points.X, points.Y), Is.EqualTo((new double[] { 2, 4, -3 }, new[] { 1, 5, double.NaN })));
            Assert.That((line.X, line.Y), Is.EqualTo((new double[] { -3, 5 }, new double[] { -3, 5 })));
            Assert.That((content.XLabel, content.YLabel), Is.EqualTo(("target", "prediction")));
        }
    }

    [Test]
    public void Residuals_are_predictions_minus_targets()
    {
        FigureContent content = Figure.Residuals<double>([1, 5], [2, 3]).Content();

        var points = content.Marks.OfType<ScatterMark>().Single();
        Assert.That((points.X, points.Y), Is.EqualTo((new double[] { 1, 5 }, new double[] { -1, 2 })));
    }

    [Test]
    public void Figures_without_items_are_drawn_and_different_numbers_are_refused()
    {
        Assert.That(Figure.Reliability(new ProbabilityScores(2)).Render().Width, Is.EqualTo(Figure.DefaultWidth));
        Assert.That(Figure.Parity<float>([], []).Render().Width, Is.EqualTo(Figure.DefaultWidth));
        Refusal.Of("predictions", () => Figure.Parity<float>([1], []));
        Refusal.Of("predictions", () => Figure.Residuals<float>([1], []));
    }
}
