using TorchBoard.Interpretation;

namespace TorchBoard.Tests.Interpretation;

internal sealed class TableTests
{
    private static readonly string[] Names = ["age", "income"];

    private static FeatureTable Table => new([1, 10, 2, 20, 6, 0], Names);

    [Test]
    public void A_table_has_rows_and_named_columns()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Table.Rows, Is.EqualTo(3));
            Assert.That(Table.Row(1).ToArray(), Is.EqualTo(new float[] { 2, 20 }));
            Assert.That(Table.Column("income"), Is.EqualTo(new float[] { 10, 20, 0 }));
            Assert.That(
                new FeatureTable([1, 2, 3], 3).FeatureNames, Is.EqualTo(new[] { "feature 0", "feature 1", "feature 2" }));
        }
    }

    [Test]
    public void What_is_no_table_is_refused_with_the_reason()
    {
        Refusal.Of("values", () => _ = new FeatureTable([1, 2, 3], Names), "2 values", "3 values");
        Refusal.Of("values", () => _ = new FeatureTable([], Names), "0 values");
        Refusal.Of("values", () => _ = new FeatureTable([1, 2, 3, float.NaN], Names), "'income' of row 1 is NaN");
        Refusal.Of("featureNames", () => _ = new FeatureTable([1], []));
        Refusal.Of("featureNames", () => _ = new FeatureTable([1, 2], ["a", "a"]), "'a'");
        Refusal.Of("featureNames", () => _ = new FeatureTable([1, 2], ["a", null!]), "feature 1");
        Refusal.Of("features", () => _ = new FeatureTable([1, 2], 0));
        Refusal.Of("feature", () => Table.Column("Age"), "'Age'", "age, income");
        Refusal.Of("row", () => Table.Row(3), "between 0 and 2");
    }

    [Test]
    public void Kernel_SHAP_of_a_linear_model_is_each_weight_times_the_distance_from_the_mean_of_the_background()
    {
        // shap's LinearExplainer: w (x − E[x]); the background's means are 3 and 10.
        TableAttribution explained = TableAttribution.Explain(
            Table, row => KernelShap.Explain(LinearModel.Of(2, -0.5), row, options: new() { Baseline = [2, 5, 4, 15] }));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(explained.Column("age"), Is.EqualTo(new double[] { -4, -2, 6 }).Within(1e-9));
            Assert.That(explained.Column("income"), Is.EqualTo(new double[] { 0, -5, 5 }).Within(1e-9));
            Assert.That(explained.Rows.Select(row => row.BaselineScore!.Value), Is.All.EqualTo(1).Within(1e-9));
            Assert.That(explained.MeanMagnitudes(), Is.EqualTo(new[] { 4, 10 / 3.0 }).Within(1e-9));
        }
    }

    [Test]
    public void Any_method_explains_a_table_and_the_mean_magnitudes_count_both_signs()
    {
        // Feature ablation of x·y for rows (1, 10), (2, 20), (6, 0) is the whole product for either feature.
        Predict product = (inputs, count, scores) =>
        {
            for (int n = 0; n < count; n++)
                scores[n] = (inputs[2 * n] * inputs[(2 * n) + 1]) - (inputs[2 * n] > 5 ? 6 : 0);
        };
        TableAttribution explained = TableAttribution.Explain(Table, row => FeatureAblation.Explain(product, row));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(explained.Column("age"), Is.EqualTo(new double[] { 10, 40, -6 }));
            Assert.That(explained.Column("income"), Is.EqualTo(new double[] { 10, 40, 0 }));
            Assert.That(explained.MeanMagnitudes(), Is.EqualTo(new[] { 56 / 3.0, 50 / 3.0 }).Within(1e-12));
        }
    }

    [Test]
    public void Explanations_that_do_not_match_the_table_are_refused()
    {
        Attribution two = new([1, 2]);
        Refusal.Of("explanations", () => _ = new TableAttribution(Table, [two]), "3 explanations", "got 1");
        Refusal.Of(
            "explanations", () => _ = new TableAttribution(Table, [two, new Attribution([1, 2, 3]), two]), "row 1 has 3");
        Refusal.Of("explanations", () => _ = new TableAttribution(Table, [two, two, null!]), "row 2");
        Refusal.Of("explain", () => TableAttribution.Explain(Table, _ => null!), "row 0");
        Refusal.Of(
            "explanations",
            () => TableAttribution.Explain(
                Table, row => FeatureAblation.Explain(LinearModel.Of(1, 1), row, options: new() { Groups = [0, 0] })),
            "row 0 has 1");
    }

    [Test]
    public void Rows_report_progress_and_can_be_canceled()
    {
        var progress = new List<double>();
        using var source = new CancellationTokenSource();
        var reports = new Reports(share =>
        {
            progress.Add(share);
            if (progress.Count == 2)
                source.Cancel();
        });
        Assert.Throws<OperationCanceledException>(
            () => TableAttribution.Explain(Table, _ => new Attribution([1, 2]), reports, source.Token));
        Assert.That(progress, Is.EqualTo(new[] { 1 / 3.0, 2 / 3.0 }).Within(1e-12));
    }

    private sealed class Reports(Action<double> report) : IProgress<double>
    {
        public void Report(double value) => report(value);
    }
}
