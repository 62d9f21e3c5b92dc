using TorchBoard;
using TorchBoard.Interpretation;

namespace Quickstart;

/// <summary>Which pixels made the network recognise a digit, by several methods: green for it, red against it.</summary>
public static class Explanations
{
    private const int Columns = 5;
    private const int Scale = 12;
    private const int Seed = 1;
    private const float Opacity = 0.7f;

    private static readonly int[] Shape = [Digits.Side, Digits.Side];

    /// <summary>A picture for each method, with the digits side by side.</summary>
    public static IEnumerable<(string Method, Picture Picture)> Of(Network network, Digits digits)
    {
        yield return ("saliency", Draw(digits, AttributionSign.Absolute, (image, digit) =>
            Saliency.Explain(GradientOf(network, digit), image, Shape)));
        yield return ("integrated_gradients", Draw(digits, AttributionSign.Both, (image, digit) =>
            IntegratedGradients.Explain(GradientOf(network, digit), image, Shape)));
        yield return ("occlusion", Draw(digits, AttributionSign.Both, (image, digit) =>
            Occlusion.Explain(PredictOf(network, digit), image, Shape, window: [2, 2])));
        yield return ("kernel_shap", Draw(digits, AttributionSign.Both, (image, digit) =>
            KernelShap.Explain(PredictOf(network, digit), image, Shape, new() { Seed = Seed })));
        yield return ("lime", Draw(digits, AttributionSign.Both, (image, digit) =>
            Lime.Explain(PredictOf(network, digit), image, Shape, new() { Seed = Seed })));
    }

    private static Predict PredictOf(Network network, int digit) =>
        (images, count, scores) => network.Score(images, count, digit, scores);

    private static Gradient GradientOf(Network network, int digit) =>
        (images, count, scores, gradients) => network.Score(images, count, digit, scores, gradients);

    private static Picture Draw(Digits digits, AttributionSign sign, Func<float[], int, Attribution> explain)
    {
        Picture[] pictures = new Picture[digits.Count];
        for (int n = 0; n < pictures.Length; n++)
        {
            float[] image = digits.Image(n).ToArray();
            AttributionMap map = AttributionMap.Of(explain(image, digits.Label(n)).ToFloats(), Shape, sign);

            // Black on white, so that what does not matter stays white.
            float[] inked = Array.ConvertAll(image, ink => 1 - ink);
            pictures[n] = map.Over(Picture.FromPixels(inked, ImageLayout.Hw, Shape), Opacity);
        }

        return ImageGrid.Draw(pictures, new ImageGridOptions { Columns = Columns, Scale = Scale });
    }
}
