using TorchBoard.Interpretation;

namespace TorchBoard.Tests.Interpretation;

internal sealed class PerturbationTests
{
    private const double SixDigits = 5e-7;

    [Test]
    public void Feature_ablation_is_the_drop_of_the_score()
    {
        AssertValues(FeatureAblation.Explain(SumNetwork.Predict, SumNetwork.Input), 80, 200, 120);
        AssertValues(
            FeatureAblation.Explain(SumNetwork.Predict, SumNetwork.Input, options: new() { Groups = [0, 0, 1] }),
            280, 280, 120);
        AssertValues(
            FeatureAblation.Explain(
                SumNetwork.Predict, SumNetwork.Input, options: new() { Groups = [0, 0, 1], Baseline = [4] }),
            248, 248, 104);
    }

    [Test]
    public void Occlusion_is_the_mean_over_the_windows_that_hide_a_number()
    {
        AssertValues(
            Occlusion.Explain(SumNetwork.Predict, SumNetwork.Input, [3], [2], new() { Baseline = [10] }),
            200, 220, 240);
        AssertValues(Occlusion.Explain(SumNetwork.Predict, [2, 10, 3], [3], [1]), 8, 35, 12);
    }

    [Test]
    public void A_window_hides_all_channels_and_reaches_over_the_edge()
    {
        // Two channels of 1×3, of which the score is the weighted sum.
        Predict weighted = LinearModel.Of(1, 2, 4, 8, 16, 32);
        float[] ones = [1, 1, 1, 1, 1, 1];
        Attribution attribution = Occlusion.Explain(weighted, ones, [2, 1, 3], [1, 2], new() { Strides = [1, 2] });
        AssertValues(attribution, 27, 27, 36, 27, 27, 36);
        Assert.That(attribution.Score, Is.EqualTo(63));
    }

    [Test]
    public void Exact_Shapley_values_are_the_mean_over_all_orders()
    {
        Attribution attribution = ShapleyValues.Explain(SumNetwork.Predict, SumNetwork.Input);
        AssertValues(attribution, 230 / 3.0, 590 / 3.0, 350 / 3.0);
        AssertComplete(attribution);
        Attribution kernel = KernelShap.Explain(SumNetwork.Predict, SumNetwork.Input);
        AssertValues(kernel, 230 / 3.0, 590 / 3.0, 350 / 3.0);
        AssertComplete(kernel);
    }

    [Test]
    public void KernelShap_explains_groups()
    {
        Attribution attribution = KernelShap.Explain(
            SumNetwork.Predict, SumNetwork.Input, options: new() { Groups = [0, 0, 1] });
        AssertValues(attribution, 275, 275, 115);
        Assert.That(attribution.FeatureValues.ToArray(), Is.EqualTo(new double[] { 275, 115 }).Within(SixDigits));
        AssertComplete(attribution);
    }

    [Test]
    public void Sampled_Shapley_values_lie_within_their_stated_error()
    {
        Attribution exact = ShapleyValues.Explain(Interacting, Wave(10));
        Attribution sampled = ShapleySampling.Explain(
            Interacting, Wave(10), options: new() { Permutations = 400, Seed = 2 });
        for (int i = 0; i < 10; i++)
            Assert.That(sampled.Values[i], Is.EqualTo(exact.Values[i]).Within(4 * sampled.StandardErrors[i]), $"{i}");
        AssertComplete(sampled);
    }

    [TestCase(10, 1022, 1e-9)]
    [TestCase(11, 2046, 1e-9)]
    [TestCase(12, 1000, 0.02)]
    [TestCase(15, 600, 0.05)]
    public void KernelShap_is_exact_where_all_coalitions_fit_and_close_where_not(
        int features, int coalitions, double within)
    {
        Attribution exact = ShapleyValues.Explain(Interacting, Wave(features));
        var options = new KernelShapOptions { Coalitions = coalitions };
        Attribution kernel = KernelShap.Explain(Interacting, Wave(features), options: options);
        Assert.That(kernel.Values.ToArray(), Is.EqualTo(exact.Values.ToArray()).Within(within));
        AssertComplete(kernel);
    }

    [TestCase(3, 2)]
    [TestCase(10, 7)]
    [TestCase(100, 90)]
    [TestCase(100, 150)]
    public void KernelShap_of_equal_features_gives_them_equal_values_however_few_the_coalitions(int features, int coalitions)
    {
        float[] ones = [.. Enumerable.Repeat(1f, features)];
        double[] weights = [.. Enumerable.Repeat(1.0, features)];
        Attribution attribution = KernelShap.Explain(
            LinearModel.Of(weights), ones, options: new() { Coalitions = coalitions });
        Assert.That(attribution.Values.ToArray(), Is.All.EqualTo(1).Within(1e-9));
        Assert.That(attribution.Rank, Is.InRange(2, features - 1));
    }

