using TorchBoard.Probing;
using static TorchBoard.Tests.Probing.TargetModels;
using static TorchSharp.torch;

namespace TorchBoard.Tests.Probing;

/// <summary>Targets that do not match a model's output, and functions that do not return scores.</summary>
internal sealed class ModelTargetRefusalTests : TensorFixture
{
    [Test]
    public void Where_no_pixel_is_predicted_as_the_class_a_mask_is_asked_for()
    {
        using var model = new Segmenting();
        Assert.That(
            () => new ModelScore(model, Picture().abs() + Picture().abs(), ModelTarget.Segmentation(1)),
            Throws.ArgumentException.With.Message.StartsWith(
                "Segmenting returned [1, 2, 2, 2]; no pixel of input 0 is predicted as channel 1, so there is no "
                + "score."));
        Assert.That(
            () => new ModelScore(model, Picture(), ModelTarget.Segmentation(2)),
            Throws.ArgumentException.With.Message.StartsWith(
                "Segmenting returned [1, 2, 2, 2]; logits [N, classes, H, W] with more than 2 classes are required."));
        Assert.That(
            () => new ModelScore(model, Picture(), ModelTarget.Segmentation(0, ones(4, 4))),
            Throws.ArgumentException.With.Message.StartsWith(
                "Segmenting returned [1, 2, 2, 2]; the mask must be [2, 2], was [4, 4]."));
        Assert.That(
            () => ModelTarget.Segmentation(0, zeros(2, 2)),
            Throws.ArgumentException.With.Message.Contains("all its values are 0"));
    }

    [Test]
    public void The_default_target_of_another_output_says_what_to_specify()
    {
        using var segmenting = new Segmenting();
        using var detecting = new Detecting();
        using var records = new Answering(_ => new Answer("no tensor"));
        Assert.That(
            () => new ModelScore(segmenting, Picture()),
            Throws.ArgumentException.With.Message.StartsWith(
                "Segmenting returned [1, 2, 2, 2]; a class requires [1, classes] or [1] for 1 input. Specify another "
                + "target, such as Target = ModelTarget.Segmentation(1), or ModelTarget.Of(output =>"));
        using var probe = new ModelProbe(segmenting, "conv");
        Assert.That(() => probe.Run(Picture(), 1), Throws.ArgumentException.With.Message.Contains("ModelTarget.Of("));
        Assert.That(
            () => new ModelScore(detecting, Picture(), ModelTarget.Of(output => output.sum(1))),
            Throws.ArgumentException.With.Message.StartsWith(
                "The function of the target takes Tensor; Detecting returned (Tensor, Tensor). Give the function a "
                + "parameter of that type: ModelTarget.Of(((Tensor, Tensor) output) => …)."));
        Assert.That(
            () => new ModelScore(records, Picture()),
            Throws.ArgumentException.With.Message.Contains("ModelTarget.Of((Answer output) =>"));
        Assert.That(
            () => new ModelScore(records, Picture(), ModelTarget.Of((Answer answer) => throw new TimeoutException(answer.Text))),
            Throws.TypeOf<TimeoutException>().With.Message.EqualTo("no tensor"), "it goes through");
    }

    [Test]
    public void A_function_returns_a_score_for_each_input()
    {
        using nn.Module<Tensor, Tensor> model = nn.Identity();
        Tensor input = tensor([4f, 5]).reshape(1, 2);
        Refused(output => output[0, 1], "it returned []. Keep the batch dimension");
        Refused(output => output, "it returned [1, 2].");
        Refused(_ => null!, "it returned null.");
        Refused(_ => Gone(), "it returned a disposed tensor.");
        Assert.That(() => ModelTarget.Of((Func<Tensor, Tensor>)null!), Throws.ArgumentNullException);

        // A column will do.
        var score = new ModelScore(model, input, ModelTarget.Of(output => output.narrow(1, 1, 1)));
        AssertValues(score.Explain(ExplanationMethod.Saliency), 0, 1);

        // Of a single input all is well; of two it shows.
        score = new ModelScore(model, input, ModelTarget.Of(output => output.sum().reshape(1)));
        Assert.That(
            () => score.Explain(ExplanationMethod.FeatureAblation),
            Throws.ArgumentException.With.Message.Contains("it returned [1]."));

        void Refused(Func<Tensor, Tensor> function, string expected) => Assert.That(
            () => new ModelScore(model, input, ModelTarget.Of(function)),
            Throws.ArgumentException.With.Message.StartsWith("A target's function must return one score per input")
                .And.Message.Contains(expected));

        static Tensor Gone()
        {
            Tensor gone = ones(1);
            gone.Dispose();
            return gone;
        }
    }

