using TorchBoard.Interpretation;

namespace TorchBoard.Tests.Interpretation;

internal sealed class ExplanationMetricsTests
{
    private static readonly ExplanationMetricOptions Plain = new() { Normalize = false };

    [Test]
    public void Infidelity_is_the_mean_square_of_what_the_attribution_mispredicts()
    {
        // f = 2a − b. Changes of a by 1 and of b by 1 lower f by 2 and −1; φ = (1, 1) predicts 1 and 1.
        Attribution attribution = new([1, 1]);
        ExplanationMetricOptions options = Plain with { Samples = 2, Change = (sample, change) => change[sample] = 1 };
        double Infidelity(ExplanationMetricOptions chosen) =>
            ExplanationMetrics.Infidelity(LinearModel.Of(2, -1), [5, 5], [2], attribution, chosen);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Infidelity(options), Is.EqualTo((1 + 4) / 2.0).Within(1e-9));

            // The best factor is (2 − 1) / (1 + 1): it predicts 0.5 and 0.5.
            Assert.That(Infidelity(options with { Normalize = true }), Is.EqualTo(2.25).Within(1e-9));
        }
    }

    [Test]
    public void Infidelity_of_a_gradient_is_zero_where_the_model_is_linear()
    {
        // captum's test_basic_infidelity_single: ReLU(ReLU(a) − 1 − ReLU(b)) at (3, 1), whose gradient is (1, −1).
        Predict basic = (inputs, count, scores) =>
        {
            for (int n = 0; n < count; n++)
                scores[n] = Math.Max(Math.Max(inputs[2 * n], 0) - 1 - Math.Max(inputs[(2 * n) + 1], 0), 0);
        };
        Assert.That(
            ExplanationMetrics.Infidelity(basic, [3, 1], [2], new Attribution([1, -1]), Plain), Is.Zero.Within(1e-12));
    }

    [Test]
    public void Attributions_in_units_of_the_score_are_divided_by_the_distance_from_the_baseline()
    {
        Predict linear = LinearModel.Of(2, -1, 4);
        Attribution shap = KernelShap.Explain(linear, [5, 7, 1], options: new() { Baseline = [1] });
        double infidelity = ExplanationMetrics.Infidelity(
            linear, [5, 7, 1], [3], shap,
            Plain with { Baseline = [1], Change = (sample, change) => change[sample % 2] = 1 + sample });
        Assert.That(infidelity, Is.Zero.Within(1e-9), "the third number is that of the baseline and unchanged");
    }

    [Test]
    public void By_default_the_changes_are_normal_noise_of_a_tenth_of_the_range()
    {
        // Of the attribution 0, the infidelity is the variance of wᵀI: 0.4² (2² + 1²).
        double infidelity = ExplanationMetrics.Infidelity(
            LinearModel.Of(2, -1), [1, 5], [2], new Attribution([0, 0]), Plain with { Samples = 20000 });
        Assert.That(infidelity, Is.EqualTo(0.16 * 5).Within(3).Percent);
    }

    [Test]
    public void A_plane_is_shared_by_the_channels()
    {
        // Two channels of two positions; φ of a position is the sum of its channels' weights.
        double infidelity = ExplanationMetrics.Infidelity(
            LinearModel.Of(1, 2, 1, 2), [1, 2, 3, 4], [2, 1, 2], new Attribution([2, 4], [1, 2]), Plain);
        Assert.That(infidelity, Is.Zero.Within(1e-9));
    }

    [Test]
    public void Maximum_sensitivity_is_the_largest_relative_change_of_the_attribution()
    {
        var options = new ExplanationMetricOptions { Samples = 5000, Radius = 0.5 };
        double OfPowers(int power) => ExplanationMetrics.MaxSensitivity(
            x => new Attribution([10 * Math.Pow(x[0], power)]), [2], options);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(OfPowers(0), Is.Zero, "as captum for the gradient of a linear model");
            Assert.That(OfPowers(1), Is.EqualTo(0.5 / 2).Within(0.001));
            Assert.That(OfPowers(2), Is.EqualTo(((2.5 * 2.5) - 4) / 4).Within(0.001));
            Assert.That(
                ExplanationMetrics.MaxSensitivity(x => new Attribution([x[0] - 2]), [2], options),
                Is.EqualTo(0.5).Within(0.001), "the norm of φ(x) is 0 and counts as 1");
        }
    }

    [Test]
    public void Faithfulness_is_the_correlation_of_removed_attributions_and_lost_score()
    {
        Predict linear = LinearModel.Of(1, -2, 3, 0.5, 4);
        float[] input = [1, 2, 3, 4, 5];
        double[] exact = [1, -4, 9, 2, 20];
        double Faithfulness(double[] values, ExplanationMetricOptions? options = null) =>
            ExplanationMetrics.FaithfulnessCorrelation(linear, input, [5], new Attribution(values), options);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Faithfulness(exact), Is.EqualTo(1).Within(1e-9));
            Assert.That(Faithfulness(exact, new() { SubsetSize = 3 }), Is.EqualTo(1).Within(1e-9));
            Assert.That(Faithfulness([.. exact.Select(value => 7 - (2 * value))]), Is.EqualTo(-1).Within(1e-9));
            Assert.That(Faithfulness([0, 0, 0, 0, 0]), Is.NaN);
            Assert.That(Faithfulness(exact, new() { SubsetSize = 5 }), Is.NaN, "there is only one subset");
        }
    }

    [Test]
    public void Faithfulness_is_Pearsons_correlation_over_the_subsets_that_were_removed()
    {
        float[] input = [1, 2, 3, 4];
        double[] values = [3, -1, 2, 5];
        List<double> sums = [];
        List<double> losses = [];
        Predict recorded = (inputs, count, scores) =>
        {
            for (int n = 0; n < count; n++)
            {
                float[] seen = inputs.Slice(n * 4, 4).ToArray();
                scores[n] = seen[0] * seen[1] * seen[2] + seen[3];
                if (!seen.SequenceEqual(input))
                {
                    sums.Add(Enumerable.Range(0, 4).Sum(i => seen[i] == 9 ? values[i] : 0));
                    losses.Add(10 - scores[n]);
                    Assert.That(seen.Count(value => value == 9), Is.EqualTo(2));
                }
            }
        };
        double correlation = ExplanationMetrics.FaithfulnessCorrelation(
            recorded, input, [4], new Attribution(values), new() { SubsetSize = 2, Baseline = [9], Subsets = 40 });

        double n = 40;
        (double x, double y) = (sums.Sum(), losses.Sum());
        double expected = ((n * sums.Zip(losses, (a, b) => a * b).Sum()) - (x * y)) / Math.Sqrt(
            ((n * sums.Sum(a => a * a)) - (x * x)) * ((n * losses.Sum(b => b * b)) - (y * y)));
        Assert.That(sums, Has.Count.EqualTo(40));
        Assert.That(correlation, Is.EqualTo(expected).Within(1e-9));
    }

    [Test]
    public void Drop_and_increase_compare_the_score_with_that_of_what_the_attribution_shows()
    {
        Predict confidence = LinearModel.Of(0.1, 0.1, 0.1, 0.1);
        float[] input = [1, 2, 3, 4];
        (double Drop, bool) Change(double[] values, params float[] baseline) => ExplanationMetrics.ConfidenceChange(
            confidence, input, [4], new Attribution(values), new() { Baseline = baseline });

        using (Assert.EnterMultipleScope())
        {
            // The mask is 0, ½, 1, 0: 1 + 3 of 10 are left.
            Assert.That(Change([0, 1, 2, -5], 0), Is.EqualTo((0.6, false)).Within(1e-9));
            Assert.That(Change([-1, -1, -1, -1], 0), Is.EqualTo((1.0, false)).Within(1e-9), "nothing is left");
            Assert.That(Change([0, 0, 0, 1], 5), Is.EqualTo((0.0, true)).Within(1e-9), "5 + 5 + 5 + 4 of 10");
            Assert.That(
                ExplanationMetrics.ConfidenceChange(LinearModel.Of(1, -1), [2, 2], [2], new Attribution([1, 0])),
                Is.EqualTo((double.NaN, true)), "a score of 0 cannot drop");
        }
    }

    [Test]
    public void Comparison_has_all_measures_of_each_method_as_means_over_the_inputs()
    {
        double[] weights = [.. Enumerable.Range(0, 16).Select(i => (i % 5) / 40.0)];
        Predict model = LinearModel.Of(weights);
        float[] inputs = [.. Enumerable.Range(0, 32).Select(i => 1 + (i % 3))];
        int[] shape = [1, 4, 4];
        Attribution Truth(float[] x) => new(weights.Zip(x, (w, value) => w * value).ToArray(), shape) { IsInUnitsOfScore = true };
        Attribution Wrong(float[] x) => new([.. Truth(x).Values.ToArray().Reverse()], shape) { IsInUnitsOfScore = true };

        ExplanationQuality[] compared =
            [.. ExplanationMetrics.Compare(model, inputs, shape, [("truth", Truth), ("wrong", Wrong)])];

        (ExplanationQuality truth, ExplanationQuality wrong) = (compared[0], compared[1]);
        double[] deletions =
        [
            .. inputs.Chunk(16).Select(x => PerturbationCurve.Deletion(model, x, shape, Truth(x)).Area),
        ];
        using (Assert.EnterMultipleScope())
        {
            Assert.That((truth.Name, wrong.Name), Is.EqualTo(("truth", "wrong")));
            Assert.That(truth.FaithfulnessCorrelation, Is.EqualTo(1).Within(1e-9));
            Assert.That(wrong.FaithfulnessCorrelation, Is.LessThan(0.9));
            Assert.That(truth.Infidelity, Is.Zero.Within(1e-9));
            Assert.That(wrong.Infidelity, Is.Positive);
            Assert.That(truth.MaxSensitivity, Is.InRange(1e-4, 0.02));
            Assert.That(truth.AverageDrop, Is.LessThan(wrong.AverageDrop).And.Positive);
            Assert.That(truth.Increase, Is.Zero);
            Assert.That(truth.Deletion, Is.EqualTo(deletions.Average()).Within(1e-12));
            Assert.That(truth.Deletion, Is.LessThan(wrong.Deletion));
            Assert.That(truth.Insertion, Is.GreaterThan(wrong.Insertion));
            Assert.That(double.IsNaN(truth.Road), Is.False);
        }

        ExplanationQuality given = ExplanationMetrics.Compare(
            model, inputs.AsSpan(0, 16), shape, [("truth", Truth(inputs[..16]))]).Single();
        Assert.That((given.MaxSensitivity, given.Deletion), Is.EqualTo((double.NaN, deletions[0])));
    }

    [Test]
    public void A_table_has_a_cell_for_each_measure_and_a_dash_for_those_that_were_not_measured()
    {
        ExplanationQuality quality = ExplanationMetrics.Compare(
            LinearModel.Of(1, 2), [3, 4], [2], [("gradient", new Attribution([1, 2]))]).Single();
        Assert.That(ExplanationQuality.Columns, Has.Count.EqualTo(quality.Cells.Count));
        Assert.That(ExplanationQuality.Columns.Take(3), Is.EqualTo(
            new[] { "method", "faithfulness correlation ↑", "infidelity ↓" }));
        Assert.That(quality.Cells[0], Is.EqualTo("gradient"));
        Assert.That((quality.Cells[3], quality.Cells[^1]), Is.EqualTo(("–", "–")), "no method, and no picture");
    }

    [Test]
    public void Sizes_that_do_not_match_are_refused()
    {
        Predict model = LinearModel.Of(1, 2);
        Attribution two = new([1, 2]);
        (string, Attribution)[] none = [];
        Refusal.Of("attribution", () => ExplanationMetrics.Infidelity(model, [3, 4], [2], new Attribution([1, 2, 3])));
        Refusal.Of("options", () => ExplanationMetrics.FaithfulnessCorrelation(
            model, [3, 4], [2], two, new() { SubsetSize = 3 }), "at most", "was 3");
        Refusal.Of("explain", () => ExplanationMetrics.MaxSensitivity(
            x => new Attribution(x[0] == 3 ? [1.0, 2] : [1.0]), [3, 4]));
        Refusal.Of("attributions", () => ExplanationMetrics.Compare(model, [3, 4], [2], none));
        Refusal.Of("inputs", () => ExplanationMetrics.Compare(model, [3, 4, 5], [2], [("a", _ => two)]), "3 values");
        Refusal.Of("Change", () => ExplanationMetrics.Infidelity(
            model, [3, 4], [2], two, new() { Change = (_, change) => change[0] = float.NaN }));
        Refusal.Of("predict", () => ExplanationMetrics.ConfidenceChange(LinearModel.Of(double.NaN, 1), [3, 4], [2], two));
    }
}
