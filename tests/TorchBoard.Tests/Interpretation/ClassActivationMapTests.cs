using TorchBoard.Interpretation;

namespace TorchBoard.Tests.Interpretation;

internal sealed class ClassActivationMapTests
{
    private const double SixDigits = 5e-7;

    private static readonly LayerActivations Convolution = LayerOf(afterRelu: false);
    private static readonly LayerActivations Relu = LayerOf(afterRelu: true);

    [Test]
    public void GradCam_weighs_channels_by_their_mean_gradient()
    {
        AssertValues(ClassActivationMap.RawMap(CamMethod.GradCam, Convolution), 11.25, 13.5, 20.25, 22.5);
        AssertValues(ClassActivationMap.RawMap(CamMethod.GradCam, Relu), 0, 4, 28, 32.5);
    }

    [TestCase(CamMethod.HiResCam, 0, 4, 25, 25)]
    [TestCase(CamMethod.LayerCam, 0, 4, 31, 40)]
    [TestCase(CamMethod.ElementWise, 0, 4, 31, 40)]
    [TestCase(CamMethod.GradCamPlusPlus, -0.208333, 0.166667, 1.291667, 1.666667)]
    public void Raw_maps_keep_their_signs(CamMethod method, double a, double b, double c, double d) =>
        AssertValues(ClassActivationMap.RawMap(method, Convolution), a, b, c, d);

    [Test]
    public void XGradCam_weighs_channels_by_their_share_of_the_score()
    {
        double[] weights = ClassActivationMap.ChannelWeights(CamMethod.XGradCam, Convolution);
        Assert.That(weights, Is.EqualTo(new[] { 1.071429, 0.7 }).Within(SixDigits));
    }

    [Test]
    public void AblationCam_weights_channels_by_the_drop_of_the_score()
    {
        double[] weights = AblationCam.ChannelWeights(ConvolutionNetwork.PredictFromConvolution, Convolution);
        Assert.That(weights, Is.EqualTo(new[] { 1, -0.388889 }).Within(SixDigits));
        weights = AblationCam.ChannelWeights(ConvolutionNetwork.PredictFromConvolution, Relu, new() { BatchSize = 1 });
        Assert.That(weights, Is.EqualTo(new[] { 1, -0.388889 }).Within(SixDigits), "channels whose minimum is 0");
    }

    [Test]
    public void AblationCam_of_a_score_of_zero_keeps_the_differences()
    {
        Predict sumLessTotal = (activations, count, scores) =>
        {
            for (int n = 0; n < count; n++)
                scores[n] = activations[n * 2] - activations[(n * 2) + 1];
        };
        var layer = new LayerActivations([3, 3], [], [2, 1, 1]);
        double[] weights = AblationCam.ChannelWeights(sumLessTotal, layer);
        Assert.That(weights, Is.EqualTo(new double[] { 10_000_000, -10_000_000 }).Within(1e-3));
    }

    [Test]
    public void ScoreCam_weighs_channels_by_the_softmax_of_the_score_seen_through_them()
    {
        // Of the picture 1 2; 3 4 the channels let 1 and 2 through, or the right column.
        Predict sum = (pictures, count, scores) =>
        {
            for (int n = 0; n < count; n++)
                scores[n] = pictures[n * 4] + pictures[(n * 4) + 1] + pictures[(n * 4) + 2] + pictures[(n * 4) + 3];
        };
        var layer = new LayerActivations([5, 5, 1, 1, -1, 1, -1, 1], [], [2, 2, 2]);
        double[] weights = ScoreCam.ChannelWeights(sum, [1, 2, 3, 4], [1, 2, 2], layer);
        double first = 1 / (1 + Math.Exp(3));
        Assert.That(weights, Is.EqualTo(new[] { first, 1 - first }).Within(SixDigits));
        Assert.That(ScoreCam.Explain(sum, [1, 2, 3, 4], [1, 2, 2], layer).Shape.ToArray(), Is.EqualTo(new[] { 2, 2 }));
    }

