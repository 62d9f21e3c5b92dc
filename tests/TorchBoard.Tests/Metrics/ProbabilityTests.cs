using TorchBoard.Metrics;

namespace TorchBoard.Tests.Metrics;

/// <summary>Expected numbers: scikit-learn 1.2.1 and NumPy.</summary>
internal sealed class ProbabilityTests
{
    private const double SixDigits = 1e-6;

    private static readonly double[] Weights = [.. Enumerable.Range(1, 40).Select(i => (double)i)];

    // The class's own test scores are logits here.
    private static ProbabilityScores Multiclass(int bins, ReadOnlySpan<double> weights = default)
    {
        var scores = new ProbabilityScores(ScoredItems.Classes, bins) { AreLogits = true };
        scores.Add(ScoredItems.Scores, ScoredItems.Labels, weights);
        return scores;
    }

    private static (float[] Scores, bool[] Labels) Binary()
    {
        float[] scores = [.. ScoredItems.Labels.Select((_, i) => ScoredItems.Scores[(i * 4) + 2])];
        float greatest = scores.Max();
        return (
            Array.ConvertAll(scores, score => (score / greatest * 0.98f) + 0.01f),
            Array.ConvertAll(ScoredItems.Labels, label => label == 2));
    }

    [Test]
    public void Log_loss_and_Brier_score_of_logits()
    {
        ProbabilityScores scores = Multiclass(bins: 15);
        Assert.That(scores.LogLoss, Is.EqualTo(1.3283774112315538).Within(SixDigits));
        Assert.That(scores.BrierScore, Is.EqualTo(0.7206497077448925).Within(SixDigits));
    }

    [Test]
    public void Log_loss_and_Brier_score_with_weights()
    {
        ProbabilityScores scores = Multiclass(bins: 15, Weights);
        Assert.That(scores.LogLoss, Is.EqualTo(1.3151959268627362).Within(SixDigits));
        Assert.That(scores.BrierScore, Is.EqualTo(0.7154162850520558).Within(SixDigits));
        Assert.That(scores.Weight, Is.EqualTo(820));
    }

    [TestCase(15, 0.1356270155902855, 0.5691120346186598, 0.16693084209587858)]
    [TestCase(10, 0.09756084811261459, 0.551195745002045, 0.1427366752208069)]
    public void Calibration_errors(int bins, double expected, double greatest, double rootMeanSquare)
    {
        ProbabilityScores scores = Multiclass(bins);
        Assert.That(scores.CalibrationError, Is.EqualTo(expected).Within(SixDigits));
        Assert.That(scores.MaxCalibrationError, Is.EqualTo(greatest).Within(SixDigits));
        Assert.That(scores.RootMeanSquaredCalibrationError, Is.EqualTo(rootMeanSquare).Within(SixDigits));
    }

