using TorchBoard.Interpretation;

namespace TorchBoard.Tests.Interpretation;

internal sealed class LimeTests
{
    [Test]
    public void Lime_of_a_linear_model_finds_its_weights_but_for_the_ridge()
    {
        Predict linear = LinearModel.Of(3, -2, 0, 1);
        Attribution attribution = Lime.Explain(linear, [1, 1, 1, 1], options: new() { Ridge = 0 });
        Assert.That(attribution.Values.ToArray(), Is.EqualTo(new double[] { 3, -2, 0, 1 }).Within(1e-9));
        Assert.That(attribution.BaselineScore, Is.Zero.Within(1e-9));
        Assert.That(attribution.Fit, Is.EqualTo(1).Within(1e-9));
        Assert.That(attribution.Score, Is.EqualTo(2));

        Attribution shrunk = Lime.Explain(linear, [1, 1, 1, 1]);
        Assert.That(shrunk.Values[0], Is.InRange(2.8, 3).And.LessThan(3));
    }

    [Test]
    public void Without_a_ridge_two_samples_divide_their_difference_among_the_features_that_changed()
    {
        float[][] seen = [];
        Predict sum = (inputs, count, scores) =>
        {
            seen = [.. inputs.ToArray().Chunk(6)];
            LinearModel.Of(1, 1, 1, 3, 3, 3)(inputs, count, scores);
        };
        Attribution attribution = Lime.Explain(sum, [1, 1, 1, 1, 1, 1], options: new() { Samples = 2, Ridge = 0, Seed = 2 });
        bool[] changed = Array.ConvertAll(seen[1], value => value == 0);
        double drop = attribution.Score!.Value - seen[1].Zip([1f, 1, 1, 3, 3, 3], (value, weight) => value * weight).Sum();
        Assert.That(changed.Count(c => c), Is.InRange(2, 5));
        Assert.That(
            attribution.Values.ToArray(),
            Is.EqualTo(changed.Select(c => c ? drop / changed.Count(c => c) : 0)).Within(1e-9));
        Assert.That(attribution.Rank, Is.EqualTo(1));
        Assert.That(attribution.Fit, Is.EqualTo(1).Within(1e-12));
    }

    [Test]
    public void The_rank_is_told_without_a_ridge()
    {
        Predict linear = LinearModel.Of(3, -2, 0, 1);
        Assert.That(Lime.Explain(linear, [1, 1, 1, 1], options: new() { Ridge = 0 }).Rank, Is.EqualTo(4));
        Assert.That(Lime.Explain(linear, [1, 1, 1, 1]).Rank, Is.Null);
    }

    [Test]
    public void The_regression_is_that_of_weighted_ridge_with_a_free_intercept()
    {
        // Of one feature: there with weight 1, hidden with √exp(−1/w²); n and m of each.
        int shown = 0;
        Predict counting = (inputs, count, scores) =>
        {
            for (int n = 0; n < count; n++)
            {
                shown += inputs[n] > 0 ? 1 : 0;
                scores[n] = 4 * inputs[n];
            }
        };
        Attribution attribution = Lime.Explain(counting, [1], options: new() { Samples = 60, KernelWidth = 1 });
        double hidden = (60 - shown) * Math.Sqrt(Math.Exp(-1));
        double varied = shown * hidden / (shown + hidden);
        Assert.That(attribution.Values[0], Is.EqualTo(4 * varied / (varied + 1)).Within(1e-9));
        double mean = shown / (shown + hidden);
        Assert.That(attribution.BaselineScore, Is.EqualTo((4 * mean) - (attribution.Values[0] * mean)).Within(1e-9));
    }

    [Test]
    public void Hidden_superpixels_take_the_mean_of_each_channel()
    {
        float[] picture = [1, 3, 10, 20, 5, 7, 30, 50];
        var seen = new HashSet<string>();
        Predict look = (inputs, count, scores) =>
        {
            for (int n = 0; n < count; n++)
                seen.Add(string.Join(' ', inputs.Slice(n * 8, 8).ToArray()));
            scores.Fill(1);
        };
        Lime.Explain(look, picture, [2, 2, 2], new() { Groups = [0, 0, 1, 1], Samples = 100 });
        Assert.That(seen, Is.EquivalentTo(new[]
        {
            "1 3 10 20 5 7 30 50", "2 2 10 20 6 6 30 50", "1 3 15 15 5 7 40 40", "2 2 15 15 6 6 40 40",
        }));
    }

    [Test]
    public void A_constant_score_is_fitted_exactly_by_nothing()
    {
        Predict constant = (_, _, scores) => scores.Fill(3);
        Attribution attribution = Lime.Explain(constant, [1, 2]);
        Assert.That(attribution.IsAllZero);
        Assert.That((attribution.BaselineScore!.Value, attribution.Fit), Is.EqualTo((3.0, 1.0)));
    }

    [Test]
    public void The_same_seed_gives_the_same_for_every_batch_size()
    {
        Assert.That(Explain(seed: 3, batch: 1), Is.EqualTo(Explain(3, 64)).And.Not.EqualTo(Explain(4, 64)));

        static double[] Explain(int seed, int batch) =>
            Lime.Explain(LinearModel.Of(1, 2, 3), [1, 2, 3], options: new() { Seed = seed, BatchSize = batch })
                .Values.ToArray();
    }

    [Test]
    public void A_grid_divides_a_picture_into_rectangles() =>
        Assert.That(
            Superpixels.Grid(3, 5, 2, 2), Is.EqualTo(new[] { 0, 0, 0, 1, 1, 0, 0, 0, 1, 1, 2, 2, 2, 3, 3 }));

    [Test]
    public void Slic_follows_the_edges_of_a_picture()
    {
        // Left dark, right bright, the edge at no cell's edge.
        const int side = 12;
        float[] picture = [.. Enumerable.Range(0, side * side).Select(i => i % side < 5 ? 0f : 1f)];
        int[] parts = Superpixels.Slic(picture, [1, side, side], 4);
        Assert.That(parts.Distinct().Order(), Is.EqualTo(Enumerable.Range(0, parts.Max() + 1)), "numbered from 0");
        Assert.That(parts.Max(), Is.InRange(1, 7));
        foreach (IGrouping<int, int> part in Enumerable.Range(0, parts.Length).GroupBy(i => parts[i]))
            Assert.That(part.Select(i => picture[i]).Distinct().Count(), Is.EqualTo(1), $"part {part.Key}");
    }

    [Test]
    public void Slic_of_a_constant_picture_is_a_grid() =>
        Assert.That(
            Superpixels.Slic(new float[64], [1, 8, 8], 4), Is.EqualTo(Superpixels.Grid(8, 8, 2, 2)));
}
