using TorchBoard.Interpretation;
using TorchBoard.Probing;
using static TorchBoard.Tests.Probing.TargetModels;
using static TorchSharp.torch;

namespace TorchBoard.Tests.Probing;

/// <summary>Class activation maps with the smoothing of pytorch-grad-cam.</summary>
internal sealed class SmoothedMapTests : TensorFixture
{
    private TestDirectory _directory = null!;
    private SummaryWriter _writer = null!;

    [SetUp]
    public void Open()
    {
        _directory = new TestDirectory();
        _writer = new SummaryWriter(_directory);
    }

    [TearDown]
    public void Close()
    {
        _writer.Dispose();
        _directory.Dispose();
    }

    [Test]
    public void Augmentation_changes_nothing_where_the_model_is_the_same_at_any_scale([Values] bool eigen)
    {
        // Half the sum of x: a map of x, and a picture of 0.9 or 1.1 times x has the same, mirrored or not.
        using var model = new Segmenting();
        var options = new ActivationMapOptions
        {
            Target = ModelTarget.Of(output => output.select(1, 0).flatten(1).sum(1)),
            EigenSmoothing = eigen,
        };
        double[] plain = Map(model, Picture(), options);
        double[] smooth = Map(model, Picture(), options with { AugmentationSmoothing = true });
        Assert.That(smooth, Is.EqualTo(plain).Within(1e-6));
        if (!eigen)
            Assert.That(plain, Is.EqualTo(new[] { 1 / 3.0, 2 / 3.0, 1, 0 }).Within(1e-6));
    }

    [TestCase(CamMethod.GradCam)]
    [TestCase(CamMethod.LayerCam)]
    [TestCase(CamMethod.ScoreCam)]
    [TestCase(CamMethod.AblationCam)]
    public void Augmentation_is_the_mean_over_mirror_images_and_brightness(CamMethod method)
    {
        using var model = new ConvolutionModel(inPlace: true);
        Tensor pictures = cat([ConvolutionModel.Picture(), ConvolutionModel.Picture().flip(2)]);
        var options = new ActivationMapOptions { Target = 1, Layers = ["relu1"], Method = method };
        double[] smooth = Map(model, pictures, options with { AugmentationSmoothing = true });

        double[] expected = new double[smooth.Length];
        foreach (float factor in (float[])[0.9f, 1, 1.1f])
        {
            double[] upright = Map(model, pictures * factor, options);
            double[] mirrored = Map(model, pictures.flip(3) * factor, options);
            for (int i = 0; i < expected.Length; i++)
                expected[i] += (upright[i] + mirrored[(i / 4 * 4) + 3 - (i % 4)]) / 6;
        }

        Assert.That(smooth, Is.EqualTo(expected).Within(1e-6));
        Assert.That(smooth, Is.Not.EqualTo(Map(model, pictures, options)).Within(1e-3));
    }

    [Test]
    public void The_mask_of_a_segmentation_is_mirrored_with_the_picture()
    {
        // The logits of class 0 are x, summed where x is at least 1: HiResCAM is x there.
        using var model = new Segmenting();
        double[] expected = [1 / 3.0, 2 / 3.0, 1, 0];
        var options = new ActivationMapOptions { Method = CamMethod.HiResCam, AugmentationSmoothing = true };
        double[] predicted = Map(model, Picture(), options with { Target = ModelTarget.Segmentation(0) });
        Assert.That(predicted, Is.EqualTo(expected).Within(1e-6));
        ModelTarget given = ModelTarget.Segmentation(0, tensor([true, false, false, false]).reshape(2, 2));
        Assert.That(
            Map(model, Picture(), options with { Target = given }), Is.EqualTo(new double[] { 1, 0, 0, 0 }).Within(1e-6));
    }

    [Test]
    public void Positions_are_not_mirrored_but_refused()
    {
        using var model = new Segmenting();
        using var detector = new BoxModel();
        var options = new ActivationMapOptions { AugmentationSmoothing = true, Target = ModelTarget.Output(0, 1, 0) };
        Assert.That(
            () => Map(model, Picture(), options),
            Throws.ArgumentException.With.Message.StartsWith(
                "AugmentationSmoothing mirrors the picture, but the target, output [0, 1, 0], is at a position of it."));
        options = options with { Target = BoxModel.Target(BoxModel.Boxes(), tensor([0L])) };
        Assert.That(() => _writer.AddActivationMap("t", detector, Picture(), 0, options), Throws.ArgumentException);
    }

    [Test]
    public void No_tensor_stays()
    {
        using var model = new Segmenting();
        Tensor picture = Picture();
        ModelTarget mask = ModelTarget.Segmentation(0, ones(2, 2));
        long alive = LiveTensors.Count();
        var options = new ActivationMapOptions { AugmentationSmoothing = true, EigenSmoothing = true, Target = mask };
        Map(model, picture, options);
        Assert.That(
            () => Map(model, picture, options with { Target = ModelTarget.Output(0, 0, 0) }), Throws.ArgumentException);
        Assert.That(LiveTensors.Count(), Is.EqualTo(alive));
        Assert.That(HookCount.Of(model), Is.Zero);
    }

    [Test]
    public void Maps_of_every_kind_of_target()
    {
        // Class, output, segmentation, similarity and function; boxes have tests of their own.
        using var segmenter = new Segmenting();
        using var detector = new Detecting();
        ModelTarget[] targets =
        [
            ModelTarget.Output(0, 1, 0), ModelTarget.Segmentation(0), ModelTarget.Similarity(ones(8)),
            ModelTarget.Of(output => output.select(1, 0).flatten(1).sum(1)),
        ];
        foreach (ModelTarget target in targets)
        {
            foreach (CamMethod method in Enum.GetValues<CamMethod>())
            {
                double[] map = Map(segmenter, Picture(), new() { Target = target, Method = method });
                Assert.That(map.Max(), Is.EqualTo(1).Within(1e-5).Or.Zero, $"{method} of {target.Name}");
            }
        }

        ModelTarget first = ModelTarget.Of(((Tensor Boxes, Tensor Scores) output) => output.Scores.select(1, 0));
        Assert.That(
            _writer.AddActivationMap("t", detector, Picture(), 0, new() { Target = first }).Values.ToArray(),
            Is.EqualTo(new[] { 1 / 3.0, 2 / 3.0, 1, 0 }).Within(1e-6));
    }

    private double[] Map(nn.Module model, Tensor input, ActivationMapOptions options) =>
        _writer.AddActivationMap("t", model, input, 0, options).Values.ToArray();
}
