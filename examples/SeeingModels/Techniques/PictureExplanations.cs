using TorchBoard;
using TorchBoard.Interpretation;
using TorchBoard.Probing;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace SeeingModels.Techniques;

/// <summary>Shows what each part of a picture contributes to a class, by LIME and by SHAP.</summary>
internal static class PictureExplanations
{
    private const int Parts = 40;

    public static void Show(SummaryWriter writer, Module<Tensor, Tensor> model, Tensor picture)
    {
        writer.AddExplanation("lime-shap/lime", model, picture, 0, ByLime, name: "LIME");
        writer.AddExplanation("lime-shap/shap", model, picture, 0, ExplanationMethod.KernelShap);
    }

    // By default, a part is replaced by its mean color, which leaves a white stroke white; black hides it.
    private static Attribution ByLime(ModelScore score) => Lime.Explain(
        score.Predict, score.Input, score.Shape,
        new LimeOptions { Groups = Superpixels.Slic(score.Input, score.Shape, Parts), Baseline = [0] });
}
