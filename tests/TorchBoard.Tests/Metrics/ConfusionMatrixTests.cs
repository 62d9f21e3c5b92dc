using TorchBoard.Metrics;

namespace TorchBoard.Tests.Metrics;

internal sealed class ConfusionMatrixTests
{
    private const double Tolerance = 1e-12;

    [Test]
    public void Labels_are_rows_and_predictions_columns()
    {
        var matrix = new ConfusionMatrix(3);
        matrix.Add([2, 1, 0, 1], [2, 1, 0, 0]);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(matrix.Counts.ToArray(), Is.EqualTo(new long[] { 1, 1, 0, 0, 1, 0, 0, 0, 1 }));
            Assert.That(matrix[0, 1], Is.EqualTo(1));
            Assert.That(matrix.Accuracy(Averaging.Macro), Is.EqualTo(5 / 6.0).Within(Tolerance));
            Assert.That(matrix.Precision(), Is.EqualTo(5 / 6.0).Within(Tolerance));
            Assert.That(matrix.Recall(), Is.EqualTo(5 / 6.0).Within(Tolerance));
            Assert.That(matrix.F1(), Is.EqualTo(7 / 9.0).Within(Tolerance));
            Assert.That(matrix.Accuracy(), Is.EqualTo(0.75));
            Assert.That(matrix.Total, Is.EqualTo(4));
        }
    }

    [Test]
    public void Averages_equal_those_of_scikit_learn()
    {
        ConfusionMatrix matrix = ScoredItems.InBatchesOf(40).ConfusionMatrix();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                matrix.Counts.ToArray(), Is.EqualTo(new long[] { 3, 3, 0, 3, 2, 4, 1, 2, 4, 0, 8, 3, 1, 3, 2, 1 }));
            Assert.That(matrix.Accuracy(), Is.EqualTo(0.4).Within(Tolerance));
            Assert.That(matrix.Precision(Averaging.Micro), Is.EqualTo(0.4).Within(Tolerance));
            Assert.That(matrix.F1(Averaging.Micro), Is.EqualTo(0.4).Within(Tolerance));
            Assert.That(matrix.Precision(Averaging.Macro), Is.EqualTo(0.3845959595959596).Within(Tolerance));
            Assert.That(matrix.Recall(Averaging.Macro), Is.EqualTo(0.3634920634920634).Within(Tolerance));
            Assert.That(matrix.F1(Averaging.Macro), Is.EqualTo(0.36930668016194335).Within(Tolerance));
            Assert.That(matrix.Precision(Averaging.Weighted), Is.EqualTo(0.4496717171717172).Within(Tolerance));
            Assert.That(matrix.Recall(Averaging.Weighted), Is.EqualTo(0.4).Within(Tolerance));
            Assert.That(matrix.F1(Averaging.Weighted), Is.EqualTo(0.4184337044534413).Within(Tolerance));
        }
    }

    [TestCase(0, 0.3, 0.3333333333333333, 0.3157894736842105)]
    [TestCase(1, 0.4, 0.4444444444444444, 0.4210526315789474)]
    [TestCase(2, 0.7272727272727273, 0.5333333333333333, 0.6153846153846154)]
    [TestCase(3, 0.1111111111111111, 0.14285714285714285, 0.125)]
    public void Metrics_of_a_class_equal_those_of_scikit_learn(int label, double precision, double recall, double f1)
    {
        ConfusionMatrix matrix = ScoredItems.InBatchesOf(40).ConfusionMatrix();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(matrix.PrecisionOf(label), Is.EqualTo(precision).Within(Tolerance));
            Assert.That(matrix.RecallOf(label), Is.EqualTo(recall).Within(Tolerance));
            Assert.That(matrix.F1Of(label), Is.EqualTo(f1).Within(Tolerance));
        }
    }

    [Test]
    public void Batches_and_matrices_of_threads_can_be_added()
    {
        var first = new ConfusionMatrix(2);
        first.Add([1, 1], [0, 1]);
        first.AddScores([0.7f, 0.3f], [0]);
        var second = new ConfusionMatrix(2);
        second.Add([0], [1]);

        first.Add(second);

        Assert.That(first.Counts.ToArray(), Is.EqualTo(new long[] { 1, 1, 1, 1 }));
        Assert.That(first.Total, Is.EqualTo(4));
        first.Reset();
        Assert.That((first.Total, first[0, 0]), Is.EqualTo((0L, 0L)));
    }

    [Test]
    public void Of_several_highest_scores_the_first_is_predicted()
    {
        var matrix = new ConfusionMatrix(3);
        matrix.AddScores([1, 5, 5], [2]);
        Assert.That(matrix[2, 1], Is.EqualTo(1));
    }

    [Test]
    public void Macro_averages_omit_classes_that_never_occur()
    {
        var matrix = new ConfusionMatrix(5);
        matrix.Add([0, 0, 1], [0, 0, 1]);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(matrix.Precision(), Is.EqualTo(1));
            Assert.That(matrix.Recall(), Is.EqualTo(1));
            Assert.That(matrix.F1(), Is.EqualTo(1));
            Assert.That(matrix.PrecisionOf(4), Is.Zero);
        }
    }

    [Test]
    public void A_class_that_is_predicted_but_never_true_counts_as_0()
    {
        var matrix = new ConfusionMatrix(3);
        matrix.Add([0, 2], [0, 0]);
        Assert.That(matrix.Precision(), Is.EqualTo(0.5));
        Assert.That(matrix.Precision(Averaging.Weighted), Is.EqualTo(1), "it is true of no item");
        Assert.That(matrix.RecallOf(2), Is.Zero);
    }

    [Test]
    public void Without_items_every_metric_is_0([Values] Averaging averaging)
    {
        var matrix = new ConfusionMatrix(1);
        matrix.Add([], []);
        double[] numbers =
            [matrix.Accuracy(averaging), matrix.Precision(averaging), matrix.Recall(averaging), matrix.F1(averaging)];
        Assert.That(numbers, Is.All.Zero);
    }

    [Test]
    public void One_class_alone_is_always_right()
    {
        var matrix = new ConfusionMatrix(1);
        matrix.AddScores([3, -3], [0, 0]);
        Assert.That((matrix.Accuracy(), matrix.F1()), Is.EqualTo((1.0, 1.0)));
    }

    [Test]
    public void Shares_of_labels_sum_to_1_in_each_row_that_has_any()
    {
        var matrix = new ConfusionMatrix(2);
        matrix.Add([0, 0, 0, 1], [0, 0, 0, 0]);
        Assert.That(matrix.ShareOfLabels(), Is.EqualTo(new[] { 0.75, 0.25, 0, 0 }));
    }

    [Test]
    public void Invalid_arguments_are_refused_and_nothing_is_counted()
    {
        var matrix = new ConfusionMatrix(3);
        using (Assert.EnterMultipleScope())
        {
            Refusal.Of("classes", () => _ = new ConfusionMatrix(0), "1");
            Refusal.Of("classes", () => _ = new ConfusionMatrix((1 << 14) + 1), "16384");
            Refusal.Of("labels", () => matrix.Add([0, 1], [0, 3]), "number 1 is 3", "between 0 and 2");
            Refusal.Of("predictions", () => matrix.Add([0, -1], [0, 1]), "number 1 is -1");
            Refusal.Of("predictions", () => matrix.Add([0], [0, 1]), "as many predictions as labels, 2; was 1");
            Refusal.Of("scores", () => matrix.AddScores(new float[5], [0, 1]), "6 values; got 5");
            Refusal.Of("scores", () => matrix.AddScores([1, 2, 3, 4, float.NaN, 6], [0, 1]), "item 1, class 1");
            Refusal.Of("other", () => matrix.Add(new ConfusionMatrix(2)), "must have 3 classes; was 2");
            Refusal.Of("other", () => matrix.Add(null!));
            Refusal.Of("label", () => matrix.Support(3), "between 0 and 2");
            Refusal.Of("prediction", () => matrix.Predicted(-1), "between 0 and 2");
            Refusal.Of("label", () => _ = matrix[3, 0], "between 0 and 2");
            Refusal.Of("prediction", () => _ = matrix[0, 3], "between 0 and 2");
            Refusal.Of("label", () => matrix.F1Of(-1), "between 0 and 2");
            Refusal.Of("averaging", () => matrix.F1((Averaging)9), "not a defined averaging");
            Assert.That(matrix.Total, Is.Zero);
            Assert.That(matrix.Counts.ToArray(), Is.All.Zero);
        }
    }
}
