using TorchBoard.Interpretation;
using TorchBoard.Probing;
using TorchSharp;
using static TorchSharp.torch;

namespace TorchBoard.Tests.Probing;

/// <summary>What a probe captures and refuses; it leaves nothing behind.</summary>
internal sealed class ModelProbeTests
{
    [Test]
    public void Activations_are_those_before_a_ReLU_in_place()
    {
        using var model = new ConvolutionModel(inPlace: true);
        using Tensor picture = ConvolutionModel.Picture();
        using var probe = new ModelProbe(model, "conv", "relu1");
        probe.Run(picture);

        Assert.That(Values(probe.ActivationsOf("conv")), Is.EqualTo(new float[] { -5, 4, 31, 40, -30, -21, 6, 15 }));
        Assert.That(Values(probe.ActivationsOf("relu1")), Is.EqualTo(new float[] { 0, 4, 31, 40, 0, 0, 6, 15 }));
        Assert.That(Values(probe.GradientsOf("conv")), Is.EqualTo(new float[] { 0, 1, 1, 1, 0, 0, -1, -1 }));
        Assert.That(Values(probe.GradientsOf("relu1")), Is.EqualTo(new float[] { 1, 1, 1, 1, 1, -1, -1, -1 }));
    }

    [Test]
    public void The_class_is_the_greatest_of_each_input_or_the_one_asked_for()
    {
        using nn.Module<Tensor, Tensor> model = nn.Identity();
        using nn.Module<Tensor, Tensor> named = nn.Sequential(("it", model));
        using Tensor input = tensor([1f, 5, 2, 9, 3, 4]).reshape(2, 3);
        using var probe = new ModelProbe(named, "it");

        probe.Run(input);
        Assert.That(probe.Targets.Select(target => target.ClassIndex), Is.EqualTo(new[] { 1, 0 }));
        Assert.That(probe.Scores, Is.EqualTo(new[] { 5.0, 9 }));
        Assert.That(Values(probe.GradientsOf("it")), Is.EqualTo(new float[] { 0, 1, 0, 1, 0, 0 }));

        probe.Run(input, 2);
        Assert.That(probe.Scores, Is.EqualTo(new[] { 2.0, 4 }));
        Assert.That(
            () => probe.Run(input, 3),
            Throws.TypeOf<ArgumentOutOfRangeException>()
                .With.Message.StartsWith("The class must be between 0 and 2; the model has 3 scores."));
    }

    [Test]
    public void A_batch_gives_each_picture_its_own_gradients()
    {
        using var model = new ConvolutionModel();
        using DisposeScope scope = NewDisposeScope();
        Tensor picture = ConvolutionModel.Picture();
        using var alone = new ModelProbe(model, "conv");
        alone.Run(picture, 0);
        using var batch = new ModelProbe(model, "conv");
        batch.Run(cat([picture, picture.flip(3)]), 0);

        Assert.That(Values(batch.GradientsOf("conv"))[..8], Is.EqualTo(Values(alone.GradientsOf("conv"))));
        LayerActivations layer = batch.ToLayer("conv");
        Assert.That((layer.Count, layer.Channels, layer.Height, layer.Width), Is.EqualTo((2, 2, 2, 2)));
    }

    [TestCase(false)]
    [TestCase(true)]
    public void Nothing_is_left_behind(bool frozen)
    {
        using var model = new ConvolutionModel(inPlace: true);
        foreach (Tensor parameter in model.parameters())
            parameter.requires_grad = !frozen;
        using Tensor picture = ConvolutionModel.Picture();
        model.train();
        long tensors = LiveTensors.Count();
        using (no_grad())
        {
            for (int i = 0; i < 3; i++)
            {
                using (var probe = new ModelProbe(model, "conv", "linear"))
                    probe.Run(picture);
                var score = new ModelScore(model, picture);
                score.Explain(ExplanationMethod.IntegratedGradients);
                score.GuidedBackpropagation();
                score.DeepLift();
                score.Explain(ExplanationMethod.Occlusion);
            }
        }

        Assert.That(LiveTensors.Count(), Is.EqualTo(tensors));
        Assert.That(HookCount.Of(model), Is.Zero);
        Assert.That(model.training && model.named_children().All(child => child.module.training), Is.True);
        foreach (Tensor parameter in model.parameters())
        {
            Assert.That(parameter.requires_grad, Is.Not.EqualTo(frozen));
            using Tensor? gradient = parameter.grad;
            Assert.That(gradient is null or { IsInvalid: true }, Is.True, "no gradient came to be");
        }

        Assert.That(picture.requires_grad, Is.False);
    }

