using TorchBoard.Metrics;

namespace TorchBoard.Tests.Metrics;

internal sealed class CurveTests
{
    private const double Tolerance = 1e-12;

    private static readonly bool[] Labels = [false, false, true, true, false, true];
    private static readonly float[] Scores = [0.1f, 0.4f, 0.35f, 0.8f, 0.4f, 0.4f];

    [Test]
    public void Items_of_equal_score_share_a_point_of_a_ROC_curve()
    {
        var curve = RocCurve.Of(Scores, Labels);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                curve.FalsePositiveRates.ToArray(), Is.EqualTo(new[] { 0, 0, 2 / 3.0, 2 / 3.0, 1 }).Within(Tolerance));
            Assert.That(
                curve.TruePositiveRates.ToArray(), Is.EqualTo(new[] { 0, 1 / 3.0, 2 / 3.0, 1, 1 }).Within(Tolerance));
            Assert.That(
                curve.Thresholds.ToArray(), Is.EqualTo(new[] { float.PositiveInfinity, 0.8f, 0.4f, 0.35f, 0.1f }));
            Assert.That(curve.Area, Is.EqualTo(2 / 3.0).Within(Tolerance));
        }
    }

    [Test]
    public void A_precision_recall_curve_starts_at_precision_1()
    {
        var curve = PrecisionRecallCurve.Of(Scores, Labels);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(curve.Precisions.ToArray(), Is.EqualTo(new[] { 1, 1, 0.5, 0.6, 0.5 }).Within(Tolerance));
            Assert.That(curve.Recalls.ToArray(), Is.EqualTo(new[] { 0, 1 / 3.0, 2 / 3.0, 1, 1 }).Within(Tolerance));
            Assert.That(curve.AveragePrecision, Is.EqualTo(0.7).Within(Tolerance));
        }
    }

    [TestCase(0, 0.5967741935483871, 0.47027209211793386)]
    [TestCase(1, 0.5125448028673835, 0.32269168446079993)]
    [TestCase(2, 0.7293333333333333, 0.6509569816074056)]
    [TestCase(3, 0.5064935064935066, 0.31818278246849674)]
    public void Areas_of_a_class_equal_those_of_scikit_learn(int label, double area, double averagePrecision)
    {
        ClassifierScores scores = ScoredItems.InBatchesOf(7);
        Assert.That(scores.Roc(label).Area, Is.EqualTo(area).Within(Tolerance));
        Assert.That(scores.PrecisionRecall(label).AveragePrecision, Is.EqualTo(averagePrecision).Within(Tolerance));
    }

    [TestCase(Averaging.Micro, 0.595625, 0.4396615746208037)]
    [TestCase(Averaging.Macro, 0.5862864590606526, 0.4405258851636591)]
    [TestCase(Averaging.Weighted, 0.611733137829912, 0.4782077047649792)]
    public void Averaged_areas_equal_those_of_scikit_learn(Averaging averaging, double area, double averagePrecision)
    {
        ClassifierScores scores = ScoredItems.InBatchesOf(7);
        Assert.That(scores.AreaUnderRoc(averaging), Is.EqualTo(area).Within(Tolerance));
        Assert.That(scores.AveragePrecision(averaging), Is.EqualTo(averagePrecision).Within(Tolerance));
    }

    [TestCase(1, 0.4)]
    [TestCase(2, 0.525)]
    [TestCase(3, 0.875)]
    [TestCase(4, 1)]
    public void Top_k_prefers_the_lower_class_of_equal_scores(int k, double accuracy) =>
        Assert.That(ScoredItems.InBatchesOf(7).TopKAccuracy(k), Is.EqualTo(accuracy).Within(Tolerance));

    [Test]
    public void Without_positives_or_negatives_rates_and_area_are_0_and_not_defined([Values] bool label)
    {
        var curve = RocCurve.Of([0.2f, 0.7f], [label, label]);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(curve.IsDefined, Is.False);
            Assert.That(curve.Area, Is.Zero);
            Assert.That((label ? curve.FalsePositiveRates : curve.TruePositiveRates).ToArray(), Is.All.Zero);
            Assert.That(
                PrecisionRecallCurve.Of([0.2f, 0.7f], [label, label]).AveragePrecision, Is.EqualTo(label ? 1 : 0));
        }
    }

    [Test]
    public void Averages_omit_classes_without_a_curve()
    {
        var scores = new ClassifierScores(3);
        scores.Add([0.8f, 0.1f, 0.1f, 0.3f, 0.6f, 0.1f], [0, 1]);
        Assert.That(scores.AreaUnderRoc(), Is.EqualTo(1));
        Assert.That(scores.AveragePrecision(), Is.EqualTo(1));
    }

    [Test]
    public void Without_items_every_metric_is_0()
    {
        var scores = new ClassifierScores(2);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(scores.TopKAccuracy(1), Is.Zero);
            Assert.That(scores.AreaUnderRoc(), Is.Zero);
            Assert.That(scores.AveragePrecision(Averaging.Micro), Is.Zero);
            Assert.That(RocCurve.Of([], []).Thresholds.Length, Is.EqualTo(1));
        }
    }

    [Test]
    public void Infinite_scores_are_ordered()
    {
        var curve = RocCurve.Of([float.PositiveInfinity, 0, float.NegativeInfinity], [true, false, true]);
        Assert.That(curve.Area, Is.EqualTo(0.5));
    }

    [Test]
    public void A_binary_classifier_adds_batches_and_is_counted_at_a_threshold()
    {
        var scores = new BinaryScores();
        scores.Add(Scores.AsSpan(0, 2), Labels.AsSpan(0, 2));
        scores.Add(Scores.AsSpan(2), Labels.AsSpan(2));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(scores.Count, Is.EqualTo(6));
            Assert.That(scores.Roc().Area, Is.EqualTo(2 / 3.0).Within(Tolerance));
            Assert.That(scores.PrecisionRecall().AveragePrecision, Is.EqualTo(0.7).Within(Tolerance));
            Assert.That(scores.ConfusionMatrix(0.4f).Counts.ToArray(), Is.EqualTo(new long[] { 1, 2, 1, 2 }));
            Assert.That(scores.ConfusionMatrix().Counts.ToArray(), Is.EqualTo(new long[] { 3, 0, 2, 1 }), "0.5");
        }

        scores.Reset();
        Assert.That((scores.Count, scores.Roc().Thresholds.Length), Is.EqualTo((0, 1)));
        scores.Add([0.5f, 0.2f], [true, false]);
        Assert.That(scores.ConfusionMatrix().Counts.ToArray(), Is.EqualTo(new long[] { 1, 0, 0, 1 }));
    }

    [Test]
    public void Scores_start_anew_after_a_reset()
    {
        ClassifierScores scores = ScoredItems.InBatchesOf(7);
        scores.Reset();
        Assert.That(scores.Count, Is.Zero);
        scores.Add([0.1f, 0.2f, 0.3f, 0.9f], [3]);
        Assert.That((scores.Count, scores.TopKAccuracy(1)), Is.EqualTo((1, 1.0)));
    }

    [Test]
    public void An_average_over_no_curve_is_0([Values(Averaging.Macro, Averaging.Weighted)] Averaging averaging)
    {
        var scores = new ClassifierScores(2);
        scores.Add([0.9f, 0.1f, 0.4f, 0.6f], [0, 0]);
        Assert.That(scores.AreaUnderRoc(averaging), Is.Zero, "no item of class 1, and no other of class 0");
    }

    [Test]
    public void Invalid_arguments_are_refused()
    {
        var scores = new ClassifierScores(2);
        using (Assert.EnterMultipleScope())
        {
            Refusal.Of("classes", () => _ = new ClassifierScores(0));
            Refusal.Of("scores", () => scores.Add([1, float.NaN], [0]), "item 0, class 1");
            Refusal.Of("labels", () => scores.Add([1, 2], [2]), "number 0 is 2");
            Refusal.Of("labels", () => scores.Add([1, 2], [-1]), "number 0 is -1");
            Refusal.Of("scores", () => scores.Add([float.NaN, 1], [0]), "item 0, class 0");
            Refusal.Of("scores", () => scores.Add([1, 2, 3], [0]), "[1 items, 2 classes]", "2 values; got 3");
            Refusal.Of("k", () => scores.TopKAccuracy(3));
            Refusal.Of("k", () => scores.TopKAccuracy(0));
            Refusal.Of("label", () => scores.Roc(2), "between 0 and 1");
            Refusal.Of("label", () => scores.PrecisionRecall(-1), "between 0 and 1");
            Refusal.Of("averaging", () => scores.AreaUnderRoc((Averaging)9), "not a defined averaging");
            Refusal.Of("averaging", () => scores.AveragePrecision((Averaging)9));
            Refusal.Of("scores", () => new BinaryScores().Add([1, 2], [true]), "as many scores as labels, 1; was 2");
            Refusal.Of("scores", () => new BinaryScores().Add([1, float.NaN], [true, true]), "score 1");
            Refusal.Of("scores", () => RocCurve.Of([], [true]), "as many scores as labels, 1; was 0");
            Refusal.Of("scores", () => PrecisionRecallCurve.Of([float.NaN], [true]), "score 0");
            Assert.That(scores.Count, Is.Zero);
        }
    }
}
