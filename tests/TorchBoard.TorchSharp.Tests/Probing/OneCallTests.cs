using TorchBoard.Figures;
using TorchBoard.Imaging;
using TorchBoard.Interpretation;
using TorchBoard.Panels;
using TorchBoard.Probing;
using TorchSharp;
using static TorchSharp.torch;

namespace TorchBoard.Tests.Probing;

/// <summary>Contents of a run after one call: the same pictures as from separate steps.</summary>
internal sealed class OneCallTests
{
    private static readonly string[] Words = ["the", "cat"];

    [Test]
    public void GradCam_is_drawn_over_the_input_from_the_last_convolution()
    {
        using var model = new ConvolutionModel(inPlace: true);
        using Tensor input = ConvolutionModel.Picture();
        Attribution? map = null;
        ImageSample image = Written(writer => map = writer.AddActivationMap("picture", model, input, 3, new() { Target = 0 }));

        // 11.25, 13.5, 20.25, 22.5 less the least, by the greatest.
        double[] corners = [map!.Values[0], map.Values[3], map.Values[12], map.Values[15]];
        Assert.That(map.Shape.ToArray(), Is.EqualTo(new[] { 1, 4, 4 }));
        Assert.That(corners, Is.EqualTo(new[] { 0, 0.2, 0.8, 1 }).Within(1e-6));
        float[] gray = [.. Enumerable.Range(0, 16).Select(i => i / 15f)];
        Picture expected = AttributionPicture.DrawActivationMap(
            map, Picture.FromPixels(gray, ImageLayout.Hw, [4, 4]),
            new() { Method = "Grad-CAM · conv", Class = "class 0", Score = new ModelScore(model, input, 0).Score });
        Assert.That(image.Encoded.ToArray(), Is.EqualTo(expected.ToPng()));
    }

    [Test]
    public void Every_method_has_a_map_of_a_batch_drawn_as_a_grid()
    {
        using var model = new ConvolutionModel(inPlace: true);
        using DisposeScope scope = NewDisposeScope();
        Tensor input = cat([ConvolutionModel.Picture(), ConvolutionModel.Picture().flip(2)]);
        foreach (CamMethod method in Enum.GetValues<CamMethod>())
        {
            Attribution? map = null;
            ImageSample image = Written(writer => map = writer.AddActivationMap(
                "picture", model, input, 3, new() { Method = method, Layers = ["conv", "relu1"] }));
            Assert.That(map!.Shape.ToArray(), Is.EqualTo(new[] { 2, 4, 4 }));
            Assert.That(image.Width, Is.GreaterThan(2 * 224), "side by side");
            Assert.That(image.Height, Is.InRange(224, 2 * 224));
        }
    }

    [Test]
    public void AblationCam_and_ScoreCam_weight_channels_by_the_scores_of_the_model()
    {
        using var model = new ConvolutionModel();
        using Tensor input = ConvolutionModel.Picture();
        Attribution? map = null;
        Written(writer => map = writer.AddActivationMap(
            "picture", model, input, 3, new() { Method = CamMethod.AblationCam, Layers = ["relu1"] }));

        // 0, 4, 28.667, 34.167 of the weights 1 and −0.388889.
        double[] raw = [0, 4, 31 - (6 * 7 / 18.0), 40 - (15 * 7 / 18.0)];
        double[] corners = [map!.Values[0], map.Values[3], map.Values[12], map.Values[15]];
        Assert.That(corners, Is.EqualTo(raw.Select(value => value / raw[3])).Within(1e-6));

        Written(writer => map = writer.AddActivationMap(
            "picture", model, input, 3, new() { Method = CamMethod.ScoreCam }));
        Assert.That(map!.Values.ToArray().Max(), Is.EqualTo(1).Within(1e-6));
    }