    [Test]
    public void ScoreCam_resizes_with_the_corners_in_place()
    {
        float[] seen = [];
        Predict look = (pictures, _, scores) =>
        {
            seen = pictures.ToArray();
            scores[0] = 1;
        };
        float[] picture = [.. Enumerable.Repeat(1f, 16)];
        ScoreCam.ChannelWeights(look, picture, [1, 4, 4], new LayerActivations([0, 1, 2, 3], [], [1, 2, 2]));
        Assert.That(seen[..4], Is.EqualTo(new[] { 0, 1 / 9f, 2 / 9f, 1 / 3f }).Within(1e-6));
        Assert.That(seen[15], Is.EqualTo(1).Within(1e-6));
    }

    [Test]
    public void Cam_weighs_channels_by_the_weights_of_the_class() =>
        AssertValues(ClassActivationMap.RawMap(Relu, [2, -1]), 0, 8, 56, 65);

    [Test]
    public void The_map_for_a_picture_is_scaled_before_and_after_it_is_resized()
    {
        Attribution map = ClassActivationMap.Scale([new Attribution([1, 3, 5, 9], [2, 2])], 4, 4);
        Assert.That(map.Shape.ToArray(), Is.EqualTo(new[] { 4, 4 }));
        Assert.That(
            map.Values[..8].ToArray(),
            Is.EqualTo(new[] { 0, 0.0625, 0.1875, 0.25, 0.125, 0.203125, 0.359375, 0.4375 }).Within(SixDigits));
    }

    [Test]
    public void Several_layers_are_averaged_and_scaled_again()
    {
        Attribution map = ClassActivationMap.Scale(
            [new Attribution([0, 2, 4, 8], [2, 2]), new Attribution([3, -5], [1, 2])], 1, 2);

        // Each resized to 1×2: [.375, .75·…] is the mean of rows; [1, 0] as it is.
        Assert.That(map.Values.ToArray(), Is.EqualTo(new[] { 1.0, 0 }).Within(1e-6));
        Attribution both = ClassActivationMap.Explain(CamMethod.GradCam, [Convolution, Relu], 2, 2);
        double middle = ((2.25 / 11.25) + (4 / 32.5)) / 2;
        double lower = ((9 / 11.25) + (28 / 32.5)) / 2;
        Assert.That(both.Values.ToArray(), Is.EqualTo(new[] { 0, middle, lower, 1 }).Within(1e-6));
    }

    [Test]
    public void EigenCam_is_the_first_principal_component_with_its_peak_above_zero()
    {
        // Both channels rise along one line: (0, 0), (1, 2), (2, 4), (9, 18), less the mean (3, 6); its length is √5.
        var layer = new LayerActivations([0, 1, 2, 9, 0, 2, 4, 18], [], [2, 2, 2]);
        double root = Math.Sqrt(5);
        AssertValues(ClassActivationMap.RawMap(CamMethod.EigenCam, layer), -3 * root, -2 * root, -root, 6 * root);

        var negated = new LayerActivations([0, -1, -2, -9, 0, -2, -4, -18], [], [2, 2, 2]);
        AssertValues(ClassActivationMap.RawMap(CamMethod.EigenCam, negated), -3 * root, -2 * root, -root, 6 * root);
    }

    [Test]
    public void EigenCam_is_the_same_by_way_of_places_or_channels()
    {
        // Twice the channels of a layer stretch its map by √2; with 8 channels of 4 places the other way is taken.
        var random = new Random(3);
        float[] activations = [.. Enumerable.Range(0, 16).Select(_ => random.NextSingle())];
        var few = new LayerActivations(activations, [], [4, 2, 2]);
        var many = new LayerActivations([.. activations, .. activations], [], [8, 2, 2]);
        double[] expected = Array.ConvertAll(
            ClassActivationMap.RawMap(CamMethod.EigenCam, few).Values.ToArray(), value => value * Math.Sqrt(2));
        AssertValues(ClassActivationMap.RawMap(CamMethod.EigenCam, many), expected);
    }

