using TorchBoard.Figures;
using TorchBoard.Imaging;
using TorchBoard.Interpretation;
using TorchBoard.Probing;
using static TorchSharp.torch;

namespace TorchBoard.Tests.Probing;

/// <summary>Vectors as inputs: a bar with a name for each feature.</summary>
internal sealed class VectorExplanationTests : TensorFixture
{
    private static readonly string[] Features = ["age", "size", "tail"];

    [Test]
    public void A_vector_is_drawn_as_bars_with_the_names_of_its_features()
    {
        // 3·1 − 1·4 + 0.5·2 + 7.
        using nn.Module<Tensor, Tensor> model = TargetModels.Linear(3, 2, [3, -1, 0.5f, 0, 0, 0], [7, 1]);
        using var directory = new TestDirectory();
        IReadOnlyList<Attribution> attributions;
        using (var writer = new SummaryWriter(directory))
        {
            attributions = writer.AddExplanation(
                "vector", model, tensor([1f, 4, 2]).reshape(1, 3), 5, ExplanationMethod.InputTimesGradient,
                new() { ClassNames = ["cat", "dog"], FeatureNames = Features });
        }

        Assert.That(attributions, Has.Count.EqualTo(1));
        Assert.That(attributions[0].Shape.ToArray(), Is.EqualTo(new[] { 3 }));
        TargetModels.AssertValues(attributions[0], 3, -4, 1);
        Picture expected = new Figure { Title = "Input × gradient · cat · score 7", XLabel = "contribution to the score" }
            .SignedBars<double>(["size", "age", "tail"], [-4, 3, 1]).Render();
        (long step, IReadOnlyList<ImageSample> images) = Drawn(directory, "vector");
        Assert.That(step, Is.EqualTo(5));
        Assert.That(images.Single().Encoded.ToArray(), Is.EqualTo(expected.ToPng()));
    }

    [Test]
    public void Every_method_explains_a_vector([Values] ExplanationMethod method)
    {
        using nn.Module<Tensor, Tensor> model =
            nn.Sequential(nn.ReLU(), TargetModels.Linear(3, 2, [3, -1, 0.5f, 0, 0, 0], [7, 1]));
        using var directory = new TestDirectory();
        using var writer = new SummaryWriter(directory);

        Tensor vector = tensor([1f, 4, 2]).reshape(1, 3);

        if (method == ExplanationMethod.GuidedGradCam)
        {
            Assert.That(
                () => writer.AddExplanation("vector", model, vector, 0, method, new() { Target = 0 }),
                Throws.InvalidOperationException.With.Message.StartsWith("Guided Grad-CAM requires a picture"));
            return;
        }

        Attribution attribution = writer.AddExplanation("vector", model, vector, 0, method, new() { Target = 0 })[0];

        Assert.That(attribution.Shape.ToArray(), Is.EqualTo(new[] { 3 }));
        Assert.That(attribution.Values[0], Is.GreaterThan(0), "its weight is 3");
    }

    [Test]
    public void An_ensemble_explains_a_vector()
    {
        using nn.Module<Tensor, Tensor> one = TargetModels.Linear(3, 1, [3, -1, 0.5f], [0]);
        using nn.Module<Tensor, Tensor> other = TargetModels.Linear(3, 1, [1, -1, 0.5f], [0]);
        using var directory = new TestDirectory();
        EnsembleAttribution ensemble;
        using (var writer = new SummaryWriter(directory))
        {
            ensemble = writer.AddEnsembleExplanation(
                "vector", [one, other], tensor([1f, 4, 2]).reshape(1, 3), 0, ExplanationMethod.InputTimesGradient,
                new() { FeatureNames = Features });
        }

        TargetModels.AssertValues(ensemble.Mean, 2, -4, 1);
        Assert.That(
            RunLog.Open(directory).Images.Keys,
            Is.EquivalentTo(["vector/mean", "vector/deviation", "vector/disagreement"]));
    }

    [Test]
    public void Several_vectors_and_wrong_numbers_of_names_are_refused()
    {
        using nn.Module<Tensor, Tensor> model = TargetModels.Linear(3, 2, [3, -1, 0.5f, 0, 0, 0], [7, 1]);
        using var directory = new TestDirectory();
        using var writer = new SummaryWriter(directory);

        Assert.That(
            () => writer.AddExplanation("vector", model, ones(2, 3), 0, ExplanationMethod.Saliency),
            Throws.ArgumentException.With.Message.StartsWith(
                "The shape of the input must be [1, …], with a batch dimension of 1; was [2, 3]."));
        Assert.That(
            () => writer.AddExplanation(
                "vector", model, ones(1, 3), 0, ExplanationMethod.Saliency, new() { FeatureNames = ["age"] }),
            Throws.ArgumentException.With.Message.StartsWith("Expected 3 feature names, one per feature; got 1."));
        Assert.That(
            () => writer.AddExplanation("vector", model, ones(3), 0, ExplanationMethod.Saliency),
            Throws.ArgumentException.With.Message.Contains("[1, features] for a vector; was [3]."));
    }

    private static (long Step, IReadOnlyList<ImageSample> Images) Drawn(string directory, string tag)
    {
        Series<IReadOnlyList<ImageSample>> series = RunLog.Open(directory).Images[tag];
        return (series.Steps[0], series.Values[0]);
    }
}
