using TorchBoard.Interpretation;

namespace TorchBoard.Tests.Interpretation;

internal sealed class AttentionTests
{
    private static readonly float[] Identity = [1, 0, 0, 1];

    [Test]
    public void Heads_share_the_features_and_are_averaged()
    {
        AttentionMaps maps = AttentionMaps.Of(Identity, Identity, features: 2, heads: 2);
        Assert.That(
            maps.Head(0).Values.ToArray(), Is.EqualTo(new[] { 0.731059, 0.268941, 0.5, 0.5 }).Within(5e-7));
        Assert.That(
            maps.Mean().Values.ToArray(), Is.EqualTo(new[] { 0.615529, 0.384471, 0.384471, 0.615529 }).Within(5e-7));
        Assert.That(maps.Head(1).Shape.ToArray(), Is.EqualTo(new[] { 2, 2 }));
    }

    [Test]
    public void Causal_attention_sees_nothing_to_come()
    {
        AttentionMaps maps = AttentionMaps.Of(Identity, Identity, features: 2, heads: 1, isCausal: true);
        double second = 1 / (1 + Math.Exp(-1 / Math.Sqrt(2)));
        Assert.That(maps.Weights.ToArray(), Is.EqualTo(new[] { 1, 0, 1 - second, second }).Within(1e-12));
    }

    [Test]
    public void Rollout_multiplies_the_layers_with_their_residuals()
    {
        var first = new AttentionMaps([1, 0, 1, 0], 1, 2, 2);
        var second = new AttentionMaps([0, 1, 0, 1], 1, 2, 2);

        // (A₂ + I)/2 · (A₁ + I)/2 = [.5 .5; 0 1] · [1 0; .5 .5].
        Assert.That(
            AttentionMaps.Rollout([first, second]).Values.ToArray(),
            Is.EqualTo(new[] { 0.75, 0.25, 0.5, 0.5 }).Within(1e-12));
    }

    [Test]
    public void Rollout_normalizes_queries_whose_weights_do_not_sum_to_1()
    {
        // The first attends to nothing, the second twice as much as it should: [1 0; ⅔ ⅓] in both layers.
        var dropped = new AttentionMaps([0, 0, 2, 0], 1, 2, 2);

        Assert.That(
            AttentionMaps.Rollout([dropped, dropped]).Values.ToArray(),
            Is.EqualTo(new[] { 1, 0, 8 / 9.0, 1 / 9.0 }).Within(1e-12));
    }

    [Test]
    public void Large_products_do_not_overflow()
    {
        AttentionMaps maps = AttentionMaps.Of([1e18f, -1e18f], [1e18f, -1e18f], features: 1, heads: 1);
        Assert.That(maps.Weights.ToArray(), Is.EqualTo(new double[] { 1, 0, 0, 1 }));
    }

    [Test]
    public void Sizes_that_do_not_match_are_refused()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                () => AttentionMaps.Of(Identity, Identity, 4, 3),
                Throws.ArgumentException.With.Message.Contains("3 heads"));
            Assert.That(
                () => AttentionMaps.Of(Identity, Identity, 3, 1),
                Throws.ArgumentException.With.Message.Contains("one row of 3 values"));
            Assert.That(() => new AttentionMaps(Identity, 1, 2, 3), Throws.ArgumentException);
            Assert.That(() => AttentionMaps.Rollout([]), Throws.ArgumentException);
            Assert.That(
                () => AttentionMaps.Rollout([new AttentionMaps(Identity, 1, 1, 4)]),
                Throws.ArgumentException.With.Message.Contains("1 × 4"));
        }
    }

    [Test]
    public void Gradient_flow_is_the_mean_and_the_greatest_size()
    {
        Assert.That(GradientStatistics.Of([1, -3, 0, 0]), Is.EqualTo(new GradientStatistics(1, 3, 0.5, 0)));
        Assert.That(
            GradientStatistics.Of([float.NaN, -2, float.PositiveInfinity]),
            Is.EqualTo(new GradientStatistics(2, 2, 0, 2)));
        Assert.That(GradientStatistics.Of([]), Is.EqualTo(new GradientStatistics(0, 0, 0, 0)));
    }
}