    [Test]
    public void Eigen_smoothing_is_the_component_of_the_parts_of_a_map()
    {
        // Weights 2 and −1 of the channels above: 2·a and −2·a, of which the component is √8·(a − mean of a).
        var layer = new LayerActivations([0, 1, 2, 9, 0, 2, 4, 18], [2, 2, 2, 2, -1, -1, -1, -1], [2, 2, 2]);
        double root = Math.Sqrt(8);
        double[] expected = [-3 * root, -2 * root, -root, 6 * root];
        AssertValues(ClassActivationMap.RawMap(CamMethod.GradCam, layer, eigenSmoothing: true), expected);
        AssertValues(ClassActivationMap.RawMap(layer, [2, -1], eigenSmoothing: true), expected);
        AssertValues(ClassActivationMap.RawMap(CamMethod.HiResCam, layer, eigenSmoothing: true), expected);

        // Without the negative channel, 2·a alone.
        AssertValues(
            ClassActivationMap.RawMap(CamMethod.LayerCam, layer, eigenSmoothing: true), -6, -4, -2, 12);
        foreach (CamMethod method in (CamMethod[])[CamMethod.EigenCam, CamMethod.EigenGradCam])
        {
            AssertValues(
                ClassActivationMap.RawMap(method, layer, eigenSmoothing: true),
                ClassActivationMap.RawMap(method, layer).Values.ToArray());
        }

        Attribution map = ClassActivationMap.Explain(CamMethod.GradCam, layer, 2, 2, eigenSmoothing: true);
        Assert.That(map.Values.ToArray(), Is.EqualTo(new double[] { 0, 0, 0, 1 }).Within(1e-6));
    }

    [Test]
    public void EigenGradCam_is_the_component_of_gradients_times_activations()
    {
        var product = new LayerActivations([0, 2, -3, 8], [], [1, 2, 2]);
        var layer = new LayerActivations([1, 2, 3, 4], [0, 1, -1, 2], [1, 2, 2]);
        AssertValues(
            ClassActivationMap.RawMap(CamMethod.EigenGradCam, layer),
            ClassActivationMap.RawMap(CamMethod.EigenCam, product).Values.ToArray());
    }

    [Test]
    public void A_batch_has_a_map_for_each_picture()
    {
        float[] activations = ConvolutionNetwork.Convolution(ConvolutionNetwork.Picture);
        (_, float[] gradients, _) = ConvolutionNetwork.Backward(ConvolutionNetwork.Picture, ReluRule.Plain);
        float[] twice = Array.ConvertAll(activations, a => 2 * a);
        var batch = new LayerActivations([.. activations, .. twice], [.. gradients, .. gradients], [2, 2, 2, 2]);
        Attribution raw = ClassActivationMap.RawMap(CamMethod.GradCam, batch);
        AssertValues(raw, 11.25, 13.5, 20.25, 22.5, 22.5, 27, 40.5, 45);
        Assert.That(raw.Shape.ToArray(), Is.EqualTo(new[] { 2, 2, 2 }));

        Attribution map = ClassActivationMap.Explain(CamMethod.GradCam, batch, 4, 4);
        Assert.That(map.Shape.ToArray(), Is.EqualTo(new[] { 2, 4, 4 }));
        double[] first = map.Values[..16].ToArray();
        Assert.That(map.Values[16..].ToArray(), Is.EqualTo(first).Within(1e-6));
    }

    [Test]
    public void Tokens_of_a_transformer_become_planes_without_the_class_token()
    {
        // Five tokens of two features: the class, then four patches.
        float[] tokens = [-1, -2, 1, 10, 2, 20, 3, 30, 4, 40];
        LayerActivations layer = LayerActivations.FromTokens(tokens, [], [5, 2]);
        Assert.That((layer.Channels, layer.Height, layer.Width), Is.EqualTo((2, 2, 2)));
        AssertValues(ClassActivationMap.RawMap(layer, [1, 0]), 1, 2, 3, 4);
        AssertValues(ClassActivationMap.RawMap(layer, [0, 1]), 10, 20, 30, 40);

        LayerActivations wide = LayerActivations.FromTokens(
            tokens.AsSpan(2), [], [1, 4, 2], width: 4, leadingTokens: 0);
        Assert.That(ClassActivationMap.RawMap(wide, [1, 0]).Shape.ToArray(), Is.EqualTo(new[] { 1, 1, 4 }));
    }

