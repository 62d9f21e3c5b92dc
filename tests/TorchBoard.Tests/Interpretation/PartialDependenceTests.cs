using TorchBoard.Interpretation;

namespace TorchBoard.Tests.Interpretation;

/// <summary>The expected numbers are those of scikit-learn's partial_dependence, method 'brute', of the same function.</summary>
internal sealed class PartialDependenceTests
{
    private static FeatureTable Five => new([1, 2, 2, -1, 4, 0.5f, -3, 1, 0.5f, -2], ["a", "b"]);

    [Test]
    public void Few_values_are_the_grid_and_mean_and_rows_are_those_of_scikit_learn()
    {
        PartialDependence dependence = PartialDependence.Explain(Curved, Five, "a");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(dependence.Grid.ToArray(), Is.EqualTo(new[] { -3, 0.5f, 1, 2, 4 }));
            Assert.That(dependence.Mean(), Is.EqualTo(new[] { 7.4, -1, -0.2, 2.9, 15.1 }).Within(1e-9));
            Assert.That(dependence.Row(0).ToArray(), Is.EqualTo(new[] { 1, -0.75, 1, 6, 22 }).Within(1e-9));
            Assert.That(dependence.Row(4).ToArray(), Is.EqualTo(new[] { 13, -2.75, -3, -2, 6 }).Within(1e-9));
            Assert.That((dependence.Rows, dependence.FeatureName), Is.EqualTo((5, "a")));
        }
    }

    [Test]
    public void Many_values_give_a_hundred_points_between_the_percentiles_of_scikit_learn()
    {
        float[] values =
        [
            .. Enumerable.Range(0, 200)
                .SelectMany(i => new[] { (float)(Math.Sqrt(i) * (i % 2 == 0 ? 1 : -1)), (i % 7) - 3 }),
        ];
        PartialDependence dependence = PartialDependence.Explain(Curved, new FeatureTable(values, 2), "feature 0");

        double[] mean = dependence.Mean();
        int[] places = [0, 1, 50, 99];
        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                places.Select(i => dependence.Grid[i]),
                Is.EqualTo(new[] { -13.42306433f, -13.1522681f, 0.1167474f, 13.38576291f }).Within(2e-6));
            Assert.That(
                places.Select(i => mean[i]),
                Is.EqualTo(new[] { 178.87134803, 171.66672418, -1.69987247, 177.06707571 }).Within(2e-5));
            Assert.That(dependence.Row(3)[0], Is.EqualTo(180.1786561).Within(2e-5));
            Assert.That(dependence.Grid.Length, Is.EqualTo(PartialDependence.DefaultPoints));
        }
    }

    [Test]
    public void A_linear_feature_has_a_line_whose_slope_is_its_weight()
    {
        PartialDependence dependence =
            PartialDependence.Explain(LinearModel.Of(3, 2), Five, "b", [10, -10, 10, 0]);
        Assert.That(dependence.Grid.ToArray(), Is.EqualTo(new float[] { -10, 0, 10 }), "sorted, each once");
        Assert.That(dependence.Mean(), Is.EqualTo(new[] { -17.3, 2.7, 22.7 }).Within(1e-9), "the mean of a is 0.9");
    }

    [Test]
    public void A_constant_feature_has_one_point_and_one_whose_percentiles_are_equal_its_whole_range()
    {
        var constant = new FeatureTable([3, 3, 3], ["c"]);
        PartialDependence one = PartialDependence.Explain(LinearModel.Of(2), constant, "c");
        Assert.That((one.Grid.ToArray(), one.Mean()), Is.EqualTo((new float[] { 3 }, new double[] { 6 })));

        // 3,000 rows: 2,880 zeros and 120 different values above, fewer than a twentieth.
        float[] mostlyZero = [.. Enumerable.Range(0, 3000).Select(i => Math.Max(i - 2880f, 0))];
        PartialDependence ranged = PartialDependence.Explain(LinearModel.Of(2), new FeatureTable(mostlyZero, 1), "feature 0");
        Assert.That((ranged.Grid[0], ranged.Grid[^1], ranged.Grid.Length), Is.EqualTo((0f, 119f, 100)));
    }

    [Test]
    public void Unknown_features_and_values_that_are_not_finite_are_refused()
    {
        Refusal.Of("feature", () => PartialDependence.Explain(Curved, Five, "c"), "'c'", "a, b");
        Refusal.Of("grid", () => PartialDependence.Explain(Curved, Five, "a", [1, float.PositiveInfinity]), "value 1");
        Refusal.Of("predict", () => PartialDependence.Explain(LinearModel.Of(double.NaN, 0), Five, "a"), "NaN");
    }

    /// <summary>ab + a² − |b|.</summary>
    private static void Curved(ReadOnlySpan<float> inputs, int count, Span<double> scores)
    {
        for (int n = 0; n < count; n++)
        {
            (double a, double b) = (inputs[2 * n], inputs[(2 * n) + 1]);
            scores[n] = (a * b) + (a * a) - Math.Abs(b);
        }
    }
}