    [Test]
    public void After_an_error_nothing_is_left_behind_either()
    {
        using var model = new ConvolutionModel();
        using Tensor wrong = ones(1, 3, 4, 4);
        using var probe = new ModelProbe(model, "conv");
        model.train();
        long tensors = LiveTensors.Count();

        Assert.That(() => probe.Run(wrong), Throws.Exception);
        Assert.That(() => new ModelScore(model, wrong), Throws.Exception);

        Assert.That(LiveTensors.Count(), Is.EqualTo(tensors));
        Assert.That(HookCount.Of(model), Is.Zero);
        Assert.That(model.training, Is.True);
    }

    [Test]
    public void Dropout_is_off_in_a_model_that_is_being_trained()
    {
        using nn.Module<Tensor, Tensor> model = nn.Sequential(("drop", nn.Dropout(0.99)), ("flatten", nn.Flatten()));
        model.train();
        using Tensor input = ones(1, 2, 3);
        using var probe = new ModelProbe(model, "drop");
        probe.Run(input);
        Assert.That(Values(probe.ActivationsOf("drop")), Is.All.EqualTo(1));
    }

    [Test]
    public void Of_a_layer_that_is_called_twice_the_last_call_counts()
    {
        using var model = new Twice();
        using Tensor input = ones(1, 1);
        using var probe = new ModelProbe(model, "layer", "alias");

        // The layer doubles: 2, then 4; the score is three times that.
        probe.Run(input);
        Assert.That(Values(probe.ActivationsOf("layer")), Is.EqualTo(new[] { 4f }));
        Assert.That(Values(probe.GradientsOf("layer")), Is.EqualTo(new[] { 3f }));
        Assert.That(Values(probe.ActivationsOf("alias")), Is.EqualTo(new[] { 4f }), "the same layer by its other name");
    }

    [Test]
    public void A_layer_is_refused_that_does_not_exist_or_was_not_called()
    {
        using var model = new ConvolutionModel();
        using var forward = new ForwardOnly();
        using Tensor input = ones(1, 2);
        Assert.That(
            () => new ModelProbe(model, "relu"),
            Throws.ArgumentException.With.Message.StartsWith(
                "'relu' was not found among the 5 layers of ConvolutionModel"));
        Assert.That(
            () => new ModelProbe(model),
            Throws.ArgumentException.With.Message.StartsWith("At least one layer is required"));
        using var probe = new ModelProbe(forward, "linear");
        Assert.That(
            () => probe.Run(input),
            Throws.InvalidOperationException.With.Message.StartsWith("Layer 'linear' was not called."));
        Assert.That(() => probe.ActivationsOf("linear"), Throws.InvalidOperationException);
        Assert.That(() => probe.ActivationsOf("other"), Throws.ArgumentException);
    }

    [Test]
    public void A_layer_of_the_wrong_rank_is_refused_with_what_to_do()
    {
        using var model = new ConvolutionModel();
        using Tensor picture = ConvolutionModel.Picture();
        using var probe = new ModelProbe(model, "linear");
        probe.Run(picture);
        Assert.That(
            () => probe.ToLayer("linear"),
            Throws.ArgumentException.With.Message.StartsWith(
                "Layer 'linear' outputs [1, 4]; a class activation map requires [N, C, H, W]. "
                + "Use the last convolution."));
    }

