using TorchBoard.Interpretation;

namespace TorchBoard.Tests.Interpretation;

internal sealed class PermutationImportanceTests
{
    [Test]
    public void With_two_rows_the_drop_is_zero_or_that_of_the_exchange()
    {
        // y = 2a − b; exchanging a moves both predictions by 2·3, b by 1·4.
        var table = new FeatureTable([1, 8, 7, 4, 4, 7], ["a", "b", "constant"]);
        double[] targets = [-6, 4];
        PermutationImportance importance = PermutationImportance.Explain(
            LinearModel.Of(2, -1, 9), table, scores => -MeanSquare(scores, targets, 63), repeats: 20);

        double[][] drops = [.. importance.Drops.ToArray().Chunk(20)];
        using (Assert.EnterMultipleScope())
        {
            Assert.That(importance.Measure, Is.Zero.Within(1e-9));
            Assert.That(drops[0].Distinct().Order(), Is.EqualTo(new double[] { 0, 36 }).Within(1e-9));
            Assert.That(drops[1].Distinct().Order(), Is.EqualTo(new double[] { 0, 16 }).Within(1e-9));
            Assert.That(drops[2], Is.All.Zero, "a constant feature");
            Assert.That(importance.Means()[0], Is.EqualTo(36.0 * drops[0].Count(drop => drop > 0) / 20).Within(1e-9));
            double share = drops[0].Count(drop => drop > 0) / 20.0;
            Assert.That(
                importance.StandardDeviations()[0], Is.EqualTo(36 * Math.Sqrt(share * (1 - share))).Within(1e-9));
        }
    }

    [Test]
    public void Of_a_linear_model_of_standardized_features_it_is_twice_the_squared_weight()
    {
        // scikit-learn's test_permutation_importance_linear_regresssion.
        const int rows = 500;
        double[] weights = [1.5, -1, 0, 0.5];
        float[] values = Standardized(rows, weights.Length);
        double[] targets = new double[rows];
        LinearModel.Of(weights)(values, rows, targets);

        PermutationImportance importance = PermutationImportance.Explain(
            LinearModel.Of(weights), new FeatureTable(values, weights.Length),
            scores => -MeanSquare(scores, targets, 0), repeats: 50);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(importance.Means(), Is.EqualTo(weights.Select(w => 2 * w * w)).Within(0.1));
            Assert.That(importance.Means()[2], Is.Zero);
            Assert.That((importance.Repeats, importance.Measure), Is.EqualTo((50, 0.0)));
        }
    }

    [Test]
    public void The_model_evaluates_each_row_once_and_once_for_each_feature_and_repeat()
    {
        int evaluated = 0;
        Predict counting = (inputs, count, scores) =>
        {
            evaluated += count;
            LinearModel.Of(1, 2)(inputs, count, scores);
        };
        var table = new FeatureTable([1, 2, 3, 4, 5, 6], 2);
        double[] First(int batch, int seed) => PermutationImportance.Explain(
            counting, table, scores => scores[0], 3, new() { BatchSize = batch, Seed = seed }).Drops.ToArray();

        double[] drops = First(32, 0);
        Assert.That(evaluated, Is.EqualTo(3 * (1 + (2 * 3))));
        Assert.That(First(1, 0), Is.EqualTo(drops), "batches change nothing");
        Assert.That(Enumerable.Range(1, 5).Select(seed => First(32, seed)), Has.Some.Not.EqualTo(drops), "seeds do");
    }

    [Test]
    public void One_row_has_nothing_to_shuffle()
    {
        PermutationImportance importance =
            PermutationImportance.Explain(LinearModel.Of(1, 2), new FeatureTable([3, 4], 2), scores => scores[0]);
        Assert.That(importance.Means(), Is.EqualTo(new double[] { 0, 0 }));
        Assert.That(importance.Measure, Is.EqualTo(11));
    }

    [Test]
    public void Scores_and_measures_that_are_not_finite_are_refused()
    {
        var table = new FeatureTable([3, 4], ["a", "b"]);
        int calls = 0;
        Refusal.Of(
            "measure", () => PermutationImportance.Explain(LinearModel.Of(1, 2), table, _ => double.NaN),
            "the unchanged table is NaN");
        Refusal.Of(
            "measure",
            () => PermutationImportance.Explain(LinearModel.Of(1, 2), table, _ => calls++ == 5 ? 1 / 0.0 : 0, repeats: 4),
            "'b' shuffled");
        Refusal.Of("predict", () => PermutationImportance.Explain(LinearModel.Of(double.NaN, 1), table, _ => 0), "NaN");
        Refusal.Of("repeats", () => PermutationImportance.Explain(LinearModel.Of(1, 2), table, _ => 0, repeats: 0));
    }

    private static double MeanSquare(double[] scores, double[] targets, double offset) =>
        scores.Zip(targets, (score, target) => Math.Pow(score - target - offset, 2)).Average();

    private static float[] Standardized(int rows, int features)
    {
        var random = new Random(5);
        float[] values = new float[rows * features];
        for (int f = 0; f < features; f++)
        {
            double[] column = [.. Enumerable.Range(0, rows).Select(_ => random.NextDouble())];
            double mean = column.Average();
            double deviation = Math.Sqrt(column.Average(value => (value - mean) * (value - mean)));
            for (int row = 0; row < rows; row++)
                values[(row * features) + f] = (float)((column[row] - mean) / deviation);
        }

        return values;
    }
}
