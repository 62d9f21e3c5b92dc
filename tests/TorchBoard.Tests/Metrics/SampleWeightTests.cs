using TorchBoard.Figures;
using TorchBoard.Metrics;

namespace TorchBoard.Tests.Metrics;

/// <summary>
/// Quarters as weights of the forty items, 0 for every seventh. Expected numbers: scikit-learn 1.2.1 with
/// <c>sample_weight</c>.
/// </summary>
internal sealed class SampleWeightTests
{
    private const double Tolerance = 1e-12;

    private static readonly double[] Weights =
        [.. ScoredItems.Sixteenths(40, seed: 3).Select((number, i) => i % 7 == 0 ? 0 : (number + 1) / 4.0)];

    private static readonly bool[] IsSecond = Array.ConvertAll(ScoredItems.Labels, label => label == 2);

    private static readonly float[] SecondScores = [.. ScoredItems.Scores.Chunk(4).Select(row => row[2])];

    [Test]
    public void Cells_are_sums_of_weights_beside_the_counts()
    {
        ConfusionMatrix matrix = Weighted().ConfusionMatrix();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                matrix.WeightedCounts(),
                Is.EqualTo(new[]
                {
                    4.5, 2, 0, 6.75,
                    5.25, 5.75, 1.25, 5.75,
                    7.25, 0, 15.25, 5.25,
                    3.25, 6, 0, 3.75,
                }));
            Assert.That(matrix.Weight, Is.EqualTo(72));
            Assert.That(
                matrix.Counts.ToArray(), Is.EqualTo(new long[] { 3, 3, 0, 3, 2, 4, 1, 2, 4, 0, 8, 3, 1, 3, 2, 1 }));
            Assert.That((matrix.Total, matrix.Support(0), matrix.Predicted(0)), Is.EqualTo((40L, 9L, 10L)));
            Assert.That(matrix.ShareOfLabels()[..4], Is.EqualTo(new[] { 4.5 / 13.25, 2 / 13.25, 0, 6.75 / 13.25 }));
        }
    }

    [TestCase(Averaging.Micro, 0.40625, 0.40625, 0.40625)]
    [TestCase(Averaging.Macro, 0.4347662673244069, 0.37426954349124153, 0.38437957047458726)]
    [TestCase(Averaging.Weighted, 0.5331511986792994, 0.40625, 0.44489711295134626)]
    public void Precision_recall_and_F1(Averaging averaging, double precision, double recall, double f1)
    {
        ConfusionMatrix matrix = Weighted().ConfusionMatrix();
        Assert.That(matrix.Precision(averaging), Is.EqualTo(precision).Within(Tolerance));
        Assert.That(matrix.Recall(averaging), Is.EqualTo(recall).Within(Tolerance));
        Assert.That(matrix.F1(averaging), Is.EqualTo(f1).Within(Tolerance));
    }

    [Test]
    public void Other_metrics_of_the_matrix()
    {
        ConfusionMatrix matrix = Weighted().ConfusionMatrix();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(matrix.FBeta(2), Is.EqualTo(0.37389636498187767).Within(Tolerance));
            Assert.That(matrix.IntersectionOverUnion(), Is.EqualTo(0.2560348871061655).Within(Tolerance));
            Assert.That(matrix.MatthewsCorrelation(), Is.EqualTo(0.22457137044295902).Within(Tolerance));
            Assert.That(matrix.CohenKappa(), Is.EqualTo(0.21695578204251664).Within(Tolerance));
            Assert.That(matrix.CohenKappa(Disagreement.Linear), Is.EqualTo(0.07647047286563247).Within(Tolerance));
            Assert.That(matrix.CohenKappa(Disagreement.Quadratic), Is.EqualTo(-0.04753232562374787).Within(Tolerance));
            Assert.That(matrix.Accuracy(Averaging.Macro), Is.EqualTo(0.37426954349124153).Within(Tolerance));
            Assert.That(matrix.SpecificityOf(0), Is.EqualTo(43 / 58.75).Within(Tolerance));
        }
    }

    // Of equal scores, the first class comes first; in scikit-learn, the last.
    [TestCase(2, 0.5729166666666666)]
    [TestCase(3, 64 / 72.0)]
    public void Top_k_accuracy(int k, double accuracy)
    {
        Assert.That(Weighted().TopKAccuracy(k), Is.EqualTo(accuracy).Within(Tolerance));
        Assert.That(Weighted().ConfusionMatrix(k).Accuracy(), Is.EqualTo(accuracy).Within(Tolerance));
    }

    [TestCase(0, 0.5366920915295064, 0.4640142248770929)]
    [TestCase(1, 0.530639146090535, 0.26821049084816595)]
    [TestCase(2, 0.7808316791367639, 0.668426948577445)]
    [TestCase(3, 0.6703471316818774, 0.48139492048791704)]
    public void Areas_of_a_class(int label, double area, double averagePrecision)
    {
        ClassifierScores scores = Weighted();
        Assert.That(scores.Roc(label).Area, Is.EqualTo(area).Within(Tolerance));
        Assert.That(scores.PrecisionRecall(label).AveragePrecision, Is.EqualTo(averagePrecision).Within(Tolerance));
    }

    [TestCase(Averaging.Micro, 0.6136369116512346, 0.43169135155414284)]
    [TestCase(Averaging.Macro, 0.6296275121096706, 0.47051164619765523)]
    [TestCase(Averaging.Weighted, 0.6534064812542388, 0.4969855431146595)]
    public void Averaged_areas(Averaging averaging, double area, double averagePrecision)
    {
        ClassifierScores scores = Weighted();
        Assert.That(scores.AreaUnderRoc(averaging), Is.EqualTo(area).Within(Tolerance));
        Assert.That(scores.AveragePrecision(averaging), Is.EqualTo(averagePrecision).Within(Tolerance));

        // The same as a problem of four labels.
        var multilabel = new MultilabelScores(4);
        bool[] isLabel = [.. ScoredItems.Labels.SelectMany(_ => Enumerable.Range(0, 4), (label, c) => label == c)];
        multilabel.Add(ScoredItems.Scores, isLabel, Weights);
        Assert.That(multilabel.AreaUnderRoc(averaging), Is.EqualTo(area).Within(Tolerance));
        Assert.That(multilabel.AveragePrecision(averaging), Is.EqualTo(averagePrecision).Within(Tolerance));
    }

    [Test]
    public void Points_of_the_curves()
    {
        var roc = RocCurve.Of(SecondScores, IsSecond, Weights);
        var curve = PrecisionRecallCurve.Of(SecondScores, IsSecond, Weights);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(roc.FalsePositiveRates[5], Is.EqualTo(0.1864406779661017).Within(Tolerance));
            Assert.That(roc.TruePositiveRates[5], Is.EqualTo(0.2972972972972973).Within(Tolerance));
            Assert.That(curve.Precisions[7], Is.EqualTo(0.631578947368421).Within(Tolerance));
            Assert.That(curve.Recalls[7], Is.EqualTo(0.5405405405405406).Within(Tolerance));
            Assert.That((roc.Positives, roc.Negatives, curve.Positives), Is.EqualTo((15L, 25L, 15L)));
        }
    }

    [TestCase(null)]
    [TestCase(33)]
    public void A_matrix_at_a_threshold(int? thresholds)
    {
        var scores = new BinaryScores { Thresholds = thresholds };
        scores.Add(Array.ConvertAll(SecondScores, score => score / 2), IsSecond, Weights);
        Assert.That(
            scores.ConfusionMatrix(0.25f).WeightedCounts(), Is.EqualTo(new[] { 29.75, 14.5, 6.25, 21.5 }).Within(Tolerance));
        Assert.That(scores.Roc().Area, Is.EqualTo(0.7808316791367639).Within(Tolerance));
        Assert.That(scores.ConfusionMatrix(0.25f).Total, Is.EqualTo(40));
    }

    [Test]
    public void Batches_without_weights_have_weight_1()
    {
        var mixed = new BinaryScores();
        mixed.Add([0.9f], [false]);
        var other = new BinaryScores();
        other.Add([0.8f], [true], [2]);
        other.Add([0.1f], [true]);
        mixed.Add(other);
        var equal = new BinaryScores();
        equal.Add([0.9f, 0.8f, 0.1f], [false, true, true], [1, 2, 1]);

        Assert.That(mixed.ConfusionMatrix().WeightedCounts(), Is.EqualTo(new double[] { 0, 1, 1, 2 }));
        Assert.That(mixed.PrecisionRecall().Precisions.ToArray(), Is.EqualTo(equal.PrecisionRecall().Precisions.ToArray()));

        var matrix = new ConfusionMatrix(2);
        matrix.Add([0], [1]);
        var weighted = new ConfusionMatrix(2);
        weighted.Add([0, 1], [1, 1], [0.5, 2]);
        matrix.Add(weighted);
        matrix.Add([1], [1]);
        Assert.That(matrix.WeightedCounts(), Is.EqualTo(new[] { 0, 0, 1.5, 3 }));
        Assert.That(matrix.Accuracy(), Is.EqualTo(3 / 4.5).Within(Tolerance));
        matrix.Reset();
        matrix.Add([1], [1]);
        Assert.That((matrix.Weight, matrix.Accuracy()), Is.EqualTo((1.0, 1.0)));
    }

    [Test]
    public void Equal_weights_change_no_metric()
    {
        var thirds = new ClassifierScores(4);
        thirds.Add(ScoredItems.Scores, ScoredItems.Labels, [.. Enumerable.Repeat(0.3, 40)]);
        ClassifierScores plain = ScoredItems.InBatchesOf(40);
        Assert.That(thirds.ConfusionMatrix().F1(), Is.EqualTo(plain.ConfusionMatrix().F1()).Within(Tolerance));
        Assert.That(thirds.AreaUnderRoc(), Is.EqualTo(plain.AreaUnderRoc()).Within(Tolerance));
    }

    [Test]
    public void Weights_that_sum_to_zero_are_as_no_items()
    {
        var scores = new ClassifierScores(2);
        scores.Add([1, 0, 0, 1], [0, 1], [0, 0]);
        ConfusionMatrix matrix = scores.ConfusionMatrix();
        var roc = RocCurve.Of([0.9f, 0.1f], [true, false], [1, 0]);
        var curve = PrecisionRecallCurve.Of([0.9f, 0.1f], [true, false], [0, 1]);
        using (Assert.EnterMultipleScope())
        {
            Assert.That((matrix.Total, matrix.Weight), Is.EqualTo((2L, 0.0)));
            Assert.That((matrix.Accuracy(), matrix.F1(), matrix.Specificity()), Is.EqualTo((0.0, 0.0, 0.0)));
            Assert.That((matrix.MatthewsCorrelation(), matrix.CohenKappa()), Is.EqualTo((0.0, 0.0)));
            Assert.That((scores.TopKAccuracy(1), scores.AreaUnderRoc()), Is.EqualTo((0.0, 0.0)));
            Assert.That((roc.IsDefined, roc.Area), Is.EqualTo((false, 0.0)));
            Assert.That((curve.IsDefined, curve.AveragePrecision), Is.EqualTo((false, 0.0)));
            Assert.That(Figure.Roc([roc], ["a"]), Is.Not.Null);
        }
    }

    [Test]
    public void A_class_of_weight_0_counts_as_absent()
    {
        var matrix = new ConfusionMatrix(3);
        matrix.Add([0, 1, 0], [0, 1, 2], [1, 1, 0]);
        Assert.That((matrix.Precision(), matrix.F1()), Is.EqualTo((1.0, 1.0)));
    }

    [TestCase(new double[] { 1 }, "There must be one weight for each of 2 items; was 1.")]
    [TestCase(new double[] { 1, -1 }, "Weights must be finite and at least 0; number 1 is -1.")]
    [TestCase(new double[] { double.NaN, 1 }, "Weights must be finite and at least 0; number 0 is NaN.")]
    public void Wrong_weights_are_rejected_and_nothing_is_added(double[] weights, string message)
    {
        var matrix = new ConfusionMatrix(2);
        var scores = new ClassifierScores(2);
        var binary = new BinaryScores();
        var multilabel = new MultilabelScores(2);
        Action[] calls =
        [
            () => matrix.Add([0, 1], [0, 1], weights),
            () => matrix.AddScores([1, 0, 0, 1], [0, 1], weights: weights),
            () => scores.Add([1, 0, 0, 1], [0, 1], weights),
            () => binary.Add([1, 0], [true, false], weights),
            () => multilabel.Add([1, 0, 0, 1], [true, false, false, true], weights),
            () => RocCurve.Of([1, 0], [true, false], weights),
            () => PrecisionRecallCurve.Of([1, 0], [true, false], weights),
        ];
        foreach (Action call in calls)
        {
            Assert.That(
                call,
                Throws.ArgumentException.With.Message.StartsWith(message).And
                    .Property(nameof(ArgumentException.ParamName)).EqualTo("weights"));
        }

        Assert.That((matrix.Total, scores.Count, binary.Count, multilabel.Count), Is.EqualTo((0L, 0, 0L, 0L)));
    }

    private static ClassifierScores Weighted()
    {
        var scores = new ClassifierScores(ScoredItems.Classes);
        scores.Add(ScoredItems.Scores, ScoredItems.Labels, Weights);
        return scores;
    }
}