    [Test]
    public void The_last_convolution_is_suggested()
    {
        using var model = new ConvolutionModel();
        using Tensor picture = ConvolutionModel.Picture();
        Assert.That(ModelProbe.SuggestLayer(model, picture), Is.EqualTo("conv"));

        using nn.Module<Tensor, Tensor> none = nn.Sequential(("flatten", nn.Flatten()), ("linear", nn.Linear(16, 2)));
        Assert.That(
            () => ModelProbe.SuggestLayer(none, picture),
            Throws.ArgumentException.With.Message.StartsWith("No convolution was called in the model"));
    }

    [Test]
    public void Of_a_transformer_tokens_are_asked_for_and_the_class_token_is_left_out()
    {
        using var model = new Tokens();
        using Tensor picture = ConvolutionModel.Picture();
        Assert.That(
            () => ModelProbe.SuggestLayer(model, picture),
            Throws.ArgumentException.With.Message.Contains(
                "such as 'norm', and the positions of the tokens on the picture"));
        using var probe = new ModelProbe(model, "norm");
        probe.Run(picture);
        Assert.That(() => probe.ToLayer("norm"), Throws.ArgumentException.With.Message.Contains("new PatchTokens()"));
        LayerActivations layer = probe.ToLayer("norm", new PatchTokens());
        Assert.That((layer.Channels, layer.Height, layer.Width), Is.EqualTo((3, 2, 2)));
    }

    [Test]
    public void A_score_that_autograd_cannot_follow_is_said_so()
    {
        using nn.Module<Tensor, Tensor> model = new Detaching();
        using Tensor input = ones(1, 2);
        var score = new ModelScore(model, input);
        Assert.That(
            () => score.Explain(ExplanationMethod.Saliency),
            Throws.InvalidOperationException.With.Message.Contains("detach()"));
        using var probe = new ModelProbe(model, "linear");
        Assert.That(() => probe.Run(input), Throws.InvalidOperationException.With.Message.Contains("does not depend on"));
    }

    private static float[] Values(Tensor tensor)
    {
        using var host = new HostTensor(tensor, ScalarType.Float32);
        return host.Values<float>().ToArray();
    }

    private sealed class Twice : nn.Module<Tensor, Tensor>
    {
        private readonly nn.Module<Tensor, Tensor> layer = nn.Linear(1, 1, hasBias: false);
        private readonly nn.Module<Tensor, Tensor> alias;

        public Twice()
            : base(nameof(Twice))
        {
            alias = layer;
            RegisterComponents();
            using IDisposable noGradients = no_grad();
            nn.init.constant_(this.parameters().First(), 2);
        }

        public override Tensor forward(Tensor input) => alias.call(layer.call(input)) * 3;
    }

    private sealed class ForwardOnly : nn.Module<Tensor, Tensor>
    {
        private readonly nn.Module<Tensor, Tensor> linear = nn.Linear(2, 2);

        public ForwardOnly()
            : base(nameof(ForwardOnly)) => RegisterComponents();

        public override Tensor forward(Tensor input) => nn.functional.linear(input, linear.parameters().First());
    }

    private sealed class Detaching : nn.Module<Tensor, Tensor>
    {
        private readonly nn.Module<Tensor, Tensor> linear = nn.Linear(2, 2);

        public Detaching()
            : base(nameof(Detaching)) => RegisterComponents();

        public override Tensor forward(Tensor input) => linear.call(input).detach();
    }

    /// <summary>Patches of 2×2 of a 4×4 picture, a class token in front, which yields the scores.</summary>
    private sealed class Tokens : nn.Module<Tensor, Tensor>
    {
        private readonly nn.Module<Tensor, Tensor> patches = nn.Conv2d(1, 3, 2, stride: 2);
        private readonly nn.Module<Tensor, Tensor> norm = nn.LayerNorm(3);

        public Tokens()
            : base(nameof(Tokens)) => RegisterComponents();

        public override Tensor forward(Tensor input)
        {
            Tensor tokens = patches.call(input).flatten(2).transpose(1, 2);
            return norm.call(cat([tokens.mean([1], keepdim: true), tokens], 1)).sum(1);
        }
    }
}
