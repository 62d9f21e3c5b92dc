using System.CommandLine;
using System.Text;
using SeeingModels;
using SeeingModels.Data;
using SeeingModels.Models;
using SeeingModels.Techniques;
using TorchBoard;
using static TorchSharp.torch;

const int wrongUsage = 2;

Technique[] techniques =
[
    new("curves", "Loss and accuracy; weights and gradients during training", "Scalars, Histograms",
        (_, subjects) => subjects.ResNet.eval()),
    new("structure", "A model's graph and its layers", "Graphs, Text", (writer, subjects) =>
        ModelStructure.Show(writer, subjects.ResNet, Canvas.Centered(subjects.HeldOut.Of(3)))),
    new("weights", "conv1's weights in 50 bins from -5 to 5", "Images, Histograms", (writer, subjects) =>
        WeightHistogram.Show(writer, subjects.ResNet)),
    new("kernels", "The kernels of VGG11's third convolution", "Images", (writer, subjects) =>
        Kernels.Show(writer, subjects.Vgg, subjects.ResNet)),
    new("features", "25 feature maps of a layer, five by five", "Images", (writer, subjects) =>
        FeatureMaps.Show(writer, subjects.ResNet, Canvas.Centered(subjects.HeldOut.Of(3)))),
    new("gradient", "A gradient as a heatmap; the gradient flow", "Images", (writer, subjects) =>
        Gradients.Show(
            writer, subjects.ResNet, Canvas.Anywhere(subjects.Train.Pictures.narrow(0, 0, 32), new Random(1)),
            subjects.Train.Labels.narrow(0, 0, 32))),
    new("grid", "Many pictures as one", "Images", (writer, subjects) =>
        ImageGrids.Show(writer, subjects.Train.Pictures.narrow(0, 0, 64))),
    new("input-gradient", "autograd.grad of an input vector", "Images", (writer, subjects) =>
        InputGradient.Show(writer, subjects.Prices, HousePrices.House())),
    new("attention", "What each letter of a reversed word looks at", "Images", (writer, subjects) =>
        Attention.Show(writer, subjects.Reverser)),
    new("figures", "Lines, points, bars, histograms, heatmaps", "Images", (writer, subjects) =>
        Figures.Show(writer, subjects.Train.Pictures, subjects.Train.Labels)),
    new("metrics", "Confusion, ROC, precision, recall, F1", "Images, Text, Scalars", (writer, subjects) =>
        Metrics.Show(writer, subjects.Ensemble[0], subjects.HeldOut.Pictures, subjects.HeldOut.Labels)),
    new("ensemble", "Agreement of five networks", "Images", (writer, subjects) =>
        Ensembles.Show(writer, subjects.Ensemble, subjects.HeldOut.Of(3))),
    new("classes", "What pixels say for and against several classes", "Images", (writer, subjects) =>
    {
        Tensor digits = cat([subjects.HeldOut.Of(3), subjects.HeldOut.Of(8), subjects.HeldOut.Of(9)]);
        PicturesAndClasses.Show(writer, subjects.Ensemble[0], digits, 3, 8, 9);
    }),
    new("lime-shap", "LIME and SHAP for a table's row and a picture", "Images", (writer, subjects) =>
    {
        TableExplanations.Show(writer, subjects.Prices, HousePrices.House());
        PictureExplanations.Show(writer, subjects.Vgg, Canvas.Enlarged(subjects.HeldOut.Of(3)));
    }),
    new("cam", "CAM, Grad-CAM and variants", "Images", (writer, subjects) =>
    {
        int[] digits = [0, 3, 4, 7];
        Tensor four = Canvas.Four([.. digits.Select(digit => subjects.HeldOut.Of(digit))]);
        ClassActivationMaps.Show(writer, subjects.ResNet, four, digits);
    }),
    new("saliency", "Gradients with respect to the picture, plain and guided", "Images", (writer, subjects) =>
        Saliency.Show(writer, subjects.Vgg, Canvas.Enlarged(subjects.HeldOut.Of(3)))),
    new("maximum", "The ideal picture of each class", "Images", (writer, subjects) =>
        ActivationMaximum.Show(writer, subjects.Vgg, Canvas.Enlarged(subjects.HeldOut.Of(3)))),
];

Console.OutputEncoding = Encoding.UTF8;
var arguments = new Arguments([.. techniques.Select(technique => technique.Name)]);
arguments.Command.SetAction(Run);
return arguments.Command.Parse(args).Invoke();

int Run(ParseResult result)
{
    string logDirectory = arguments.LogDirectory(result);
    IReadOnlyList<string> only = arguments.Only(result);
    try
    {
        LibTorch.EnsureLoaded();
        using var writer = new SummaryWriter(logDirectory);
        using var subjects = new Subjects(writer);
        Report.Show(
            [.. techniques.Where(technique => only.Count == 0 || only.Contains(technique.Name))],
            technique => Show(technique, writer, subjects));
        Report.End(logDirectory);
        return 0;
    }
    catch (Exception e) when (e is DllNotFoundException or IOException or UnauthorizedAccessException)
    {
        Console.Error.WriteLine(e.Message);
        return wrongUsage;
    }
}

static void Show(Technique technique, SummaryWriter writer, Subjects subjects)
{
    using var scope = NewDisposeScope();
    technique.Show(writer, subjects);
}
