using TorchBoard.Interpretation;

namespace TorchBoard.Tests.Interpretation;

internal sealed class ComparisonTests
{
    private static readonly Predict Sum = LinearModel.Of(4, 3, 2, 1);
    private static readonly float[] Ones = [1, 1, 1, 1];

    [Test]
    public void Deletion_takes_what_matters_most_away_first()
    {
        var truth = new Attribution([4, 3, 2, 1], [4]);
        PerturbationCurve curve = PerturbationCurve.Deletion(Sum, Ones, [4], truth, new() { Steps = 4 });
        Assert.That(curve.Shares.ToArray(), Is.EqualTo(new[] { 0, 0.25, 0.5, 0.75, 1 }));
        Assert.That(curve.Scores.ToArray(), Is.EqualTo(new double[] { 10, 6, 3, 1, 0 }));
        Assert.That(curve.Area, Is.EqualTo((5 + 6 + 3 + 1 + 0) / 4.0).Within(1e-12));
    }

    [Test]
    public void Insertion_puts_it_back_first()
    {
        var truth = new Attribution([4, 3, 2, 1], [4]);
        PerturbationCurve curve = PerturbationCurve.Insertion(Sum, Ones, [4], truth, new() { Steps = 2 });
        Assert.That(curve.Scores.ToArray(), Is.EqualTo(new double[] { 0, 7, 10 }));
        PerturbationCurve wrong = PerturbationCurve.Insertion(
            Sum, Ones, [4], new Attribution([1, 2, 3, 4], [4]), new() { Steps = 2 });
        Assert.That(wrong.Area, Is.LessThan(curve.Area));
    }

    [TestCase(3, new[] { 0, 0.4, 0.6, 1 })]
    [TestCase(5, new[] { 0, 0.2, 0.4, 0.6, 0.8, 1 })]
    [TestCase(50, new[] { 0, 0.2, 0.4, 0.6, 0.8, 1 })]
    public void Shares_are_what_was_removed_and_each_input_is_evaluated_once(int steps, double[] shares)
    {
        int evaluated = 0;
        Predict counting = (inputs, count, scores) =>
        {
            evaluated += count;
            LinearModel.Of(1, 1, 1, 1, 1)(inputs, count, scores);
        };
        PerturbationCurve curve = PerturbationCurve.Deletion(
            counting, [1, 1, 1, 1, 1], [5], new Attribution([5, 4, 3, 2, 1]), new() { Steps = steps });
        Assert.That(curve.Shares.ToArray(), Is.EqualTo(shares).Within(1e-15));
        Assert.That(curve.Scores.ToArray(), Is.EqualTo(shares.Select(share => 5 * (1 - share))).Within(1e-12));
        Assert.That(evaluated, Is.EqualTo(shares.Length));
    }

    [Test]
    public void Road_evaluates_neither_end_and_each_number_of_pixels_once()
    {
        var map = new Attribution([3, 2, 1], [1, 3]);
        PerturbationCurve curve = PerturbationCurve.Road(LinearModel.Of(1, 1, 1), [1, 1, 1], [1, 1, 3], map);
        Assert.That(curve.Shares.ToArray(), Is.EqualTo(new[] { 1 / 3.0, 2 / 3.0 }).Within(1e-15));
        Assert.That(
            () => PerturbationCurve.Road(LinearModel.Of(1), [1], [1, 1, 1], new Attribution([1], [1, 1])),
            Throws.ArgumentException.With.Message.Contains("at least 2 pixels"));
    }

    [Test]
    public void A_map_takes_all_channels_of_a_place()
    {
        var map = new Attribution([0, 1], [1, 2]);
        PerturbationCurve curve = PerturbationCurve.Deletion(
            Sum, Ones, [2, 1, 2], map, new() { Steps = 2, Baseline = [2] });
        Assert.That(curve.Scores.ToArray(), Is.EqualTo(new double[] { 10, 14, 20 }), "3 and 1 are doubled, then all");
        Assert.That(
            () => PerturbationCurve.Deletion(Sum, Ones, [2, 1, 2], new Attribution([1, 2, 3], [3])),
            Throws.ArgumentException.With.Property("ParamName").EqualTo("attribution"));
    }

