using TorchBoard.Figures;
using TorchBoard.Figures.Marks;
using TorchBoard.Imaging;
using TorchBoard.Interpretation;
using TorchBoard.Tests.Interpretation;

namespace TorchBoard.Tests.Figures;

internal sealed class AttributionFigureTests
{
    private static readonly FeatureTable Table = new(
        [1, 10, 0.5f, 7, 2, 20, 0.25f, 7, 6, 0, 0.125f, 7], ["age", "income", "rate", "constant"]);

    /// <summary>Contributions −4 0 0.5 0; −2 −5 0.25 0; 6 5 0.125 0.</summary>
    private static TableAttribution Explained => TableAttribution.Explain(
        Table,
        row => KernelShap.Explain(
            LinearModel.Of(2, -0.5, 1, 0), row, options: new() { Baseline = [3, 10, 0, 7] }));

    [Test]
    public void A_waterfall_goes_from_the_baseline_up_to_the_score_the_largest_contribution_at_the_top()
    {
        FigureContent content = Figure.Waterfall(Explained, 1).Content();

        var mark = (WaterfallMark)content.Marks.Single();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                mark.YNames, Is.EqualTo(new[] { "income = 20", "age = 2", "rate = 0.25", "constant = 7" }));
            Assert.That(mark.Steps, Is.EqualTo(new[] { -5, -2, 0.25, 0 }).Within(1e-9));
            Assert.That((mark.Start, mark.End), Is.EqualTo((1.0, -5.75)).Within(1e-9));
            Assert.That(content.XLabel, Is.EqualTo("score, from 1 (baseline) to −5.75"));
            Assert.That(content.Title, Is.EqualTo("Row 1"));
        }
    }

    [Test]
    public void Features_beyond_the_most_share_the_last_bar()
    {
        var mark = (WaterfallMark)Figure.Waterfall(Explained, 1, maxFeatures: 2).Content().Marks.Single();
        Assert.That(mark.YNames, Is.EqualTo(new[] { "income = 20", "sum of 3 others" }));
        Assert.That(mark.Steps, Is.EqualTo(new[] { -5, -1.75 }).Within(1e-9));

        var swarm = (BeeswarmMark)Figure.Beeswarm(Explained, maxFeatures: 3).Content().Marks.Single();
        Assert.That(swarm.YNames, Is.EqualTo(new[] { "age", "income", "sum of 2 others" }));
        Assert.That(swarm.Values[2], Is.EqualTo(new[] { 0.5, 0.25, 0.125 }).Within(1e-9));
        Assert.That(swarm.PointColors[2].Distinct(), Is.EqualTo(new[] { Theme.Missing }));
    }

    [Test]
    public void Attributions_without_a_baseline_add_up_from_0()
    {
        FigureContent content = Figure.Waterfall(
            new TableAttribution(new FeatureTable([1, 2], 2), [new Attribution([3, -1])]), 0).Content();
        var mark = (WaterfallMark)content.Marks.Single();
        Assert.That((mark.Start, mark.End, content.XLabel), Is.EqualTo((0.0, 2.0, "sum of attributions: 2")));
    }

    [Test]
    public void A_beeswarm_has_a_point_per_row_whose_color_is_the_value_of_the_feature()
    {
        FigureContent content = Figure.Beeswarm(Explained).Content();

        var mark = (BeeswarmMark)content.Marks.Single();
        ColorMap map = ColorMap.BlueVioletRed;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(mark.YNames, Is.EqualTo(new[] { "age", "income", "rate", "constant" }));
            Assert.That(mark.Values[1], Is.EqualTo(new double[] { 0, -5, 5 }).Within(1e-9));
            Assert.That(
                mark.PointColors[1], Is.EqualTo(new[] { map[128], map[255], map[0] }), "10 is between 0 and 20");
            Assert.That(mark.PointColors[3].Distinct(), Is.EqualTo(new[] { map[128] }), "a constant is in the middle");
            Assert.That(content.Colors?.Ends, Is.EqualTo(("low", "high")));
            Assert.That(content.XLabel, Is.EqualTo("contribution to the score"));
        }
    }

    [Test]
    public void The_points_of_a_swarm_do_not_cover_each_other_while_there_is_room()
    {
        // Forty equal attributions: as one disc they would cover about 30 pixels.
        FeatureTable table = new(new float[40], 1);
        Picture one = Figure.Beeswarm(new(table, [.. Enumerable.Repeat(new Attribution([1]), 40)])).Render();
        int blue = 0;
        for (int y = 0; y < one.Height; y++)
        {
            for (int x = 0; x < 520; x++)
                blue += one[y, x] == ColorMap.BlueVioletRed[128] ? 1 : 0;
        }

        Assert.That(blue, Is.GreaterThan(40 * 15));
    }

    [Test]
    public void Importance_is_the_mean_magnitude_over_the_rows()
    {
        FigureContent content = Figure.FeatureImportance(Explained).Content();
        var mark = (BarMark)content.Marks.Single();
        Assert.That(mark.YNames, Is.EqualTo(new[] { "age", "income", "rate", "constant" }));
        Assert.That(mark.Numbers, Is.EqualTo(new[] { "4", "3.333", "0.292", "0" }));
        Assert.That(content.XLabel, Is.EqualTo("mean |contribution to the score|"));
    }

    [Test]
    public void Permutation_importances_are_sorted_and_have_their_deviations()
    {
        // With one row nothing can be shuffled.
        PermutationImportance importance = PermutationImportance.Explain(
            LinearModel.Of(1, 1, 1), new FeatureTable([1, 2, 3], ["a", "b", "c"]), scores => scores[0]);
        FigureContent content = Figure.FeatureImportance(importance, maxFeatures: 2).Content();
        var mark = (BarMark)content.Marks.Single();
        Assert.That(mark.YNames, Is.EqualTo(new[] { "a", "b" }));
        Assert.That(mark.Numbers, Is.EqualTo(new[] { "0 ± 0", "0 ± 0" }));
        Assert.That(content.XLabel, Is.EqualTo("drop from 6, the 2 largest of 3"));
    }

    [Test]
    public void Dependence_is_the_attribution_at_each_value_colored_by_another_feature()
    {
        FigureContent content = Figure.Dependence(Explained, "age", "income").Content();

        var mark = (ScatterMark)content.Marks.Single();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(mark.X, Is.EqualTo(new double[] { 1, 2, 6 }));
            Assert.That(mark.Y, Is.EqualTo(new double[] { -4, -2, 6 }).Within(1e-9));
            Assert.That(mark.Scale?.Range, Is.EqualTo((1.0, 19.0)).Within(1e-6), "the 5th and the 95th percentile");
            Assert.That((content.XLabel, content.Colors?.Label), Is.EqualTo(("age", "income")));
        }

        Assert.That(Figure.Dependence(Explained, "age").Content().Colors, Is.Null);
    }

    [Test]
    public void Partial_dependence_is_the_mean_in_front_of_the_rows()
    {
        PartialDependence dependence = PartialDependence.Explain(LinearModel.Of(2, 1, 0, 0), Table, "age");
        FigureContent content = Figure.PartialDependence(dependence, maxRows: 2).Content();
        LineMark[] lines = [.. content.Marks.OfType<LineMark>()];
        using (Assert.EnterMultipleScope())
        {
            Assert.That(lines.Select(line => line.Label), Is.EqualTo(new[] { "single rows", "", "mean" }));
            Assert.That(lines[0].Y, Is.EqualTo(new double[] { 12, 14, 22 }));
            Assert.That(lines[1].Y, Is.EqualTo(new double[] { 22, 24, 32 }));
            Assert.That(lines[2].Y, Is.EqualTo(new double[] { 12, 14, 22 }));
            Assert.That(content.XLabel, Is.EqualTo("age"));
        }

        LineMark[] centered = [.. Figure.PartialDependence(dependence, 1, centered: true).Content().Marks.OfType<LineMark>()];
        Assert.That(centered.Select(line => line.Y), Is.All.EqualTo(new double[] { 0, 2, 10 }));
    }

    [Test]
    public void A_comparison_of_explanations_is_darkest_where_a_method_is_the_best()
    {
        ExplanationQuality[] methods =
        [
            new("a") { Infidelity = 1, Insertion = 3, Road = 2 },
            new("b") { Infidelity = 2, Insertion = 5, Road = 2 },
            new("c") { Infidelity = 3, Insertion = 4 },
        ];
        FigureContent content = Figure.ExplanationQuality(methods).Content();

        var mark = (HeatmapMark)content.Marks.Single();
        string[] columns = [.. mark.XNames!];
        double[] Column(string name) =>
            [.. Enumerable.Range(0, 3).Select(row => mark.Values[(row * columns.Length) + Array.IndexOf(columns, name)])];
        using (Assert.EnterMultipleScope())
        {
            Assert.That(mark.YNames, Is.EqualTo(new[] { "a", "b", "c" }));
            Assert.That(columns, Is.EqualTo(ExplanationQuality.Columns.Skip(1)));
            Assert.That(Column("infidelity ↓"), Is.EqualTo(new[] { 1, 0.5, 0 }));
            Assert.That(Column("insertion ↑"), Is.EqualTo(new[] { 0, 1, 0.5 }));
            Assert.That(Column("ROAD ↑"), Is.EqualTo(new[] { 0.5, 0.5, double.NaN }));
            Assert.That(Column("max-sensitivity ↓"), Is.All.NaN);
        }

        Refusal.Of("methods", () => Figure.ExplanationQuality([]));
    }

    [Test]
    public void One_feature_of_one_row_is_drawn_in_every_figure()
    {
        var table = new FeatureTable([5], ["only"]);
        TableAttribution explained = new(table, [new Attribution([0])]);
        Figure[] figures =
        [
            Figure.Waterfall(explained, 0), Figure.Beeswarm(explained), Figure.FeatureImportance(explained),
            Figure.Dependence(explained, "only", "only"),
            Figure.PartialDependence(PartialDependence.Explain(LinearModel.Of(1), table, "only")),
        ];
        Assert.That(figures.Select(figure => figure.Render().Width), Is.All.EqualTo(Figure.DefaultWidth));
    }

    [Test]
    public void Rows_and_features_that_do_not_exist_are_refused()
    {
        Refusal.Of("row", () => Figure.Waterfall(Explained, 3), "between 0 and 2");
        Refusal.Of("maxFeatures", () => Figure.Waterfall(Explained, 0, maxFeatures: 0));
        Refusal.Of("maxFeatures", () => Figure.Beeswarm(Explained, maxFeatures: 0));
        Refusal.Of("feature", () => Figure.Dependence(Explained, "Income"), "'Income'");
        Refusal.Of("feature", () => Figure.Dependence(Explained, "age", "wage"), "'wage'");
    }
}