    [Test]
    public void A_function_that_autograd_cannot_follow_serves_methods_without_gradients()
    {
        using nn.Module<Tensor, Tensor> model = nn.Identity();
        Tensor input = tensor([4f, 5]).reshape(1, 2);
        var score = new ModelScore(model, input, ModelTarget.Of(output => output.argmax(1)));
        AssertValues(score.Explain(ExplanationMethod.FeatureAblation), 0, 1);
        Assert.That(
            () => score.Explain(ExplanationMethod.Saliency),
            Throws.InvalidOperationException.With.Message.Contains("target's function calls detach()"));
    }

    [Test]
    public void An_output_is_named_by_an_index_of_its_dimensions()
    {
        using var model = new Segmenting();
        Assert.That(new ModelScore(model, Picture(), ModelTarget.Output(0, 1, -1)).Score, Is.EqualTo(-4));
        foreach (int[] index in new int[][] { [0], [0, 2, 0], [-3, 0, 0], [] })
        {
            Assert.That(
                () => new ModelScore(model, Picture(), ModelTarget.Output(index)),
                Throws.ArgumentException.With.Message.StartsWith(
                    $"Segmenting returned [1, 2, 2, 2]; the target's index [{string.Join(", ", index)}] must exist"));
        }
    }

    [Test]
    public void Tokens_are_explained_only_of_logits_that_have_them()
    {
        using var model = new Language();
        Tensor ids = tensor(new long[] { 3, 0, 2 }).reshape(1, 3);
        foreach (ModelTarget target in new[] { ModelTarget.Token(3), ModelTarget.Token(^4), ModelTarget.Token(0, 2) })
        {
            Assert.That(
                () => ModelScore.FromLayer(model, ids, "embedding", target),
                Throws.ArgumentException.With.Message.StartsWith("Language returned [1, 3, 2]; logits [N, T, tokens]"));
        }

        Assert.That(
            () => new ModelScore(model, ids),
            Throws.ArgumentException.With.Message.Contains("Specify another target, such as Target = ModelTarget.Token(^1)"));
        Assert.That(
            () => ModelScore.FromLayer(model, ids, "embeding"),
            Throws.ArgumentException.With.Message.Contains("'embedding'"), "the nearest name");
        Assert.That(
            () => ModelScore.FromLayer(model, ids, "unused"),
            Throws.InvalidOperationException.With.Message.StartsWith("Layer 'unused' was not called."));
        Assert.That(() => ModelTarget.Token(0, -1), Throws.TypeOf<ArgumentOutOfRangeException>());
    }

    [Test]
    public void A_function_that_throws_leaves_the_model_as_it_was()
    {
        using var model = new Segmenting();
        model.train();
        Tensor picture = Picture();
        ModelTarget target = ModelTarget.Of(output => output.dim() == 4 ? throw new TimeoutException() : output);
        using var probe = new ModelProbe(model, "conv");
        long tensors = LiveTensors.Count();

        Assert.That(() => probe.Run(picture, target), Throws.TypeOf<TimeoutException>());
        Assert.That(() => new ModelScore(model, picture, target), Throws.TypeOf<TimeoutException>());
        Assert.That(
            () => ModelScore.FromLayer(model, picture, "conv", null, _ => throw new TimeoutException()),
            Throws.TypeOf<TimeoutException>());

        Assert.That(LiveTensors.Count(), Is.EqualTo(tensors));
        Assert.That(HookCount.Of(model), Is.Zero);
        Assert.That(model.training && model.named_children().All(child => child.module.training), Is.True);
    }
}