    [Test]
    public void Road_fills_in_from_the_neighbors()
    {
        // A slope of one is its own infill inside; the middle row is taken away.
        float[] slope = [.. Enumerable.Range(0, 25).Select(i => (float)(i / 5))];
        var infill = new NoisyInfill(new ExplainedInput(slope, [1, 5, 5]), noise: 0, seed: 0);
        float[] filled = new float[25];
        infill.Fill([10, 11, 12, 13, 14], filled);
        Assert.That(filled, Is.EqualTo(slope).Within(1e-5));
    }

    [Test]
    public void Road_of_a_picture_without_edges_changes_nothing()
    {
        float[] gray = [.. Enumerable.Repeat(3f, 36)];
        Predict sum = (inputs, count, scores) =>
        {
            for (int n = 0; n < count; n++)
                scores[n] = inputs.Slice(n * 36, 36).ToArray().Sum(x => (double)x);
        };
        var map = new Attribution([.. Enumerable.Range(0, 36).Select(i => (double)(i * 7 % 36))], [6, 6]);
        PerturbationCurve curve = PerturbationCurve.Road(
            sum, gray, [1, 6, 6], map, leastFirst: true, new() { Steps = 10, Noise = 0 });
        Assert.That(curve.Shares.ToArray(), Is.EqualTo(new[] { 4, 7, 11, 14, 18, 22, 25, 29, 32 }.Select(count => count / 36.0)));
        Assert.That(curve.Scores.ToArray(), Is.All.EqualTo(108).Within(1e-4));
    }

    [Test]
    public void Road_tells_good_explanations_from_bad()
    {
        // A bright spot on a dark picture; the score is the spot.
        float[] picture = new float[64];
        double[] truth = new double[64];
        foreach (int i in (int[])[27, 28, 35, 36])
            (picture[i], truth[i]) = (1, 1);
        Predict spot = (inputs, count, scores) =>
        {
            for (int n = 0; n < count; n++)
            {
                ReadOnlySpan<float> x = inputs.Slice(n * 64, 64);
                scores[n] = x[27] + x[28] + x[35] + x[36];
            }
        };
        var map = new Attribution(truth, [8, 8]);
        double most = PerturbationCurve.Road(spot, picture, [1, 8, 8], map).Area;
        double least = PerturbationCurve.Road(spot, picture, [1, 8, 8], map, leastFirst: true).Area;
        Assert.That((least - most) / 2, Is.GreaterThan(1));
    }

    [Test]
    public void Climbing_raises_the_score()
    {
        // −|x − 1|²: the top is at one.
        Gradient hill = (inputs, _, scores, gradients) =>
        {
            scores[0] = 0;
            for (int i = 0; i < inputs.Length; i++)
            {
                scores[0] -= Math.Pow(inputs[i] - 1, 2);
                gradients[i] = 2 * (1 - inputs[i]);
            }
        };
        MaximizedInput reached = ActivationMaximization.Climb(
            hill, [1, 2, 2], new() { LearningRate = 0.1, Steps = 10 });
        Assert.That(reached.Scores.Length, Is.EqualTo(11));
        Assert.That(reached.Scores[10], Is.GreaterThan(-0.1).And.GreaterThan(reached.Scores[0]));
        Assert.That(reached.Shape.ToArray(), Is.EqualTo(new[] { 1, 2, 2 }));
        Assert.That(
            ActivationMaximization.Climb(hill, [4], new() { Start = [0, 0, 0, 0], Steps = 1 }).Values.ToArray(),
            Is.EqualTo(new float[] { 1, 1, 1, 1 }).Within(1e-5));
    }

    [Test]
    public void Climbing_a_plain_stays_where_it_was()
    {
        Gradient plain = (_, _, scores, gradients) =>
        {
            scores.Fill(2);
            gradients.Clear();
        };
        MaximizedInput reached = ActivationMaximization.Climb(plain, [2], new() { Start = [5, 6] });
        Assert.That(reached.Values.ToArray(), Is.EqualTo(new float[] { 5, 6 }));
        Assert.That(() => ActivationMaximization.Climb(plain, [2, 0]), Throws.ArgumentException);
        Assert.That(() => ActivationMaximization.Climb(plain, []), Throws.ArgumentException);
    }
}
