using TorchBoard.Interpretation;

namespace TorchBoard.Tests.Interpretation;

internal sealed class SeveralClassesTests
{
    private static readonly float[] Input = [1, 2, 3, 4];

    private int _inputs;

    [SetUp]
    public void Start() => _inputs = 0;

    [TestCase(nameof(KernelShap))]
    [TestCase(nameof(Lime))]
    [TestCase(nameof(ShapleySampling))]
    [TestCase(nameof(ShapleyValues))]
    [TestCase(nameof(Occlusion))]
    [TestCase(nameof(FeatureAblation))]
    public void Each_class_has_its_own_explanation_with_the_calls_of_one(string method)
    {
        Attribution[] together = Attribution.ExplainClasses(Model, 3, predict => Explain(method, predict));
        int inputs = _inputs;

        Attribution[] alone = [.. Enumerable.Range(0, 3).Select(label => Explain(method, OfClass(label)))];
        using (Assert.EnterMultipleScope())
        {
            Assert.That(inputs, Is.EqualTo((_inputs - inputs) / 3));
            for (int label = 0; label < 3; label++)
            {
                Assert.That(together[label].Values.ToArray(), Is.EqualTo(alone[label].Values.ToArray()));
                Assert.That(together[label].Score, Is.EqualTo(alone[label].Score));
            }

            Assert.That(together[0].Values.ToArray(), Is.Not.EqualTo(together[1].Values.ToArray()));
        }
    }

    [Test]
    public void A_method_that_evaluates_other_inputs_for_another_class_has_their_scores()
    {
        int seed = 0;
        Attribution[] together = Attribution.ExplainClasses(
            Model, 2, predict => Lime.Explain(predict, Input, options: new() { Seed = ++seed, Samples = 20 }));
        Assert.That(
            together[1].Values.ToArray(),
            Is.EqualTo(
                Lime.Explain(OfClass(1), Input, options: new() { Seed = 2, Samples = 20 }).Values.ToArray()));
    }

    [Test]
    public void Rows_and_classes_are_explained_in_one_call()
    {
        var table = new FeatureTable([1, 2, 3, 4, 5, 6, 7, 8], 4);
        TableAttribution[] classes = TableAttribution.ExplainClasses(
            table, Model, 3, (predict, row) => KernelShap.Explain(predict, row));
        int inputs = _inputs;
        TableAttribution second = TableAttribution.Explain(table, row => KernelShap.Explain(OfClass(1), row));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(classes, Has.Length.EqualTo(3));
            Assert.That(inputs, Is.EqualTo(_inputs - inputs));
            Assert.That(classes[1].Rows[1].Values.ToArray(), Is.EqualTo(second.Rows[1].Values.ToArray()));
            Assert.That(classes[1].Table, Is.SameAs(table));
        }
    }

    [Test]
    public void Invalid_arguments_are_refused()
    {
        using (Assert.EnterMultipleScope())
        {
            Refusal.Of("predict", () => Attribution.ExplainClasses(null!, 2, predict => new Attribution([1])));
            Refusal.Of("classes", () => Attribution.ExplainClasses(Model, 0, predict => new Attribution([1])), "at least 1");
            Refusal.Of("explain", () => Attribution.ExplainClasses(Model, 2, null!));
            Refusal.Of("explain", () => Attribution.ExplainClasses(Model, 2, predict => null!), "class 0 is null");
            Refusal.Of(
                "predict",
                () => Attribution.ExplainClasses(
                    (inputs, count, scores) => scores.Fill(double.NaN), 2, predict => KernelShap.Explain(predict, Input)),
                "NaN");
        }
    }

    private static Attribution Explain(string method, Predict predict) => method switch
    {
        nameof(KernelShap) => KernelShap.Explain(predict, Input, options: new() { BatchSize = 3 }),
        nameof(Lime) => Lime.Explain(predict, Input, options: new() { Samples = 50 }),
        nameof(ShapleySampling) => ShapleySampling.Explain(predict, Input),
        nameof(ShapleyValues) => ShapleyValues.Explain(predict, Input),
        nameof(Occlusion) => Occlusion.Explain(predict, Input, [], [2]),
        _ => FeatureAblation.Explain(predict, Input),
    };

    private Predict OfClass(int label) => (inputs, count, scores) =>
    {
        double[] all = new double[3 * count];
        Model(inputs, count, all);
        for (int n = 0; n < count; n++)
            scores[n] = all[(3 * n) + label];
    };

    // The sum, the product of the first two, and the square of the last.
    private void Model(ReadOnlySpan<float> inputs, int count, Span<double> scores)
    {
        _inputs += count;
        int classes = scores.Length / count;
        for (int n = 0; n < count; n++)
        {
            ReadOnlySpan<float> input = inputs.Slice(4 * n, 4);
            double[] all = [input[0] + input[1] + input[2] + input[3], input[0] * input[1], input[3] * input[3]];
            all.AsSpan(0, classes).CopyTo(scores[(n * classes)..]);
        }
    }
}
