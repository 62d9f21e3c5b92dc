using TorchBoard;
using TorchBoard.Imaging;
using TorchBoard.Interpretation;
using TorchBoard.Panels;
using TorchBoard.Probing;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace SeeingModels.Techniques;

/// <summary>Shows what each pixel of several digits contributes to the scores of several classes.</summary>
internal static class PicturesAndClasses
{
    private const int Side = 8;

    public static void Show(SummaryWriter writer, Module<Tensor, Tensor> model, Tensor pictures, params int[] classes)
    {
        float[] pixels = pictures.data<float>().ToArray();
        int count = (int)pictures.shape[0];
        var score = new ModelScore(model, pictures.narrow(0, 0, 1));

        Attribution[][] shap = Attribution.ExplainEach(
            pixels, count, score.PredictClasses, score.Scores.Length,
            (predict, input) => KernelShap.Explain(predict, input, score.Shape));

        var explained =
            from n in Enumerable.Range(0, count)
            let picture = Picture.FromPixels(pixels.AsSpan(n * Side * Side, Side * Side), ImageLayout.Hw, [Side, Side])
            from label in classes
            select new ExplainedPicture(shap[n][label], picture, $"{label}");
        writer.AddAttributions("classes", [.. explained], 0, new() { Method = "KernelSHAP", Columns = classes.Length });
    }
}