    [Test]
    public void A_binary_classifier()
    {
        (float[] probabilities, bool[] labels) = Binary();
        var scores = new ProbabilityScores(2, bins: 10);
        scores.Add(probabilities, labels);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(scores.LogLoss, Is.EqualTo(0.5947876633293306).Within(SixDigits));
            Assert.That(scores.BrierScore, Is.EqualTo(0.21587996913580249).Within(SixDigits));
            Assert.That(scores.CalibrationError, Is.EqualTo(0.20508333333333334).Within(SixDigits));
            Assert.That(scores.MaxCalibrationError, Is.EqualTo(0.5177777777777777).Within(SixDigits));
        }
    }

    [Test]
    public void Logits_of_a_binary_classifier_are_as_its_probabilities()
    {
        (float[] probabilities, bool[] labels) = Binary();
        var scores = new ProbabilityScores(2) { AreLogits = true };
        scores.Add(Array.ConvertAll(probabilities, p => MathF.Log(p / (1 - p))), labels);
        Assert.That(scores.LogLoss, Is.EqualTo(0.5947876633293306).Within(SixDigits));
        Assert.That(scores.BrierScore, Is.EqualTo(0.21587996913580249).Within(SixDigits));
    }

    [Test]
    public void Large_logits_have_an_exact_loss()
    {
        var scores = new ProbabilityScores(2) { AreLogits = true };
        scores.Add([500, -500], [false, true]);
        Assert.That(scores.LogLoss, Is.EqualTo(500));
        var rows = new ProbabilityScores(3) { AreLogits = true };
        rows.Add([0, 1000, 0], [0]);
        Assert.That(rows.LogLoss, Is.EqualTo(1000));
    }

    [Test]
    public void A_certain_but_wrong_probability_has_a_finite_loss()
    {
        var scores = new ProbabilityScores(2);
        scores.Add([1], [false]);
        Assert.That(scores.LogLoss, Is.EqualTo(-Math.Log(1e-15)).Within(SixDigits));
        Assert.That(scores.Bins[^1].Weight, Is.EqualTo(1), "a confidence of 1 is in the last bin");
    }

    [Test]
    public void Scores_of_threads_add_up()
    {
        ProbabilityScores first = Multiclass(bins: 15, Weights);
        var second = new ProbabilityScores(4, 15) { AreLogits = true };
        var third = new ProbabilityScores(4, 15) { AreLogits = true };
        second.Add(ScoredItems.Scores.AsSpan(0, 60), ScoredItems.Labels.AsSpan(0, 15), Weights.AsSpan(0, 15));
        third.Add(ScoredItems.Scores.AsSpan(60), ScoredItems.Labels.AsSpan(15), Weights.AsSpan(15));
        second.Add(third);
        double[] expected = [first.LogLoss, first.BrierScore, first.CalibrationError, first.Weight];
        double[] sum = [second.LogLoss, second.BrierScore, second.CalibrationError, second.Weight];
        Assert.That(sum, Is.EqualTo(expected).Within(1e-12));
    }

    [Test]
    public void Without_items_and_with_weights_of_0_all_is_0()
    {
        var scores = new ProbabilityScores(2);
        scores.Add([0.3f], [true], [0]);
        double[] all = [scores.LogLoss, scores.BrierScore, scores.CalibrationError, scores.MaxCalibrationError];
        Assert.That(all, Is.All.Zero);
        scores.Add([0.3f], [true]);
        scores.Reset();
        Assert.That((scores.Weight, scores.LogLoss), Is.EqualTo((0.0, 0.0)));
    }

    [Test]
    public void Errors_tell_what_is_expected()
    {
        var scores = new ProbabilityScores(2);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(() => scores.Add([3, -1], [0]), Message("between 0 and 1; number 0 is 3. For logits"));
            Assert.That(() => scores.Add([0.9f, 0.9f], [0]), Message("sum to 1; of item 0, they sum to 1.8"));
            Assert.That(() => scores.Add([0.9f, 0.1f], [2]), Message("between 0 and 1; number 0 is 2"));
            Assert.That(() => scores.Add([float.NaN], [true]), Message("NaN"));
            Assert.That(() => scores.Add([0.5f], [true], [-1]), Message("at least 0; number 0 is -1"));
            Assert.That(() => scores.Add([0.5f], [true], [1, 2]), Message("for each of 1 items; was 2"));
            Assert.That(() => scores.Add(new ProbabilityScores(2, 10)), Message("2 classes and 15 bins; had 2 and 10"));
            Assert.That(
                () => new ProbabilityScores(2) { AreLogits = true }.Add([float.PositiveInfinity], [true]),
                Message("must be finite; number 0"));
            Assert.That(() => new ProbabilityScores(3).Add([0.5f], [true]), Throws.InvalidOperationException);
            Assert.That(scores.Weight, Is.Zero, "nothing was added");
        }

        static NUnit.Framework.Constraints.IResolveConstraint Message(string part) =>
            Throws.ArgumentException.With.Message.Contains(part);
    }
}
