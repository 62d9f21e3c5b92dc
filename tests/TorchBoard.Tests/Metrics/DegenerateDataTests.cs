using TorchBoard.Metrics;

namespace TorchBoard.Tests.Metrics;

/// <summary>Data for which a formula has no value: a defined result, or an error that names the argument.</summary>
internal sealed class DegenerateDataTests
{
    private static readonly float[] Equal = [0.5f, 0.5f, 0.5f, 0.5f];
    private static readonly bool[] One = [true, false, false, false];
    private static readonly bool[] None = [false, false, false, false];

    [Test]
    public void One_class_is_always_right_and_no_agreement_beyond_chance()
    {
        var matrix = new ConfusionMatrix(1);
        matrix.Add([0, 0, 0], [0, 0, 0]);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                new[] { matrix.Accuracy(), matrix.Precision(), matrix.Recall(), matrix.F1(), matrix.IntersectionOverUnion() },
                Is.All.EqualTo(1));
            Assert.That(
                new[] { matrix.Specificity(), matrix.MatthewsCorrelation(), matrix.CohenKappa() }, Is.All.EqualTo(0));
        }
    }

    [Test]
    public void Without_items_all_metrics_are_0()
    {
        var matrix = new ConfusionMatrix(3);
        var regression = new RegressionScores();
        var probabilities = new ProbabilityScores(3);
        double[] values =
        [
            matrix.Accuracy(), matrix.Accuracy(Averaging.Macro), matrix.F1(), matrix.MatthewsCorrelation(), matrix.CohenKappa(),
            matrix.IntersectionOverUnion(), regression.MeanAbsoluteError, regression.RootMeanSquaredError,
            regression.PearsonCorrelation, probabilities.LogLoss, probabilities.BrierScore, probabilities.CalibrationError,
            new ClassifierScores(3).AreaUnderRoc(), new MultilabelScores(3).AveragePrecision(), SpearmanCorrelation.Of([], []),
        ];
        Assert.That(values, Is.All.EqualTo(0));
    }

    [Test]
    public void Without_positives_no_curve_is_defined()
    {
        var roc = RocCurve.Of(Equal, None);
        var curve = PrecisionRecallCurve.Of(Equal, None);
        using (Assert.EnterMultipleScope())
        {
            Assert.That((roc.IsDefined, roc.Area, roc.Positives), Is.EqualTo((false, 0.0, 0L)));
            Assert.That((curve.IsDefined, curve.AveragePrecision, curve.Positives), Is.EqualTo((false, 0.0, 0L)));
        }
    }

    [Test]
    public void Equal_scores_are_a_coin_toss()
    {
        var curve = PrecisionRecallCurve.Of(Equal, One);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(RocCurve.Of(Equal, One).Area, Is.EqualTo(0.5));
            Assert.That(curve.AveragePrecision, Is.EqualTo(0.25), "the share of positives");
            Assert.That(curve.Thresholds.ToArray(), Is.EqualTo([float.PositiveInfinity, 0.5f]));
            Assert.That(SpearmanCorrelation.Of(Equal, [1, 2, 3, 4]), Is.Zero);
        }
    }

    [Test]
    public void Weights_that_sum_to_0_count_as_no_items()
    {
        var matrix = new ConfusionMatrix(2);
        matrix.Add([0, 1], [0, 1], [0, 0]);
        using (Assert.EnterMultipleScope())
        {
            Assert.That((matrix.Accuracy(), matrix.F1(), matrix.Total), Is.EqualTo((0.0, 0.0, 2L)));
            Assert.That(RocCurve.Of([1, 2], [true, false], [0, 0]).IsDefined, Is.False);
        }
    }

    [Test]
    public void Scores_that_are_NaN_and_labels_that_are_no_class_are_refused_by_name()
    {
        using (Assert.EnterMultipleScope())
        {
            Refusal.Of("scores", () => RocCurve.Of([float.NaN], [true]), "NaN");
            Refusal.Of("scores", () => PrecisionRecallCurve.Of([float.NaN], [true]), "NaN");
            Refusal.Of("scores", () => new BinaryScores().Add([float.NaN], [true]), "NaN");
            Refusal.Of("scores", () => new ClassifierScores(2).Add([0, float.NaN], [1]), "NaN");
            Refusal.Of("scores", () => new MultilabelScores(2).Add([0, float.NaN], [true, false]), "NaN");
            Refusal.Of("scores", () => new ProbabilityScores(2).Add([0, float.NaN], [1]), "NaN");
            Refusal.Of("scores", () => new ConfusionMatrix(2).AddScores([0, float.NaN], [1]), "NaN");
            Refusal.Of("predictions", () => new RegressionScores().Add([float.NaN], [1]), "NaN");
            Refusal.Of("labels", () => new ConfusionMatrix(2).Add([0], [2]), "2");
            Refusal.Of("labels", () => new ClassifierScores(2).Add([0, 1], [-1]), "-1");
            Refusal.Of("labels", () => new ProbabilityScores(2).Add([0, 1], [2]), "2");
            Refusal.Of("predictions", () => new ConfusionMatrix(2).Add([2], [0]), "2");
        }
    }
}
