using TorchBoard.Metrics;

namespace TorchBoard.Tests.Metrics;

/// <summary>Forty items with up to three labels. Expected numbers: scikit-learn 1.2.1.</summary>
internal sealed class MultilabelTests
{
    private const double Tolerance = 1e-12;

    private static readonly int[] Bounds = [6, 9, 12];

    private static readonly bool[] Labels =
        [.. ScoredItems.Sixteenths(120, seed: 5).Select((number, i) => number >= Bounds[i % 3])];

    private static readonly float[] Scores =
        [.. ScoredItems.Sixteenths(120, seed: 11).Select((number, i) => Math.Min(number + (Labels[i] ? 4 : 0), 16) / 16f)];

    [TestCase(Averaging.Micro, 0.5072463768115942, 0.7142857142857143, 0.5932203389830508)]
    [TestCase(Averaging.Macro, 0.4885470085470085, 0.6937229437229436, 0.5659652225169466)]
    [TestCase(Averaging.Weighted, 0.5396336996336997, 0.7142857142857143, 0.6067175517421822)]
    public void Precision_recall_and_F1(Averaging averaging, double precision, double recall, double f1)
    {
        MultilabelScores scores = Collected();
        Assert.That(scores.Precision(averaging: averaging), Is.EqualTo(precision).Within(Tolerance));
        Assert.That(scores.Recall(averaging: averaging), Is.EqualTo(recall).Within(Tolerance));
        Assert.That(scores.F1(averaging: averaging), Is.EqualTo(f1).Within(Tolerance));
    }

    [TestCase(Averaging.Micro, 0.7109801667145731, 0.6552419580836354)]
    [TestCase(Averaging.Macro, 0.7062452185027616, 0.6366046305787495)]
    [TestCase(Averaging.Weighted, 0.7131641449683322, 0.6831967441809567)]
    public void Areas(Averaging averaging, double area, double averagePrecision)
    {
        MultilabelScores scores = Collected();
        Assert.That(scores.AreaUnderRoc(averaging), Is.EqualTo(area).Within(Tolerance));
        Assert.That(scores.AveragePrecision(averaging), Is.EqualTo(averagePrecision).Within(Tolerance));
    }

    [Test]
    public void Accuracy_is_of_all_decisions()
    {
        MultilabelScores scores = Collected();
        Assert.That(scores.Accuracy(), Is.EqualTo(0.6).Within(Tolerance));
        Assert.That(scores.Accuracy(averaging: Averaging.Micro), Is.EqualTo(0.6).Within(Tolerance));
        Assert.That((scores.Count, scores.Labels.Count), Is.EqualTo((40L, 3)));
    }

    [Test]
    public void Thresholds_that_hold_all_scores_give_the_exact_numbers()
    {
        MultilabelScores binned = Collected(thresholds: 17);
        Assert.That(binned.AreaUnderRoc(), Is.EqualTo(0.7062452185027616).Within(Tolerance));
        Assert.That(binned.AveragePrecision(Averaging.Micro), Is.EqualTo(0.6552419580836354).Within(Tolerance));
        Assert.That(binned.F1(), Is.EqualTo(0.5659652225169466).Within(Tolerance));
    }

    [Test]
    public void Fewer_thresholds_round_scores_down()
    {
        var scores = new BinaryScores { Thresholds = 3 };
        scores.Add([0, 0.49f, 0.5f, 0.99f, 1], [false, true, false, true, true]);
        RocCurve curve = scores.Roc();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(curve.Thresholds.ToArray(), Is.EqualTo(new[] { float.PositiveInfinity, 1, 0.5f, 0 }));
            Assert.That(curve.TruePositiveRates.ToArray(), Is.EqualTo(new[] { 0, 1 / 3.0, 2 / 3.0, 1 }).Within(Tolerance));
            Assert.That(curve.FalsePositiveRates.ToArray(), Is.EqualTo(new[] { 0, 0, 0.5, 1 }));
            Assert.That(scores.ConfusionMatrix().Counts.ToArray(), Is.EqualTo(new long[] { 1, 1, 1, 2 }));
            Assert.That(scores.ConfusionMatrix(2).Counts.ToArray(), Is.EqualTo(new long[] { 2, 0, 3, 0 }));
            Assert.That(scores.Count, Is.EqualTo(5));
        }

