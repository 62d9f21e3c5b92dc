using TorchBoard.Metrics;

namespace TorchBoard.Tests.Metrics;

/// <summary>The metrics of a task by name, as a run takes them in one call.</summary>
internal sealed class NamedMetricsTests
{
    private static readonly float[] Scores = [0.9f, 0.1f, 0.2f, 0.8f, 0.6f, 0.4f, 0.3f, 0.7f];
    private static readonly int[] Classes = [0, 1, 1, 1];
    private static readonly float[] Positives = [0.9f, 0.2f, 0.6f, 0.3f];
    private static readonly bool[] Labels = [true, false, false, true];

    [Test]
    public void Each_name_has_the_value_of_its_own_method()
    {
        var scores = new ClassifierScores(2);
        scores.Add(Scores, Classes);
        ConfusionMatrix matrix = scores.ConfusionMatrix();
        var binary = new BinaryScores();
        binary.Add(Positives, Labels);
        var multilabel = new MultilabelScores(2);
        multilabel.Add(Positives, Labels);
        var probabilities = new ProbabilityScores(2);
        probabilities.Add(Scores, Classes);
        var regression = new RegressionScores();
        regression.Add([1, 2, 4], [1, 3, 5]);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(scores.Metrics("test/"), Is.EqualTo(new Dictionary<string, double>
            {
                ["test/accuracy"] = 0.75,
                ["test/precision"] = matrix.Precision(),
                ["test/recall"] = matrix.Recall(),
                ["test/f1"] = matrix.F1(),
                ["test/auroc"] = scores.AreaUnderRoc(),
                ["test/average_precision"] = scores.AveragePrecision(),
            }));
            Assert.That(matrix.Metrics(), Is.EqualTo(new Dictionary<string, double>
            {
                ["accuracy"] = 0.75,
                ["precision"] = matrix.Precision(),
                ["recall"] = matrix.Recall(),
                ["f1"] = matrix.F1(),
                ["matthews_correlation"] = matrix.MatthewsCorrelation(),
                ["cohen_kappa"] = matrix.CohenKappa(),
            }));
            Assert.That(binary.Metrics("", 0.25f), Is.EqualTo(new Dictionary<string, double>
            {
                ["accuracy"] = 0.75,
                ["precision"] = 2 / 3.0,
                ["recall"] = 1,
                ["f1"] = 0.8,
                ["auroc"] = 0.75,
                ["average_precision"] = binary.PrecisionRecall().AveragePrecision,
            }).Within(1e-12));
            Assert.That(multilabel.Metrics(threshold: 0.25f), Is.EqualTo(new Dictionary<string, double>
            {
                ["accuracy"] = multilabel.Accuracy(0.25f),
                ["precision"] = multilabel.Precision(0.25f),
                ["recall"] = multilabel.Recall(0.25f),
                ["f1"] = multilabel.F1(0.25f),
                ["auroc"] = multilabel.AreaUnderRoc(),
                ["average_precision"] = multilabel.AveragePrecision(),
            }));
            Assert.That(probabilities.Metrics(), Is.EqualTo(new Dictionary<string, double>
            {
                ["log_loss"] = probabilities.LogLoss,
                ["brier_score"] = probabilities.BrierScore,
                ["calibration_error"] = probabilities.CalibrationError,
            }));
            Assert.That(regression.Metrics(), Is.EqualTo(new Dictionary<string, double>
            {
                ["mae"] = 2 / 3.0,
                ["rmse"] = Math.Sqrt(2 / 3.0),
                ["r2"] = 0.75,
            }).Within(1e-12));
        }
    }

    [Test]
    public void A_run_takes_them_in_one_call()
    {
        using var directory = new TestDirectory();
        var scores = new ClassifierScores(2);
        scores.Add(Scores, Classes);
        using (var writer = new SummaryWriter(directory.Path))
            writer.AddMetrics(scores.Metrics("test/"), step: 3);

        RunLog run = RunLog.Open(directory.Path);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(run.Scalars.Keys, Is.EquivalentTo(scores.Metrics("test/").Keys));
            Assert.That(run.Scalars["test/accuracy"].Steps.ToArray(), Is.EqualTo([3]));
            Assert.That(run.Scalars["test/accuracy"].Values.ToArray(), Is.EqualTo([0.75]));
        }
    }

    [Test]
    public void What_the_items_do_not_define_is_left_out()
    {
        var oneClass = new ClassifierScores(3);
        oneClass.Add([1, 0, 0, 0, 1, 0], [0, 0]);
        var negatives = new BinaryScores();
        negatives.Add([0.1f, 0.7f], [false, false]);
        var constant = new RegressionScores();
        constant.Add([1, 2], [1, 1]);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(oneClass.Metrics().Keys, Is.EqualTo(["accuracy", "precision", "recall", "f1", "average_precision"]));
            Assert.That(negatives.Metrics().Keys, Is.EqualTo(["accuracy", "precision", "recall", "f1"]));
            Assert.That(constant.Metrics().Keys, Is.EqualTo(["mae", "rmse"]));
        }
    }

    [Test]
    public void Without_items_there_are_none_and_a_run_refuses_them()
    {
        var weightless = new ClassifierScores(2);
        weightless.Add([1, 0], [0], [0]);
        IReadOnlyDictionary<string, double>[] none =
        [
            new ClassifierScores(2).Metrics(), weightless.Metrics(), new ConfusionMatrix(2).Metrics(),
            new BinaryScores().Metrics(), new MultilabelScores(2).Metrics(), new ProbabilityScores(2).Metrics(),
            new RegressionScores().Metrics(),
        ];
        using var directory = new TestDirectory();
        using var writer = new SummaryWriter(directory.Path);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(none, Is.All.Empty);
            Refusal.Of("values", () => writer.AddMetrics(none[0], 0), "At least one metric");
        }
    }
}
