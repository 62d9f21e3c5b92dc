using TorchBoard.Figures;
using TorchBoard.Figures.Marks;
using TorchBoard.Interpretation;

namespace TorchBoard.Tests.Interpretation;

/// <summary>The expected numbers are those of scikit-learn's partial_dependence, method 'brute', of the same function.</summary>
internal sealed class TwoWayDependenceTests
{
    private static readonly string[] Names = ["a", "b", "c"];

    private static FeatureTable Five =>
        new([1, 2, 3, 2, -1, 0.5f, 4, 0.5f, -2, -3, 1, 1, 0.5f, -2, 2.5f], Names);

    [Test]
    public void The_mean_score_of_each_pair_of_values_is_that_of_scikit_learn()
    {
        TwoWayPartialDependence dependence = TwoWayPartialDependence.Explain(Product, Five, "a", "b");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(dependence.FirstGrid.ToArray(), Is.EqualTo(new[] { -3, 0.5f, 1, 2, 4 }));
            Assert.That(dependence.SecondGrid.ToArray(), Is.EqualTo(new[] { -2, -1, 0.5f, 1, 2 }));
            Assert.That(
                dependence.Mean.ToArray(),
                Is.EqualTo(new[]
                {
                    10, 4, -1.25, -2, -2,
                    3, 0.5, 0.5, 1.5, 5,
                    2, 0, 0.75, 2, 6,
                    0, -1, 1.25, 3, 8,
                    -4, -3, 2.25, 5, 12,
                }).Within(1e-9));
        }
    }

    [Test]
    public void Fewer_points_are_between_the_percentiles_of_scikit_learn()
    {
        TwoWayPartialDependence dependence = TwoWayPartialDependence.Explain(
            Product, Five, "a", "c", points: 4, new() { BatchSize = 3 });
        using (Assert.EnterMultipleScope())
        {
            Assert.That(dependence.FirstGrid.ToArray(), Is.EqualTo(new[] { -3, -2 / 3f, 5 / 3f, 4 }).Within(1e-6f));
            Assert.That(dependence.SecondGrid.ToArray(), Is.EqualTo(new[] { -2, -1 / 3f, 4 / 3f, 3 }).Within(1e-6f));
            Assert.That(
                dependence.Mean.ToArray(),
                Is.EqualTo(new[]
                {
                    2.65, 2.15, 1.65, 1.15,
                    2.183333333333333, 2.072222222222222, 1.9611111111111108, 1.85,
                    1.7166666666666663, 1.9944444444444442, 2.272222222222222, 2.55,
                    1.25, 1.9166666666666667, 2.5833333333333335, 3.25,
                }).Within(1e-6));
        }
    }

    [Test]
    public void It_is_drawn_with_the_first_feature_to_the_right_and_the_second_upwards()
    {
        FigureContent content =
            Figure.PartialDependence(TwoWayPartialDependence.Explain(Product, Five, "a", "b")).Content();
        var heatmap = (HeatmapMark)content.Marks.Single();
        using (Assert.EnterMultipleScope())
        {
            Assert.That((content.XLabel, content.YLabel), Is.EqualTo(("a", "b")));
            Assert.That(heatmap.XNames, Is.EqualTo(new[] { "−3", "0.5", "1", "2", "4" }));
            Assert.That(heatmap.YNames, Is.EqualTo(new[] { "2", "1", "0.5", "−1", "−2" }));
            Assert.That(heatmap.Values[..5], Is.EqualTo(new double[] { -2, 5, 6, 8, 12 }).Within(1e-9));
        }
    }

    [Test]
    public void Scores_of_single_rows_are_not_kept()
    {
        Allocated(1);
        Assert.That(Allocated(100) - Allocated(10), Is.LessThan(60_000));

        static long Allocated(int times)
        {
            float[] values = [.. Enumerable.Repeat(Five.Values.ToArray(), times).SelectMany(rows => rows)];
            var table = new FeatureTable(values, Names);
            long before = GC.GetAllocatedBytesForCurrentThread();
            TwoWayPartialDependence.Explain(Product, table, "a", "b");
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }
    }

    [Test]
    public void Categories_of_a_one_hot_encoding_are_set_one_after_the_other()
    {
        // Columns: a number, and the encoding of red, green and blue.
        var table = new FeatureTable([1, 1, 0, 0, 2, 0, 1, 0, 3, 0, 0, 1], ["x", "red", "green", "blue"]);
        Predict model = LinearModel.Of(1, 10, 20, 30);
        PartialDependence colors = PartialDependence.ExplainCategories(model, table, "color", ["red", "green", "blue"]);
        FigureContent content = Figure.PartialDependence(colors, centered: true).Content();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(colors.Categories, Is.EqualTo(new[] { "red", "green", "blue" }));
            Assert.That(colors.Mean(), Is.EqualTo(new double[] { 12, 22, 32 }));
            Assert.That(colors.Row(2).ToArray(), Is.EqualTo(new double[] { 13, 23, 33 }));
            Assert.That(content.XNames, Is.EqualTo(new[] { "red", "green", "blue" }));
            Assert.That(content.XLabel, Is.EqualTo("color"));
            Assert.That(PartialDependence.Explain(model, table, "x").Categories, Is.Empty);
        }
    }

    [Test]
    public void Columns_of_an_encoding_are_put_together_in_explanations()
    {
        var table = new FeatureTable([1, 1, 0, 0, 7, 2, 0, 0, 1, 8], ["x", "red", "green", "blue", "y"]);
        TableAttribution each = TableAttribution.Explain(
            table, row => KernelShap.Explain(LinearModel.Of(1, 10, 20, 30, -1), row));
        TableAttribution together = each.Together("color", ["red", "green", "blue"]);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(together.Table.FeatureNames, Is.EqualTo(new[] { "x", "color", "y" }));
            Assert.That(together.Table.Column("color"), Is.EqualTo(new float[] { 0, 2 }));
            Assert.That(together.Column("color"), Is.EqualTo(new double[] { 10, 30 }).Within(1e-9));
            Assert.That(together.Rows[1].FeatureValues.ToArray(), Is.EqualTo(new double[] { 2, 30, -8 }).Within(1e-9));
            Assert.That(together.Rows[1].Score, Is.EqualTo(each.Rows[1].Score));
            Assert.That(Figure.Waterfall(together, 0).Content().Marks, Has.Count.EqualTo(1));
        }
    }

    [Test]
    public void Invalid_arguments_are_refused()
    {
        TableAttribution table = TableAttribution.Explain(Five, row => KernelShap.Explain(Product, row));
        using (Assert.EnterMultipleScope())
        {
            Refusal.Of("feature", () => TwoWayPartialDependence.Explain(Product, Five, "a", "d"), "'d'", "a, b, c");
            Refusal.Of("features", () => TwoWayPartialDependence.Explain(Product, Five, "a", "a"), "different", "a, a");
            Refusal.Of("points", () => TwoWayPartialDependence.Explain(Product, Five, "a", "b", 1), "at least 2");
            Refusal.Of("features", () => PartialDependence.ExplainCategories(Product, Five, "x", []), "At least one");
            Refusal.Of("feature", () => table.Together("x", ["a", "d"]), "'d'");
            Refusal.Of("features", () => table.Together("x", ["a", "a"]), "different");
            Refusal.Of("featureNames", () => table.Together("c", ["a", "b"]), "'c'");
        }
    }

    /// <summary>abc + b².</summary>
    private static void Product(ReadOnlySpan<float> inputs, int count, Span<double> scores)
    {
        for (int n = 0; n < count; n++)
        {
            (double a, double b, double c) = (inputs[3 * n], inputs[(3 * n) + 1], inputs[(3 * n) + 2]);
            scores[n] = (a * b * c) + (b * b);
        }
    }
}