    [Test]
    public void Maps_of_a_transformer_come_from_its_tokens()
    {
        using nn.Module<Tensor, Tensor> model = new PatchModel();
        using Tensor input = ConvolutionModel.Picture();
        var options = new ActivationMapOptions { Layers = ["norm"], Tokens = new PatchTokens() };
        Attribution? map = null;
        Written(writer => map = writer.AddActivationMap("picture", model, input, 3, options));
        Assert.That(map!.IsAllZero, Is.False);
        Written(writer => map = writer.AddActivationMap(
            "picture", model, input, 3, options with { Method = CamMethod.AblationCam }));
        Assert.That(map.Shape.ToArray(), Is.EqualTo(new[] { 1, 4, 4 }));
    }

    [Test]
    public void Every_method_explains_every_picture_of_a_batch([Values] ExplanationMethod method)
    {
        using var model = new ConvolutionModel(inPlace: true);
        using DisposeScope scope = NewDisposeScope();
        Tensor input = cat([ConvolutionModel.Picture(), ConvolutionModel.Picture().flip(2)]);
        IReadOnlyList<Attribution> attributions = [];
        var options = new ModelExplanationOptions { Target = 0 };
        Written(writer => attributions = writer.AddExplanation("picture", model, input, 3, method, options));
        Assert.That(attributions, Has.Count.EqualTo(2));
        Assert.That(attributions[0].Shape.ToArray(), Is.EqualTo(new[] { 1, 4, 4 }));
        Assert.That(attributions[0].IsAllZero, Is.False);

        using Tensor one = input.narrow(0, 1, 1);
        Attribution alone = new ModelScore(model, one, 0).Explain(method);
        Assert.That(attributions[1].Values.ToArray(), Is.EqualTo(alone.Values.ToArray()), "one by one it is the same");
    }

    [Test]
    public void A_constant_input_is_drawn_blank_and_said_so()
    {
        using var model = new ConvolutionModel();
        using Tensor input = zeros(1, 1, 4, 4);
        ImageSample image = Written(
            writer => writer.AddExplanation(
                "picture", model, input, 3, ExplanationMethod.IntegratedGradients,
                new() { Target = 0, ClassNames = ["zero"] }));
        Picture black = Picture.FromPixels(new byte[16], ImageLayout.Hw, [4, 4]);
        double score = new ModelScore(model, input, 0).Score;
        var nothing = new Attribution(new double[16], [4, 4])
        {
            Score = score,
            BaselineScore = score,
            IsInUnitsOfScore = true,
        };
        ImageSample blank = Written(writer => writer.AddAttribution(
            "picture", nothing, 3, black,
            new() { Method = "Integrated gradients", Class = "zero", Sign = AttributionSign.Positive }));
        Assert.That(image.Encoded.ToArray(), Is.EqualTo(blank.Encoded.ToArray()));
    }

    [Test]
    public void An_ensemble_explains_the_class_that_its_mean_prefers()
    {
        using nn.Module<Tensor, Tensor> one = Scores(0, 5);
        using nn.Module<Tensor, Tensor> other = Scores(3, -1);
        using Tensor input = ones(1, 1, 1, 1);
        using var directory = new TestDirectory();
        EnsembleAttribution ensemble;
        using (var writer = new SummaryWriter(directory))
        {
            ensemble = writer.AddEnsembleExplanation(
                "digit", [one, other], input, 0, ExplanationMethod.InputTimesGradient);
        }

        Assert.That(ensemble.Mean.Values[0], Is.EqualTo(2), "class 1: 5 and −1");
        Assert.That(ensemble.StandardDeviation.Values[0], Is.EqualTo(3));
        Assert.That(ensemble.Disagreement.Values[0], Is.EqualTo(0.5));
        Assert.That(
            RunLog.Open(directory).Images.Keys.Order(StringComparer.Ordinal),
            Is.EqualTo(["digit/deviation", "digit/disagreement", "digit/mean"]));

        static nn.Module<Tensor, Tensor> Scores(float a, float b)
        {
            nn.Module<Tensor, Tensor> linear = nn.Linear(1, 2, hasBias: false);
            using (no_grad())
            using (Tensor weights = tensor([a, b]).reshape(2, 1))
                linear.parameters().First().copy_(weights);
            return nn.Sequential(("flatten", nn.Flatten()), ("linear", linear));
        }
    }

