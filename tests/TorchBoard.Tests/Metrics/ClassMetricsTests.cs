using TorchBoard.Metrics;

namespace TorchBoard.Tests.Metrics;

/// <summary>The metrics of a confusion matrix beside precision, recall and F1. Expected numbers: scikit-learn 1.2.1.</summary>
internal sealed class ClassMetricsTests
{
    private const double Tolerance = 1e-12;

    private static readonly ConfusionMatrix Matrix = ScoredItems.InBatchesOf(40).ConfusionMatrix();

    [TestCase(0.5, Averaging.Micro, 0.4)]
    [TestCase(0.5, Averaging.Macro, 0.37713272143701787)]
    [TestCase(0.5, Averaging.Weighted, 0.4353004110591813)]
    [TestCase(2, Averaging.Macro, 0.3648462455106668)]
    [TestCase(2, Averaging.Weighted, 0.4061119064563646)]
    public void F_beta(double beta, Averaging averaging, double expected) =>
        Assert.That(Matrix.FBeta(beta, averaging), Is.EqualTo(expected).Within(Tolerance));

    [Test]
    public void F_beta_of_a_class() =>
        Assert.That(Matrix.FBetaOf(2, 0.5), Is.EqualTo(0.6779661016949153).Within(Tolerance));

    [TestCase(Averaging.Micro, 0.8)]
    [TestCase(Averaging.Macro, 0.8045552297165199)]
    [TestCase(Averaging.Weighted, 0.8182209188660801)]
    public void Specificity(Averaging averaging, double expected)
    {
        Assert.That(Matrix.Specificity(averaging), Is.EqualTo(expected).Within(Tolerance));
        Assert.That(Matrix.SpecificityOf(0), Is.EqualTo(0.7741935483870968).Within(Tolerance));
    }

    [TestCase(Averaging.Micro, 0.25)]
    [TestCase(Averaging.Macro, 0.24131944444444442)]
    [TestCase(Averaging.Weighted, 0.28052083333333333)]
    public void Intersection_over_union(Averaging averaging, double expected)
    {
        Assert.That(Matrix.IntersectionOverUnion(averaging), Is.EqualTo(expected).Within(Tolerance));
        Assert.That(Matrix.IntersectionOverUnionOf(1), Is.EqualTo(0.26666666666666666).Within(Tolerance));
    }

    [Test]
    public void Matthews_correlation() =>
        Assert.That(Matrix.MatthewsCorrelation(), Is.EqualTo(0.19646404690517683).Within(Tolerance));

    [TestCase(Disagreement.Equal, 0.19463087248322153)]
    [TestCase(Disagreement.Linear, 0.13410770855332632)]
    [TestCase(Disagreement.Quadratic, 0.07777777777777772)]
    public void Cohens_kappa(Disagreement disagreement, double expected) =>
        Assert.That(Matrix.CohenKappa(disagreement), Is.EqualTo(expected).Within(Tolerance));

    [Test]
    public void Most_confused_are_the_largest_counts_beside_the_diagonal()
    {
        Assert.That(Matrix.MostConfused(3), Is.EqualTo(new[] { (2, 0, 4L), (0, 1, 3L), (0, 3, 3L) }));
        Assert.That(Matrix.MostConfused(100), Has.Length.EqualTo(10), "two of the twelve pairs do not occur");
        Refusal.Of("count", () => Matrix.MostConfused(0));
    }

    [Test]
    public void All_correct_is_one_everywhere()
    {
        var matrix = new ConfusionMatrix(2);
        matrix.Add([0, 1], [0, 1]);
        double[] metrics =
        [
            matrix.FBeta(2), matrix.Specificity(), matrix.IntersectionOverUnion(), matrix.MatthewsCorrelation(),
            matrix.CohenKappa(),
        ];
        Assert.That(metrics, Is.All.EqualTo(1));
    }

    [TestCase(new int[0], new int[0])]
    [TestCase(new[] { 1, 1 }, new[] { 1, 1 })]
    public void Correlation_and_kappa_of_no_item_and_of_one_class_are_0(int[] predictions, int[] labels)
    {
        var matrix = new ConfusionMatrix(2);
        matrix.Add(predictions, labels);
        Assert.That((matrix.MatthewsCorrelation(), matrix.CohenKappa()), Is.EqualTo((0.0, 0.0)));
    }

    [TestCase(-100)]
    [TestCase(255)]
    public void Items_with_the_ignored_label_are_not_counted(int ignored)
    {
        var matrix = new ConfusionMatrix(2) { IgnoredLabel = ignored };
        matrix.Add([0, 1, 1], [0, ignored, 0]);
        matrix.AddScores([0.1f, 0.9f, 0.8f, 0.2f], [1, ignored]);
        Assert.That(matrix.Counts.ToArray(), Is.EqualTo(new long[] { 1, 1, 0, 1 }));
        Assert.That(matrix.Total, Is.EqualTo(3));
        Assert.That(
            () => matrix.Add([0], [ignored + 1]), Throws.ArgumentException.With.Message.Contains("between 0 and 1"));
    }

    [Test]
    public void The_mean_IoU_omits_an_ignored_class_and_absent_ones()
    {
        var matrix = new ConfusionMatrix(4) { IgnoredLabel = 2 };
        matrix.Add([0, 0, 1, 2, 0], [0, 1, 1, 2, 2]);
        Assert.That(matrix.Total, Is.EqualTo(3));
        Assert.That(matrix.IntersectionOverUnion(), Is.EqualTo(0.5), "1/2 of class 0, 1/2 of class 1");
        matrix.Add([2], [1]);
        Assert.That(matrix.IntersectionOverUnion(), Is.EqualTo((1 / 2.0 + 1 / 3.0) / 2).Within(Tolerance));
    }

    [TestCase(0)]
    [TestCase(-1)]
    [TestCase(double.NaN)]
    [TestCase(double.PositiveInfinity)]
    public void Beta_is_greater_than_0(double beta) => Assert.That(
        () => Matrix.FBeta(beta),
        Throws.InstanceOf<ArgumentOutOfRangeException>().With.Message.Contains("greater than 0"));
}
