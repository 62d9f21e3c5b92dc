using TorchBoard.Interpretation;
using TorchBoard.Probing;
using static TorchBoard.Tests.Probing.TargetModels;
using static TorchSharp.torch;

namespace TorchBoard.Tests.Probing;

/// <summary>The score of boxes that a detector found: overlap and score of the detection that matches each.</summary>
internal sealed class BoxTargetTests : TensorFixture
{
    // 1, 2 over 3, −4 sums to 2: the first score is 2, and the second box has the width −2 of the picture's negative.
    private static Tensor Picture => TargetModels.Picture();

    [Test]
    public void A_box_counts_with_its_overlap_and_its_score()
    {
        // The detection is the box itself: 1 + the sum of x.
        using var model = new BoxModel();
        var score = new ModelScore(model, Picture, BoxModel.Target(BoxModel.Boxes(), tensor([0L])));
        Assert.That((score.Score, score.Target.Name), Is.EqualTo((3.0, "boxes")));
        AssertValues(score.Explain(ExplanationMethod.InputTimesGradient), 1, 2, 3, -4);

        // Half of the box below: 100 of 150.
        score = new ModelScore(
            model, Picture, BoxModel.Target(tensor([0f, 0, 10, 15]).reshape(1, 4), tensor([0L])));
        Assert.That(score.Score, Is.EqualTo((2 / 3.0) + 2).Within(Tolerance));
    }

    [Test]
    public void Overlaps_have_gradients_and_the_boxes_of_a_target_are_added()
    {
        // The negative picture has the second box of width 2, of 4: 1/2 would not exceed 0.5. Of 3 it is 2/3, and each
        // unit of the width adds 1/3.
        using var model = new BoxModel();
        Tensor wanted = tensor([0f, 0, 10, 10, 20, 0, 23, 10]).reshape(2, 4);
        var score = new ModelScore(model, -Picture, BoxModel.Target(wanted, tensor([0L, 1])));
        Assert.That(score.Score, Is.EqualTo(1 - 2 + (2 / 3.0) + 0.5).Within(Tolerance));
        AssertValues(score.Explain(ExplanationMethod.Saliency), 2 / 3.0, 2 / 3.0, 2 / 3.0, 2 / 3.0);
    }

    [Test]
    public void A_class_activation_map_of_a_box()
    {
        // Grad-CAM: the mean gradient of x is 1 and that of −x is 0.
        using var model = new BoxModel();
        ModelTarget target = BoxModel.Target(BoxModel.Boxes(), tensor([0L]));
        using var probe = new ModelProbe(model, "conv");
        probe.Run(cat([Picture, Picture.abs()]), target);
        Assert.That(probe.Scores, Is.EqualTo(new[] { 3.0, 11 }));
        AssertValues(
            ClassActivationMap.RawMap(CamMethod.GradCam, probe.ToLayer("conv")), 1, 2, 3, -4, 1, 2, 3, 4);

        using var directory = new TestDirectory();
        using var writer = new SummaryWriter(directory);
        foreach (CamMethod method in (CamMethod[])[CamMethod.GradCam, CamMethod.ScoreCam, CamMethod.AblationCam])
        {
            Attribution map = writer.AddActivationMap(
                $"{method}", model, Picture, 0, new() { Target = target, Method = method });
            Assert.That(map.Values.ToArray().Max(), Is.EqualTo(1).Within(1e-6), $"{method}");
        }
    }

    [Test]
    public void Boxes_without_a_match_are_refused()
    {
        using var model = new BoxModel();
        Unmatched(BoxModel.Boxes(), 1);
        Unmatched(tensor([0f, 0, 10, 20]).reshape(1, 4), 0);
        Unmatched(tensor([50f, 50, 60, 60]).reshape(1, 4), 0);

        Assert.That(
            () => BoxModel.Target(ones(1, 3), tensor([0L])), Throws.ArgumentException.With.Message.StartsWith(
                "Boxes must be [K, 4]: left, top, right, bottom; was [1, 3]."));
        Assert.That(
            () => BoxModel.Target(ones(1, 4), tensor([0L, 1])), Throws.ArgumentException.With.Message.StartsWith(
                "Expected 1 label, one per box; the shape is [2]."));
        Assert.That(
            () => new ModelScore(
                model, Picture, ModelTarget.Boxes((Tensor _) => [], BoxModel.Boxes(), tensor([0L]))),
            Throws.ArgumentException.With.Message.StartsWith("The function of the target takes Tensor; BoxModel returned "));
        Assert.That(
            () => new ModelScore(
                model, Picture, ModelTarget.Boxes((object _) => [], BoxModel.Boxes(), tensor([0L]))),
            Throws.ArgumentException.With.Message.StartsWith(
                "A target's function must return the detections of each input, 1; it returned 0."));
        Assert.That(
            () => new ModelScore(
                model, Picture,
                ModelTarget.Boxes((object _) => [(ones(2, 4), ones(2), ones(3))], BoxModel.Boxes(), tensor([0L]))),
            Throws.ArgumentException.With.Message.StartsWith(
                "Detections must be boxes [D, 4], labels [D] and scores [D]; were [2, 4], [2] and [3]."));

        void Unmatched(Tensor boxes, long label) => Assert.That(
            () => new ModelScore(model, Picture, BoxModel.Target(boxes, tensor([label]))),
            Throws.ArgumentException.With.Message.Contains(
                "no detection in input 0 has the label of a box and overlaps it by more than 0.5."));
    }

    [Test]
    public void A_detector_may_find_nothing_in_a_changed_picture()
    {
        // Where nothing is found, the score is 0.
        ModelTarget target = ModelTarget.Boxes(
            (Tensor output) => [.. Enumerable.Range(0, (int)output.shape[0]).Select(n => Found(output[n]))],
            BoxModel.Boxes(), tensor([0L]));
        using nn.Module<Tensor, Tensor> model = nn.Identity();
        var score = new ModelScore(model, Picture, target);
        double[] scores = new double[2];
        score.Predict([1, 2, 3, -4, 0, 0, 0, 0], 2, scores);
        Assert.That(scores, Is.EqualTo(new[] { 3.0, 0 }));

        static (Tensor Boxes, Tensor Labels, Tensor Scores) Found(Tensor picture)
        {
            long count = picture.abs().sum().item<float>() > 0 ? 1 : 0;
            return (BoxModel.Boxes().narrow(0, 0, count), zeros(count, ScalarType.Int64), picture.sum().expand(count));
        }
    }
}