    [Test]
    public void Feature_maps_and_kernels_are_grids()
    {
        using var model = new ConvolutionModel(inPlace: true);
        using Tensor input = ConvolutionModel.Picture();
        ImageSample maps = Written(writer => writer.AddFeatureMaps("picture", model, input, 0, "conv"));
        Picture expected = LayerPictures.FeatureMaps([-5, 4, 31, 40, -30, -21, 6, 15], [2, 2, 2]);
        Assert.That(maps.Encoded.ToArray(), Is.EqualTo(expected.ToPng()));

        float[] weights = [.. Enumerable.Repeat(1f, 18)];
        ImageSample kernels = Written(writer => writer.AddKernels("picture", model, 0));
        Assert.That(kernels.Encoded.ToArray(), Is.EqualTo(LayerPictures.Kernels(weights, [2, 1, 3, 3]).ToPng()));
        using var directory = new TestDirectory();
        using var writer = new SummaryWriter(directory);
        Assert.That(
            () => writer.AddKernels("picture", model, 0, "linear"),
            Throws.ArgumentException.With.Message.StartsWith(
                "Layer 'linear', a Linear, has no four-dimensional weights."));
        Assert.That(
            () => writer.AddFeatureMaps("picture", model, input, 0, "linear"),
            Throws.ArgumentException.With.Message.StartsWith(
                "The output of layer 'linear' must be [1, C, H, W]; was [1, 4]"));
    }

    [Test]
    public void Feature_maps_of_a_model_of_several_inputs()
    {
        using var model = new TargetModels.Masked();
        using DisposeScope scope = NewDisposeScope();
        Tensor input = TargetModels.Picture();
        ImageSample maps = Written(writer => writer.AddFeatureMaps(
            "picture", model, input, 0, "conv", forward: x => model.call(x, ones_like(x))));
        Picture expected = LayerPictures.FeatureMaps([1, 2, 3, -4, -1, -2, -3, 4], [2, 2, 2]);
        Assert.That(maps.Encoded.ToArray(), Is.EqualTo(expected.ToPng()));
    }

    [Test]
    public void Gradients_are_drawn_where_there_are_some()
    {
        using nn.Module<Tensor, Tensor> model = SumModel.Create();
        using var directory = new TestDirectory();
        Tensor parameter = model.parameters().First();
        using (var writer = new SummaryWriter(directory))
        {
            Assert.That(() => writer.AddGradientFlow("flow", model, 0), Throws.ArgumentException);
            Assert.That(
                () => writer.AddGradientHeatmap("heat", parameter, 0),
                Throws.ArgumentException.With.Message.StartsWith("The parameter has no gradient; call backward()"));
            using (NewDisposeScope())
                model.call(SumModel.Input()).sum().backward();
            writer.AddGradientFlow("flow", model, 0);
            writer.AddGradientHeatmap("heat", parameter, 0);
        }

        Assert.That(RunLog.Open(directory).Images.Keys, Is.EquivalentTo(["flow", "heat"]));
    }

    [Test]
    public void A_gradient_heatmap_is_titled_by_its_parameter()
    {
        using nn.Module<Tensor, Tensor> model = nn.Sequential(("fc", nn.Linear(3, 2)));
        using DisposeScope scope = NewDisposeScope();
        model.call(ones(1, 3)).sum().backward();
        ImageSample image = Written(writer => writer.AddGradientHeatmap("picture", model, "fc.weight", 0));
        Figure expected = new Figure { Title = "Gradient of fc.weight [2, 3]", XLabel = "input", YLabel = "output" }
            .Heatmap<float>([1, 1, 1, 1, 1, 1], 2, 3, new() { Diverging = true, ColorLabel = "gradient" });
        Assert.That(image.Encoded.ToArray(), Is.EqualTo(expected.Render().ToPng()));
        Assert.That(
            () => Written(writer => writer.AddGradientHeatmap("picture", model, "fc.wieght", 0)),
            Throws.ArgumentException.With.Message.Contains("fc.weight"));
    }

