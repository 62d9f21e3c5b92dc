using TorchBoard.Interpretation;

namespace TorchBoard.Tests.Interpretation;

internal sealed class EnsembleTests
{
    [Test]
    public void An_ensemble_has_a_mean_a_spread_and_where_its_members_disagree()
    {
        double[][] models = [[1, 2, 0], [3, -2, 0], [5, 6, 0]];
        EnsembleAttribution ensemble = EnsembleAttribution.Explain(
            models, weights => KernelShap.Explain(LinearModel.Of(weights), [1, 1, 1]));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(ensemble.Members, Has.Count.EqualTo(3));
            Assert.That(ensemble.Mean.Values.ToArray(), Is.EqualTo(new double[] { 3, 2, 0 }).Within(1e-9));
            Assert.That(
                ensemble.StandardDeviation.Values.ToArray(),
                Is.EqualTo(new[] { Math.Sqrt(8 / 3.0), Math.Sqrt(32 / 3.0), 0 }).Within(1e-9));
            Assert.That(ensemble.Disagreement.Values[..2].ToArray(), Is.EqualTo(new[] { 0, 1 / 3.0 }).Within(1e-9));
            Assert.That(ensemble.Mean.Score, Is.EqualTo(5).Within(1e-9));
        }
    }

    [Test]
    public void The_mean_explains_the_mean_of_the_models()
    {
        Predict[] models = [LinearModel.Of([1, 4]), SumOfSquares];
        Predict mean = (inputs, count, scores) =>
        {
            double[] other = new double[count];
            models[0](inputs, count, scores);
            models[1](inputs, count, other);
            for (int n = 0; n < count; n++)
                scores[n] = (scores[n] + other[n]) / 2;
        };
        Attribution ensemble = EnsembleAttribution.Explain(models, model => ShapleyValues.Explain(model, [2, 3])).Mean;
        Assert.That(
            ensemble.Values.ToArray(), Is.EqualTo(ShapleyValues.Explain(mean, [2, 3]).Values.ToArray()).Within(1e-12));
    }

    [Test]
    public void A_single_model_has_no_spread()
    {
        var ensemble = new EnsembleAttribution([new Attribution([1, -2], [2])]);
        Assert.That(ensemble.StandardDeviation.IsAllZero && ensemble.Disagreement.IsAllZero);
        Assert.That(ensemble.Mean.Score, Is.Null);
    }

    [Test]
    public void No_model_and_different_shapes_are_refused()
    {
        Assert.Throws<ArgumentException>(() => EnsembleAttribution.Explain<Predict>([], _ => new Attribution([1])));
        Assert.That(
            () => new EnsembleAttribution([new Attribution([1, 2], [1, 2]), new Attribution([1, 2], [2, 1])]),
            Throws.ArgumentException.With.Message.Contains("[1, 2]").And.Message.Contains("[2, 1]"));
    }

    private static void SumOfSquares(ReadOnlySpan<float> inputs, int count, Span<double> scores)
    {
        for (int n = 0; n < count; n++)
            scores[n] = Math.Pow(inputs[2 * n] + (double)inputs[(2 * n) + 1], 2);
    }
}