        scores.Reset();
        Assert.That((scores.Count, scores.ConfusionMatrix().Total), Is.EqualTo((0L, 0L)));
    }

    [Test]
    public void Thresholds_keep_the_memory_constant()
    {
        var scores = new BinaryScores { Thresholds = 200 };
        float[] batch = [.. Enumerable.Range(0, 1000).Select(i => i / 999f)];
        bool[] labels = Array.ConvertAll(batch, score => score > 0.5);
        scores.Add(batch, labels);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 1000; i++)
            scores.Add(batch, labels);
        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.LessThan(10_000));
        Assert.That(scores.Roc().Area, Is.EqualTo(1).Within(0.01));
    }

    [Test]
    public void Scores_of_threads_add_up([Values(null, 17)] int? thresholds)
    {
        var first = new MultilabelScores(3, thresholds);
        first.Add(Scores.AsSpan(0, 30), Labels.AsSpan(0, 30));
        var second = new MultilabelScores(3, thresholds);
        second.Add(Scores.AsSpan(30), Labels.AsSpan(30));
        first.Add(second);
        Assert.That(first.AreaUnderRoc(), Is.EqualTo(0.7062452185027616).Within(Tolerance));
        Assert.That(first.Count, Is.EqualTo(40));
        first.Reset();
        Assert.That((first.Count, first.AreaUnderRoc(), first.F1()), Is.EqualTo((0L, 0.0, 0.0)));
    }

    [Test]
    public void The_metrics_of_the_two_best_guesses()
    {
        ConfusionMatrix matrix = ScoredItems.InBatchesOf(7).ConfusionMatrix(topK: 2);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(matrix.Accuracy(), Is.EqualTo(0.525).Within(Tolerance));
            Assert.That(matrix.Precision(), Is.EqualTo(0.5125).Within(Tolerance));
            Assert.That(matrix.Recall(), Is.EqualTo(0.5071428571428571).Within(Tolerance));
            Assert.That(matrix.F1(), Is.EqualTo(0.5041279669762642).Within(Tolerance));
        }
    }

    [Test]
    public void Scores_of_multiclass_classifiers_add_up_too()
    {
        ClassifierScores first = ScoredItems.InBatchesOf(40);
        first.Add(ScoredItems.InBatchesOf(40));
        Assert.That(first.Count, Is.EqualTo(80));
        Assert.That(first.AreaUnderRoc(), Is.EqualTo(ScoredItems.InBatchesOf(40).AreaUnderRoc()).Within(Tolerance));
    }

    [Test]
    public void Errors_tell_what_is_expected()
    {
        var scores = new MultilabelScores(3);
        using (Assert.EnterMultipleScope())
        {
            Refusal.Of("labels", () => scores.Add([1, 2], [true, false]), "3 labels]; got 2");
            Refusal.Of("scores", () => scores.Add([1, 2, float.NaN], [true, false, true]), "score 2 is");
            Refusal.Of("other", () => scores.Add(new MultilabelScores(2)), "3 labels; had 2");
            Refusal.Of("other", () => scores.Add(new MultilabelScores(3, 10)), "Thresholds, null; had 10");
            Refusal.Of("averaging", () => scores.AreaUnderRoc((Averaging)9));
            Refusal.Of("averaging", () => scores.F1(averaging: (Averaging)9));
            Refusal.Of("averaging", () => new ClassifierScores(2).AveragePrecision((Averaging)9));
            Refusal.Of("Thresholds", () => new BinaryScores { Thresholds = 1 }.Reset());
            Refusal.Of("topK", () => ScoredItems.InBatchesOf(40).ConfusionMatrix(topK: 5), "between 1 and 4");
            Refusal.Of(
                "scores", () => new BinaryScores { Thresholds = 10 }.Add([3], [true]), "number 0 is 3. For other scores");
            Refusal.Of("other", () => new ClassifierScores(2).Add(new ClassifierScores(3)), "2 classes; had 3");
            Assert.That(scores.Count, Is.Zero);
        }
    }

    private static MultilabelScores Collected(int? thresholds = null)
    {
        var scores = new MultilabelScores(3, thresholds);
        scores.Add(Scores.AsSpan(0, 60), Labels.AsSpan(0, 60));
        scores.Add(Scores.AsSpan(60), Labels.AsSpan(60));
        return scores;
    }
}