    [Test]
    public void An_ensemble_says_which_of_its_pictures_it_is()
    {
        using nn.Module<Tensor, Tensor> one = nn.Sequential(nn.Flatten(), nn.Linear(4, 2));
        using Tensor input = ones(1, 1, 2, 2);
        using var directory = new TestDirectory();
        EnsembleAttribution ensemble;
        using (var writer = new SummaryWriter(directory))
        {
            ensemble = writer.AddEnsembleExplanation(
                "sum", [one, one], input, 0, ExplanationMethod.InputTimesGradient, new() { Target = 0 });
        }

        Picture expected = AttributionPicture.Draw(
            ensemble.Disagreement, Picture.FromPixels(new byte[] { 255, 255, 255, 255 }, ImageLayout.Hw, [2, 2]), new()
            {
                Method = "Input × gradient · 2 models, disagreement",
                Class = "class 0",
                Score = ensemble.Mean.Score,
                Sign = AttributionSign.Positive,
                ScaleEnd = 1,
                ScaleLabel = "fraction of models with the other sign",
            });
        Assert.That(
            RunLog.Open(directory).Images["sum/disagreement"].Values[0][0].Encoded.ToArray(),
            Is.EqualTo(expected.ToPng()));
    }

    [Test]
    public void Attention_head_by_head()
    {
        using var attention = nn.MultiheadAttention(2, 2, bias: false);
        using DisposeScope scope = NewDisposeScope();
        using (no_grad())
        {
            foreach ((string name, Tensor parameter) in attention.named_parameters())
                parameter.copy_(name == "in_proj_weight" ? cat([eye(2), eye(2), eye(2)]) : eye(2));
        }

        Tensor tokens = eye(2).unsqueeze(1);
        AttentionMaps maps = ModelAttention.Of(attention, tokens, tokens, heads: 2)[0];
        Assert.That(
            maps.Head(0).Values.ToArray(), Is.EqualTo(new[] { 0.731059, 0.268941, 0.5, 0.5 }).Within(5e-7));
        Assert.That(maps.Mean().Values[..2].ToArray(), Is.EqualTo(new[] { 0.615529, 0.384471 }).Within(1e-6));

        Tensor own = attention.call(tokens, tokens, tokens).Item2;
        using var host = new HostTensor(own, ScalarType.Float32);
        Assert.That(
            maps.Mean().Values.ToArray(),
            Is.EqualTo(Array.ConvertAll(host.Values<float>().ToArray(), value => (double)value)).Within(1e-6));

        using var directory = new TestDirectory();
        using (var writer = new SummaryWriter(directory))
            writer.AddAttention("picture", own.squeeze(0), 0, Words);
        Assert.That(RunLog.Open(directory).Images.Keys, Is.EqualTo(["picture/mean"]), "of one head");
    }

    private static ImageSample Written(Action<SummaryWriter> write)
    {
        using var directory = new TestDirectory();
        using (var writer = new SummaryWriter(directory))
            write(writer);
        return RunLog.Open(directory).Images["picture"].Values[0][0];
    }

    private sealed class PatchModel : nn.Module<Tensor, Tensor>
    {
        private readonly nn.Module<Tensor, Tensor> patches = nn.Conv2d(1, 3, 2, stride: 2);
        private readonly nn.Module<Tensor, Tensor> norm = nn.LayerNorm(3);
        private readonly nn.Module<Tensor, Tensor> head = nn.Linear(3, 2);

        public PatchModel()
            : base(nameof(PatchModel))
        {
            manual_seed(5);
            RegisterComponents();
            using IDisposable noGradients = no_grad();
            foreach (Tensor parameter in head.parameters())
                nn.init.normal_(parameter);
        }

        public override Tensor forward(Tensor input)
        {
            Tensor tokens = patches.call(input).flatten(2).transpose(1, 2);
            return head.call(norm.call(cat([tokens.mean([1], keepdim: true), tokens], 1)).square().sum(1));
        }
    }
}