    [Test]
    public void KernelShap_with_two_coalitions_knows_one_feature_and_divides_the_rest()
    {
        Attribution attribution = KernelShap.Explain(
            LinearModel.Of(1, 2, 6), [1, 1, 1], options: new() { Coalitions = 2 });
        double[][] possible = [[1, 4, 4], [3.5, 2, 3.5], [1.5, 1.5, 6]];
        Assert.That(possible, Has.One.EqualTo(attribution.Values.ToArray()).Within(1e-9));
        Assert.That(attribution.Rank, Is.EqualTo(2));
    }

    [Test]
    public void KernelShap_tells_that_its_coalitions_determine_every_value() =>
        Assert.That(KernelShap.Explain(LinearModel.Of(1, 2, 6), [1, 1, 1]).Rank, Is.EqualTo(3));

    [TestCase(nameof(KernelShap))]
    [TestCase(nameof(Lime))]
    [TestCase(nameof(ShapleySampling))]
    public void Ten_times_as_many_coalitions_take_no_more_memory(string method)
    {
        Predict sum = LinearModel.Of([.. Enumerable.Repeat(1.0, 30)]);
        float[] ones = [.. Enumerable.Repeat(1f, 30)];
        Allocated(1);
        Assert.That(Allocated(10) - Allocated(1), Is.LessThan(20_000));

        long Allocated(int times)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            _ = method switch
            {
                nameof(KernelShap) => KernelShap.Explain(sum, ones, options: new() { Coalitions = 3000 * times }),
                nameof(Lime) => Lime.Explain(sum, ones, options: new() { Samples = 3000 * times }),
                _ => ShapleySampling.Explain(sum, ones, options: new() { Permutations = 100 * times }),
            };
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }
    }

    [Test]
    public void KernelShap_evaluates_no_more_than_its_budget()
    {
        int asked = 0;
        Predict counting = (inputs, count, scores) =>
        {
            asked += count;
            Interacting(inputs, count, scores);
        };
        KernelShap.Explain(counting, Wave(30), options: new() { Coalitions = 500 });
        Assert.That(asked, Is.EqualTo(502));
        asked = 0;
        KernelShap.Explain(counting, Wave(10));
        Assert.That(asked, Is.EqualTo(1024), "all there are");
    }

    [Test]
    public void Shapley_values_of_a_linear_model_are_weight_times_difference()
    {
        float[] input = [5, -2, 0.5f, 7];
        double[] expected = [4, -6, -1.5, 24];
        Predict linear = LinearModel.Of(1, 2, 3, 4);
        AssertValues(ShapleyValues.Explain(linear, input, options: new() { Baseline = [1] }), expected);
        AssertValues(
            ShapleySampling.Explain(linear, input, options: new() { Baseline = [1], Permutations = 3 }), expected);
        AssertValues(KernelShap.Explain(linear, input, options: new() { Baseline = [1] }), expected);
        AssertValues(FeatureAblation.Explain(linear, input, options: new() { Baseline = [1] }), expected);
    }

    [Test]
    public void Rows_of_baselines_are_averaged()
    {
        float[] rows = [0, 0, 0, 0, 2, 4, 6, 8];
        double[] expected = [0, 0, 0, 0];
        Predict linear = LinearModel.Of(1, 2, 3, 4);
        AssertValues(KernelShap.Explain(linear, [1, 2, 3, 4], options: new() { Baseline = rows }), expected);
        Attribution first = ShapleyValues.Explain(
            linear, [1, 2, 3, 4], options: new() { Baseline = rows, MaxBaselineRows = 1, Seed = 1 });
        Assert.That(Math.Abs(first.Values[0]), Is.EqualTo(1).Within(1e-9), "one of the two rows");
    }

    [Test]
    public void Features_that_do_nothing_get_nothing_and_equal_features_get_the_same()
    {
        Predict product = (inputs, count, scores) =>
        {
            for (int n = 0; n < count; n++)
                scores[n] = (double)inputs[4 * n] * inputs[(4 * n) + 1] * inputs[(4 * n) + 2];
        };
        foreach (Attribution attribution in (Attribution[])
            [
                ShapleyValues.Explain(product, [2, 2, 2, 9]),
                KernelShap.Explain(product, [2, 2, 2, 9]),
            ])
        {
            AssertValues(attribution, 8 / 3.0, 8 / 3.0, 8 / 3.0, 0);
            AssertComplete(attribution);
        }
    }

    [Test]
    public void A_single_feature_has_the_whole_difference()
    {
        Predict linear = LinearModel.Of(3);
        AssertValues(KernelShap.Explain(linear, [2]), 6);
        AssertValues(ShapleyValues.Explain(linear, [2]), 6);
        AssertValues(ShapleySampling.Explain(linear, [2]), 6);
    }

    [Test]
    public void Groups_of_a_plane_are_shared_by_the_channels()
    {
        Attribution attribution = FeatureAblation.Explain(
            LinearModel.Of(1, 2, 4, 8), [1, 1, 1, 1], [2, 1, 2], new() { Groups = [7, 3] });
        AssertValues(attribution, 5, 10, 5, 10);
        Assert.That(
            attribution.FeatureValues.ToArray(), Is.EqualTo(new double[] { 10, 5 }), "in the order of the numbers");
    }

    [Test]
    public void The_same_seed_gives_the_same_for_every_batch_size()
    {
        double[] shap = Shap(32);
        double[] shapley = Sample(32);
        foreach (int size in (int[])[1, 7, 1000])
        {
            Assert.That(Shap(size), Is.EqualTo(shap));
            Assert.That(Sample(size), Is.EqualTo(shapley));
        }

        double[] Shap(int size) =>
            KernelShap.Explain(Interacting, Wave(20), options: new() { Coalitions = 300, BatchSize = size })
                .Values.ToArray();
        double[] Sample(int size) =>
            ShapleySampling.Explain(Interacting, Wave(20), options: new() { BatchSize = size }).Values.ToArray();
    }

    [Test]
    public void A_constant_model_is_explained_by_nothing()
    {
        Predict constant = (_, _, scores) => scores.Fill(5);
        Assert.That(KernelShap.Explain(constant, Wave(6)).IsAllZero);
        Assert.That(ShapleySampling.Explain(constant, Wave(6)).IsAllZero);
        Assert.That(Occlusion.Explain(constant, Wave(6), [2, 3], [1, 1]).IsAllZero);
    }

    [Test]
    public void Progress_ends_at_one_and_cancellation_stops_the_work()
    {
        var shares = new List<double>();
        using var stop = new CancellationTokenSource();
        var options = new KernelShapOptions { Progress = new Reports(shares.Add) };
        KernelShap.Explain(Interacting, Wave(8), options: options);
        Assert.That(shares, Is.Ordered.And.Count.EqualTo(8));
        Assert.That(shares[^1], Is.EqualTo(1));
        stop.Cancel();
        Assert.Throws<OperationCanceledException>(
            () => KernelShap.Explain(Interacting, Wave(8), options: options, cancellationToken: stop.Token));
    }

    [Test]
    public void Errors_name_the_argument_and_what_is_expected()
    {
        Predict linear = LinearModel.Of(1, 2, 3, 4);
        Predict broken = (_, _, scores) => scores.Fill(double.NaN);
        float[] four = [1, 2, 3, 4];
        using (Assert.EnterMultipleScope())
        {
            Refuses(() => KernelShap.Explain(linear, [1, 2, 3, 4], [2, 3]), "shape", "[2, 3]");
            Refuses(() => KernelShap.Explain(linear, []), "input", "at least one value");
            Refuses(() => KernelShap.Explain(linear, [1, float.NaN]), "input", "NaN");
            Refuses(
                () => KernelShap.Explain(linear, four, options: new() { Baseline = [1, 2, 3] }), "baseline", "of 4");
            Refuses(() => FeatureAblation.Explain(linear, four, options: new() { Groups = [1, 2, 3] }), "groups", "4");
            Refuses(() => ShapleyValues.Explain(linear, new float[21]), "input", "20");
            Refuses(() => Occlusion.Explain(linear, [1, 2, 3, 4], [2, 2], [3, 1]), "window", "between 1 and 2");
            Refuses(
                () => Occlusion.Explain(linear, four, [2, 2], [1, 1], new() { Strides = [2] }),
                "strides",
                "window's size, 1;");
            Refuses(() => FeatureAblation.Explain(broken, [1, 2]), "predict", "NaN");
            Refuses(() => _ = new BatchOptions { BatchSize = 0 }, "BatchSize", "must be at least 1");
        }
    }

    private static void Refuses(Action call, string argument, string says) =>
        Assert.That(
            call,
            Throws.InstanceOf<ArgumentException>()
                .With.Property("ParamName").EqualTo(argument).And.Message.Contains(says));

    private static float[] Wave(int length) => [.. Enumerable.Range(0, length).Select(i => 1 + (float)Math.Sin(i))];

    /// <summary>A score with interactions between neighbors.</summary>
    private static void Interacting(ReadOnlySpan<float> inputs, int count, Span<double> scores)
    {
        int length = inputs.Length / count;
        for (int n = 0; n < count; n++)
        {
            ReadOnlySpan<float> x = inputs.Slice(n * length, length);
            double sum = 0;
            for (int i = 0; i < length; i++)
                sum += (x[i] * Math.Cos(i)) + (0.3 * x[i] * x[(i + 1) % length]);
            scores[n] = Math.Tanh(sum / 4);
        }
    }

    private static void AssertComplete(Attribution attribution) =>
        Assert.That(
            attribution.Sum,
            Is.EqualTo(attribution.Score!.Value - attribution.BaselineScore!.Value).Within(1e-12).Percent);

    private static void AssertValues(Attribution attribution, params double[] expected) =>
        Assert.That(attribution.Values.ToArray(), Is.EqualTo(expected).Within(SixDigits));

    private sealed class Reports(Action<double> report) : IProgress<double>
    {
        public void Report(double value) => report(value);
    }
}
