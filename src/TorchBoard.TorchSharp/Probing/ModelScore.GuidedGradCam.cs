using TorchBoard.Interpretation;
using TorchSharp;
using static TorchSharp.torch;

namespace TorchBoard.Probing;

public sealed partial class ModelScore
{
    /// <summary>
    /// Explains the score by guided backpropagation, weighted by where Grad-CAM looks. Selvaraju et al., "Grad-CAM:
    /// Visual Explanations from Deep Networks via Gradient-based Localization", 2017.
    /// </summary>
    /// <param name="layer">
    /// The layer of Grad-CAM, which outputs [N, C, H, W]; null, the default, selects the last convolution
    /// (<see cref="ModelProbe.SuggestLayer"/>).
    /// </param>
    /// <returns>
    /// Values of any sign, without unit, of the input's shape [C, H, W]. <see cref="Attribution.Score"/> is set.
    /// </returns>
    /// <remarks>
    /// As in Captum, the values of the map are not scaled, and the nearest of them counts for each pixel.
    /// </remarks>
    /// <exception cref="ArgumentException">
    /// The layer does not exist, its output has another rank, or there is no convolution to select.
    /// </exception>
    /// <exception cref="InvalidOperationException">
    /// The input is not a picture, [1, C, H, W], the layer was not called, or no <c>nn.ReLU</c> module was called.
    /// </exception>
    public Attribution GuidedGradCam(string? layer = null)
    {
        if (!IsPicture)
        {
            throw new InvalidOperationException(
                $"Guided Grad-CAM requires a picture, [1, C, H, W]; the input is [1, {string.Join(", ", _shape)}].");
        }

        Attribution guided = GuidedBackpropagation();
        using DisposeScope scope = NewDisposeScope();
        Tensor batch = Batch(_input, 1);
        layer ??= LayerSuggestion.Of(_model, batch, _forward);
        using var probe = new ModelProbe(_model, layer);
        probe.Run(batch, Target, _forward);
        Attribution map = ClassActivationMap.RawMap(CamMethod.GradCam, probe.ToLayer(layer));
        (int rows, int columns) = (map.Shape[^2], map.Shape[^1]);
        (int height, int width) = (_shape[1], _shape[2]);
        double[] values = guided.Values.ToArray();
        for (int i = 0; i < values.Length; i++)
        {
            (int y, int x) = Math.DivRem(i % (height * width), width);
            values[i] *= Math.Max(map.Values[(y * rows / height * columns) + (x * columns / width)], 0);
        }

        return new Attribution(values, _shape) { Score = Score };
    }
}
