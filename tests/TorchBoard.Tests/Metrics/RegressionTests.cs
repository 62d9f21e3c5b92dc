using TorchBoard.Metrics;

namespace TorchBoard.Tests.Metrics;

/// <summary>Expected numbers: scikit-learn 1.2.1 and SciPy 1.10.1.</summary>
internal sealed class RegressionTests
{
    private const double Tolerance = 1e-9;

    private static readonly float[] Predictions =
        [.. Enumerable.Range(0, 40).Select(i => (ScoredItems.Scores[i * 4] * 3) - 1)];

    private static readonly float[] Targets =
        [.. Enumerable.Range(0, 40).Select(i => (ScoredItems.Scores[(i * 4) + 1] * 2) + (ScoredItems.Scores[(i * 4) + 2] / 4))];

    private static readonly double[] Weights = [.. Enumerable.Range(1, 40).Select(i => (double)i)];

    [Test]
    public void Errors_and_explained_shares()
    {
        var scores = new RegressionScores();
        scores.Add(Predictions, Targets);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(scores.MeanAbsoluteError, Is.EqualTo(0.906640625).Within(Tolerance));
            Assert.That(scores.MeanSquaredError, Is.EqualTo(1.301153564453125).Within(Tolerance));
            Assert.That(scores.RootMeanSquaredError, Is.EqualTo(1.140681184403918).Within(Tolerance));
            Assert.That(scores.R2, Is.EqualTo(-3.4093239037370386).Within(Tolerance));
            Assert.That(scores.ExplainedVariance, Is.EqualTo(-2.534102138102529).Within(Tolerance));
            Assert.That(scores.PearsonCorrelation, Is.EqualTo(-0.06028358306281369).Within(Tolerance));
        }
    }

    [Test]
    public void Weights_count()
    {
        var scores = new RegressionScores();
        scores.Add(Predictions, Targets, Weights);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(scores.MeanAbsoluteError, Is.EqualTo(0.9615853658536585).Within(Tolerance));
            Assert.That(scores.MeanSquaredError, Is.EqualTo(1.4053020198170731).Within(Tolerance));
            Assert.That(scores.R2, Is.EqualTo(-3.491303594360537).Within(Tolerance));
            Assert.That(scores.ExplainedVariance, Is.EqualTo(-2.7744876161055023).Within(Tolerance));
            Assert.That(scores.PearsonCorrelation, Is.EqualTo(-0.10469964610842823).Within(Tolerance));
            Assert.That(scores.Weight, Is.EqualTo(820));
        }
    }

    [Test]
    public void The_percentage_error_is_relative_to_the_targets()
    {
        var scores = new RegressionScores();
        scores.Add(Array.ConvertAll(Predictions, p => p + 1), Array.ConvertAll(Targets, t => t + 1));
        Assert.That(scores.MeanAbsolutePercentageError, Is.EqualTo(0.4092217316576837).Within(1e-7));
    }

    [Test]
    public void Scores_of_threads_and_batches_add_up()
    {
        var whole = new RegressionScores();
        whole.Add(Predictions, Targets, Weights);
        var first = new RegressionScores();
        first.Add(Predictions.AsSpan(0, 13), Targets.AsSpan(0, 13), Weights.AsSpan(0, 13));
        var second = new RegressionScores();
        second.Add(Predictions.AsSpan(13), Targets.AsSpan(13), Weights.AsSpan(13));
        first.Add(second);
        first.Add(new RegressionScores());
        Assert.That(All(first), Is.EqualTo(All(whole)).Within(1e-12));
        first.Reset();
        Assert.That(All(first), Is.All.Zero);
    }

    [Test]
    public void A_large_offset_does_not_cost_digits()
    {
        var scores = new RegressionScores();
        scores.Add([100_001, 100_003, 100_002], [100_001, 100_002, 100_003]);
        Assert.That(scores.R2, Is.Zero.Within(1e-12));
        Assert.That(scores.PearsonCorrelation, Is.EqualTo(0.5).Within(1e-12));
    }

    [TestCase(new[] { 3f, 3 }, 1, 1)]
    [TestCase(new[] { 4f, 4 }, 0, 1)]
    [TestCase(new[] { 2f, 4 }, 0, 0)]
    public void Targets_that_do_not_vary(float[] predictions, double r2, double explained)
    {
        var scores = new RegressionScores();
        scores.Add(predictions, [3, 3]);
        Assert.That(
            (scores.R2, scores.ExplainedVariance, scores.PearsonCorrelation), Is.EqualTo((r2, explained, 0.0)));
    }

    [Test]
    public void Spearmans_correlation_has_mean_ranks_for_equal_numbers()
    {
        Assert.That(
            SpearmanCorrelation.Of(Predictions, Targets), Is.EqualTo(-0.07741354086753362).Within(Tolerance));
        Assert.That(SpearmanCorrelation.Of([1, 10, 100], [1, 2, 3]), Is.EqualTo(1).Within(1e-12));
        Assert.That(SpearmanCorrelation.Of([1, 1, 1], [1, 2, 3]), Is.Zero);
        Assert.That(SpearmanCorrelation.Of([], []), Is.Zero);
    }

    [Test]
    public void Errors_tell_what_is_expected()
    {
        var scores = new RegressionScores();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(() => scores.Add([1, 2], [1]), Throws.ArgumentException.With.Message.Contains("targets, 1; was 2"));
            Assert.That(
                () => scores.Add([1, float.NaN], [1, 2]),
                Throws.ArgumentException.With.Message.Contains("number 1 is NaN").And.Message.Contains("predictions"));
            Assert.That(
                () => scores.Add([1], [1], [double.NaN]), Throws.ArgumentException.With.Message.Contains("number 0 is NaN"));
            Assert.That(scores.Weight, Is.Zero);
        }
    }

    private static double[] All(RegressionScores scores) =>
    [
        scores.Weight, scores.MeanAbsoluteError, scores.MeanSquaredError, scores.R2, scores.ExplainedVariance,
        scores.PearsonCorrelation, scores.MeanAbsolutePercentageError,
    ];
}
