using TorchBoard;
using TorchBoard.Imaging;
using TorchBoard.Interpretation;
using TorchBoard.Probing;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace SeeingModels.Techniques;

/// <summary>Finds an ideal picture of each class by gradient ascent from noise.</summary>
internal static class ActivationMaximum
{
    private const int Classes = 10;

    // Without decay, blur and jitter, the pictures look like noise to a person but score higher.
    private static readonly ActivationMaximizationOptions Options =
        new() { Steps = 40, LearningRate = 0.2, Decay = 0.1, Blur = 0.7, Jitter = 1 };

    public static void Show(SummaryWriter writer, Module<Tensor, Tensor> model, Tensor picture)
    {
        Tensor[] ideals = [.. Enumerable.Range(0, Classes).Select(digit => Ideal(model, picture, digit))];
        var grid = new ImageGridOptions { Columns = 5, NormalizeEach = true, Scale = 3 };
        writer.AddImages("maximum/classes", cat(ideals), 0, grid);
    }

    private static Tensor Ideal(Module<Tensor, Tensor> model, Tensor picture, int digit)
    {
        // The log probability also includes the evidence for other digits.
        var target = ModelTarget.Of(scores => scores.log_softmax(1).select(1, digit));
        var score = new ModelScore(model, picture, target);
        MaximizedInput ideal = ActivationMaximization.Climb(score.Gradient, score.Shape, Options);
        return tensor(ideal.Values.ToArray()).reshape(picture.shape);
    }
}
