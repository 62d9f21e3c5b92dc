using TorchBoard.Interpretation;
using TorchBoard.Probing;
using TorchSharp;
using static TorchBoard.Tests.Probing.TargetModels;
using static TorchSharp.torch;

namespace TorchBoard.Tests.Probing;

/// <summary>Scores other than a class of [N, classes], for networks that can be computed by hand.</summary>
internal sealed class ModelTargetTests : TensorFixture
{
    [Test]
    public void A_number_is_a_class()
    {
        ModelTarget target = 3;
        Assert.That(target, Is.EqualTo(ModelTarget.Class(3)));
        Assert.That((target.ClassIndex, target.Name), Is.EqualTo(((int?)3, (string?)null)));
        Assert.That((target with { Name = "dog" }).Name, Is.EqualTo("dog"));
        Assert.That(() => ModelTarget.Class(-1), Throws.TypeOf<ArgumentOutOfRangeException>());
    }

    [Test]
    public void A_regression_is_explained_output_by_output()
    {
        // Two values: 2a − b + 1 and a·3.
        using nn.Module<Tensor, Tensor> model = Linear(2, 2, [2, -1, 3, 0], [1, 0]);
        Tensor input = tensor([4f, 5]).reshape(1, 2);
        var first = new ModelScore(model, input, ModelTarget.Output(0));
        var last = new ModelScore(model, input, ModelTarget.Output(-1));

        Assert.That((first.Score, last.Score), Is.EqualTo((4.0, 12.0)));
        Assert.That((first.Target.ClassIndex, first.Target.Name), Is.EqualTo(((int?)null, "output [0]")));
        Assert.That(first.Scores.ToArray(), Is.EqualTo(new[] { 4.0 }), "there are no classes");
        AssertValues(first.Explain(ExplanationMethod.InputTimesGradient), 8, -5);
        AssertValues(first.Explain(ExplanationMethod.KernelShap), 8, -5);
        AssertValues(last.Explain(ExplanationMethod.DeepLift), 12, 0);
        Attribution gradients = last.Explain(ExplanationMethod.IntegratedGradients);
        AssertValues(gradients, 12, 0);
        Assert.That(gradients.Delta, Is.Zero.Within(Tolerance));
    }