    [Test]
    public void Layers_of_the_wrong_rank_are_refused_with_the_remedy()
    {
        ArgumentException tokens = Assert.Throws<ArgumentException>(
            () => new LayerActivations(new float[197 * 8], [], [197, 8]));
        Assert.That(tokens.Message, Does.Contain("[197, 8]").And.Contain("FromTokens"));
        ArgumentException count = Assert.Throws<ArgumentException>(
            () => LayerActivations.FromTokens(new float[197 * 8], [], [197, 8], 14, 13));
        Assert.That(count.Message, Does.Contain("183").And.Contain("197"));
        Assert.Throws<ArgumentException>(() => new LayerActivations(new float[8], new float[4], [2, 2, 2]));
        Assert.Throws<ArgumentException>(() => new LayerActivations(new float[8], [], [2, 2, 3]));
        Assert.Throws<ArgumentException>(() => new LayerActivations([1, float.NaN], [], [1, 1, 2]));
    }

    [Test]
    public void A_method_that_needs_gradients_says_so() =>
        Assert.That(
            () => ClassActivationMap.RawMap(CamMethod.LayerCam, new LayerActivations(new float[4], [], [1, 2, 2])),
            Throws.ArgumentException.With.Message.Contains("LayerCam needs the layer's gradients"));

    [Test]
    public void Maps_that_do_not_fit_together_are_refused()
    {
        var map = new Attribution([1, 2], [1, 2]);
        var batch = new Attribution([1, 2], [2, 1, 1]);
        using (Assert.EnterMultipleScope())
        {
            Assert.Throws<ArgumentException>(() => ClassActivationMap.Scale([], 4, 4));
            Assert.Throws<ArgumentException>(() => ClassActivationMap.Scale([map, batch], 4, 4));
            Assert.Throws<ArgumentException>(() => ClassActivationMap.Scale([new Attribution([1, 2], [2])], 4, 4));
            Assert.Throws<ArgumentNullException>(() => ClassActivationMap.Scale([map, null!], 4, 4));
            Assert.Throws<ArgumentOutOfRangeException>(() => ClassActivationMap.Scale([map], 0, 4));
        }
    }

    [TestCase(CamMethod.GradCam)]
    [TestCase(CamMethod.GradCamPlusPlus)]
    [TestCase(CamMethod.XGradCam)]
    [TestCase(CamMethod.EigenCam)]
    [TestCase(CamMethod.EigenGradCam)]
    public void Constant_layers_give_a_blank_map(CamMethod method)
    {
        foreach (float activation in (float[])[0, 3])
        {
            float[] activations = [.. Enumerable.Repeat(activation, 8)];
            var layer = new LayerActivations(activations, new float[8], [2, 2, 2]);
            Attribution map = ClassActivationMap.Explain(method, layer, 8, 8);
            Assert.That(map.IsAllZero, $"{activation}");
        }
    }

    private static LayerActivations LayerOf(bool afterRelu)
    {
        float[] maps = ConvolutionNetwork.Convolution(ConvolutionNetwork.Picture);
        (float[] byRelu, float[] byConvolution, _) =
            ConvolutionNetwork.Backward(ConvolutionNetwork.Picture, ReluRule.Plain);
        return afterRelu
            ? new LayerActivations(ConvolutionNetwork.Relu(maps), byRelu, ConvolutionNetwork.LayerShape)
            : new LayerActivations(maps, byConvolution, ConvolutionNetwork.LayerShape);
    }

    private static void AssertValues(Attribution attribution, params double[] expected) =>
        Assert.That(attribution.Values.ToArray(), Is.EqualTo(expected).Within(SixDigits));
}
