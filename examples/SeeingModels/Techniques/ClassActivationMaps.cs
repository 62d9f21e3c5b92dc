using TorchBoard;
using TorchBoard.Imaging;
using TorchBoard.Interpretation;
using TorchBoard.Panels;
using TorchBoard.Probing;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace SeeingModels.Techniques;

/// <summary>Shows where in a picture of several digits a network sees a given digit.</summary>
internal static class ClassActivationMaps
{
    public static void Show(
        SummaryWriter writer, Module<Tensor, Tensor> resNet, Tensor picture, IReadOnlyList<int> digits)
    {
        foreach (int digit in digits)
        {
            var options = new ActivationMapOptions { Target = digit, Layers = ["layer4"] };
            writer.AddActivationMap($"cam/where is the {digit}", resNet, picture, 0, options);
        }

        ShowVariants(writer, resNet, picture, digits[1]);
        ShowCam(writer, resNet, picture, digits[1]);
    }

    private static void ShowVariants(SummaryWriter writer, Module<Tensor, Tensor> resNet, Tensor picture, int digit)
    {
        var options = new ActivationMapOptions { Target = digit, Layers = ["layer4"] };
        foreach (CamMethod method in Enum.GetValues<CamMethod>())
            writer.AddActivationMap($"cam/{method}", resNet, picture, 0, options with { Method = method });

        // Earlier layers know less about the class, but more about the position.
        var fine = options with { Method = CamMethod.LayerCam, Layers = ["layer2", "layer4"] };
        writer.AddActivationMap("cam/LayerCam of two layers", resNet, picture, 0, fine);
    }

    /// <summary>The original CAM: the last layer's channels, weighted by the classifier's weights.</summary>
    private static void ShowCam(SummaryWriter writer, Module<Tensor, Tensor> resNet, Tensor picture, int digit)
    {
        using var probe = new ModelProbe(resNet, "layer4");
        probe.Run(picture, digit);
        Tensor row = resNet.get_parameter("fc.weight")![digit];
        double[] weights = [.. row.to_type(ScalarType.Float64).data<double>()];
        Attribution raw = ClassActivationMap.RawMap(probe.ToLayer("layer4"), weights);
        int[] shape = [.. picture.shape[1..].Select(size => (int)size)];
        writer.AddActivationMap(
            "cam/Cam", ClassActivationMap.Scale([raw], shape[1], shape[2]),
            Picture.FromPixels([.. picture.data<float>()], ImageLayout.Chw, shape), 0,
            new AttributionPictureOptions { Method = "CAM", Class = $"class {digit}" });
    }
}