    [Test]
    public void Several_inputs_and_classes_are_explained_with_the_calls_of_one_class()
    {
        // Three classes: 2a − b + 1, 3a and 4b.
        using nn.Module<Tensor, Tensor> model = Linear(2, 3, [2, -1, 3, 0, 0, 4], [1, 0, 0]);
        using Tensor inputs = tensor([4f, 5, 1, 2]).reshape(2, 2);
        var score = new ModelScore(model, inputs.narrow(0, 0, 1));

        Attribution[][] each = Attribution.ExplainEach(
            inputs.data<float>().ToArray(), 2, score.PredictClasses, score.Scores.Length,
            (predict, input) => ShapleyValues.Explain(predict, input));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(score.Scores.ToArray(), Is.EqualTo(new[] { 4.0, 12, 20 }));
            AssertValues(each[0][0], 8, -5);
            AssertValues(each[0][1], 12, 0);
            AssertValues(each[1][0], 2, -2);
            AssertValues(each[1][2], 0, 8);
        }
    }

    [Test]
    public void The_scores_of_all_classes_need_classes_and_room()
    {
        using nn.Module<Tensor, Tensor> model = Linear(2, 2, [2, -1, 3, 0], [1, 0]);
        Tensor input = tensor([4f, 5]).reshape(1, 2);
        var value = new ModelScore(model, input, ModelTarget.Output(0));
        var classes = new ModelScore(model, input);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                () => value.PredictClasses([4, 5], 1, new double[2]),
                Throws.InvalidOperationException.With.Message.Contains("a class as target"));
            Assert.That(
                () => classes.PredictClasses([4, 5], 1, new double[1]),
                Throws.ArgumentException.With.Message.Contains("1 × 2 scores, got 1"));
        }
    }

    [Test]
    public void A_single_output_is_no_class()
    {
        using nn.Module<Tensor, Tensor> model = Linear(2, 1, [2, -1], [0]);
        var score = new ModelScore(model, tensor([4f, 5]).reshape(1, 2));
        Assert.That((score.Score, score.Target.ClassIndex, score.Target.Name), Is.EqualTo((3.0, (int?)null, "output [0]")));

        using var flat = new Calling(input => input.sum(1));
        score = new ModelScore(flat, tensor([4f, 5]).reshape(1, 2));
        Assert.That((score.Score, score.Target.Name), Is.EqualTo((9.0, "output")));
    }

    [Test]
    public void Logits_of_a_segmentation_are_summed_over_the_pixels_predicted_as_the_class()
    {
        // Logits x and 2 − x: channel 0 wins at 2 and 3, channel 1 at −4, and 1 is a draw that the first has.
        using var model = new Segmenting();
        var score = new ModelScore(model, Picture(), ModelTarget.Segmentation(0));

        Assert.That(score.Score, Is.EqualTo(6));
        Assert.That(score.Target.ClassIndex, Is.Zero);
        AssertValues(score.Explain(ExplanationMethod.InputTimesGradient), 1, 2, 3, 0);

        // The pixels stay when the input is varied, so the score is linear, and all methods agree.
        AssertValues(score.Explain(ExplanationMethod.IntegratedGradients), 1, 2, 3, 0);
        AssertValues(score.Explain(ExplanationMethod.FeatureAblation), 1, 2, 3, 0);
        AssertValues(score.Explain(ExplanationMethod.KernelShap), 1, 2, 3, 0);

        Attribution other = new ModelScore(model, Picture(), ModelTarget.Segmentation(1))
            .Explain(ExplanationMethod.InputTimesGradient);
        AssertValues(other, 0, 0, 0, 4);
    }

    [Test]
    public void A_mask_weighs_the_pixels_of_a_segmentation()
    {
        using var model = new Segmenting();
        ModelTarget target;
        using (Tensor mask = tensor([1f, 0, 0, 0.5f]).reshape(2, 2))
            target = ModelTarget.Segmentation(1, mask);
        var score = new ModelScore(model, Picture(), target);

        Assert.That(score.Score, Is.EqualTo(1 + (6 / 2.0)));
        AssertValues(score.Explain(ExplanationMethod.InputTimesGradient), -1, 0, 0, 2);
    }

    [Test]
    public void GradCam_of_one_pixel_of_a_segmentation()
    {
        // The logit is what channel 0 of conv, x, has at the pixel: a mean gradient of ¼ for x, and of 0 for −x.
        using var model = new Segmenting();
        Tensor mask = tensor([false, true, false, false]).reshape(2, 2);
        using var probe = new ModelProbe(model, "conv");
        probe.Run(Picture(), ModelTarget.Segmentation(0, mask));

        Assert.That(probe.Scores, Is.EqualTo(new[] { 2.0 }));
        AssertValues(ClassActivationMap.RawMap(CamMethod.GradCam, probe.ToLayer("conv")), 0.25, 0.5, 0.75, -1);

        probe.Run(Picture(), ModelTarget.Output(1, 0, 1));
        Assert.That(probe.Scores, Is.EqualTo(new[] { 0.0 }), "the pixel by its index");
        AssertValues(ClassActivationMap.RawMap(CamMethod.GradCam, probe.ToLayer("conv")), -0.25, -0.5, -0.75, 1);
    }

    [Test]
    public void Each_picture_of_a_batch_has_pixels_of_its_own()
    {
        using var model = new Segmenting();
        using var probe = new ModelProbe(model, "conv");
        probe.Run(cat([Picture(), Picture().flip(3)]), ModelTarget.Segmentation(1));
        Assert.That(probe.Scores, Is.EqualTo(new[] { 6.0, 6 }));
        using var host = new HostTensor(probe.GradientsOf("conv"), ScalarType.Float32);
        Assert.That(host.Values<float>().ToArray(), Is.EqualTo(new float[]
        {
            0, 0, 0, 0, 0, 0, 0, 1,
            0, 0, 0, 0, 0, 0, 1, 0,
        }));
    }

    [Test]
    public void Of_one_channel_the_pixels_above_0_are_predicted()
    {
        using nn.Module<Tensor, Tensor> model = nn.Identity();
        Assert.That(new ModelScore(model, Picture(), ModelTarget.Segmentation(0)).Score, Is.EqualTo(6));
    }

    [Test]
    public void An_embedding_is_as_similar_as_the_cosine_says()
    {
        using nn.Module<Tensor, Tensor> model = Linear(2, 2, [1, 0, 0, 1], [0, 0]);
        ModelTarget target;
        using (Tensor embedding = tensor([5f, 0]))
            target = ModelTarget.Similarity(embedding);
        var score = new ModelScore(model, tensor([3f, 4]).reshape(1, 2), target);

        // cos = a/r, r = 5: its derivatives are b²/r³ and −ab/r³.
        Assert.That(score.Score, Is.EqualTo(0.6).Within(Tolerance));
        Assert.That(score.Target.Name, Is.EqualTo("similarity"));
        float[] gradient = new float[2];
        score.Gradient(score.Input, 1, new double[1], gradient);
        Assert.That(gradient, Is.EqualTo(new[] { 16 / 125f, -12 / 125f }).Within(Tolerance));
        AssertValues(score.Explain(ExplanationMethod.FeatureAblation), 0.6, 0.6 - 1);

        Assert.That(
            () => new ModelScore(model, ones(1, 2), ModelTarget.Similarity(ones(3))),
            Throws.ArgumentException.With.Message.StartsWith(
                "Linear returned [1, 2]; embeddings must have 3 values"));
        Assert.That(() => ModelTarget.Similarity(zeros(3)), Throws.ArgumentException);
    }

    [Test]
    public void A_detector_puts_out_a_tuple_of_boxes_and_scores()
    {
        using var model = new Detecting();
        ModelTarget target = ModelTarget.Of(((Tensor Boxes, Tensor Scores) output) => output.Scores.select(1, 1))
            with
        { Name = "score of box 1" };
        using var probe = new ModelProbe(model, "conv");
        probe.Run(Picture(), target);

        // Box 1's score is the sum of −x: the map is the mean gradient of that channel, 1, times −x.
        Assert.That(probe.Scores, Is.EqualTo(new[] { -2.0 }));
        Assert.That(probe.Targets[0].Name, Is.EqualTo("score of box 1"));
        AssertValues(ClassActivationMap.RawMap(CamMethod.GradCam, probe.ToLayer("conv")), -1, -2, -3, 4);

        var score = new ModelScore(model, Picture(), target);
        AssertValues(score.Explain(ExplanationMethod.KernelShap), -1, -2, -3, 4);
        AssertValues(score.Explain(ExplanationMethod.IntegratedGradients), -1, -2, -3, 4);
    }

    [Test]
    public void ScoreCam_and_AblationCam_ask_for_the_same_score()
    {
        using var model = new Detecting();
        var options = new ActivationMapOptions
        {
            Target = ModelTarget.Of(((Tensor Boxes, Tensor Scores) output) => output.Scores.select(1, 1)),
        };
        using var directory = new TestDirectory();
        using var writer = new SummaryWriter(directory);

        // Without x nothing changes; without −x the score rises from −2 to 0: weights 0 and −1 give x.
        Attribution map = writer.AddActivationMap(
            "ablation", model, Picture(), 0, options with { Method = CamMethod.AblationCam });
        AssertValues(map, 1 / 3.0, 2 / 3.0, 1, 0);
        map = writer.AddActivationMap("score", model, Picture(), 0, options with { Method = CamMethod.ScoreCam });
        Assert.That(map.Values.ToArray().Max(), Is.EqualTo(1).Within(Tolerance));
    }

    [Test]
    public void An_ensemble_has_its_target_in_common()
    {
        using nn.Module<Tensor, Tensor> one = nn.Identity();
        using var other = new Calling(input => input + input);
        using var directory = new TestDirectory();
        using var writer = new SummaryWriter(directory);
        EnsembleAttribution ensemble = writer.AddEnsembleExplanation(
            "maps", [one, other], Picture(), 0, ExplanationMethod.InputTimesGradient,
            new() { Target = ModelTarget.Of(output => output.select(2, 1).flatten(1).sum(1)) });
        AssertValues(ensemble.Mean, 0, 0, 4.5, -6);
    }

    [TestCaseSource(nameof(AllTargets))]
    public void Targets_leave_no_tensor_behind(ModelTarget target)
    {
        using var model = new Segmenting();
        Tensor picture = Picture();
        long tensors = LiveTensors.Count();

        ModelScore.FromLayer(model, picture, "conv", target).Explain(ExplanationMethod.Saliency);
        var score = new ModelScore(model, picture, target);
        score.Explain(ExplanationMethod.IntegratedGradients);
        score.DeepLift();
        using (var probe = new ModelProbe(model, "conv"))
            probe.Run(picture, target);

        Assert.That(LiveTensors.Count(), Is.EqualTo(tensors));
    }

    [Test]
    public void The_tensors_of_a_target_are_copied()
    {
        Tensor mask = ones(2, 2, requires_grad: true);
        Tensor half = ones(8, ScalarType.BFloat16);
        long tensors = LiveTensors.Count();
        ModelTarget.Segmentation(0, mask);
        ModelTarget.Similarity(half);
        Assert.That(LiveTensors.Count(), Is.EqualTo(tensors));
    }

    private static IEnumerable<ModelTarget> AllTargets()
    {
        using DisposeScope scope = NewDisposeScope();
        return
        [
            ModelTarget.Segmentation(0), ModelTarget.Segmentation(0, ones(2, 2)), ModelTarget.Output(0, 0, 0),
            ModelTarget.Similarity(ones(8)), ModelTarget.Of(output => output.exp().flatten(1).sum(1)),
        ];
    }
}
