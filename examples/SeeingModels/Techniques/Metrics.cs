using System.Globalization;
using Quickstart;
using TorchBoard;
using TorchBoard.Figures;
using TorchBoard.Metrics;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace SeeingModels.Techniques;

/// <summary>Evaluates a classifier on held-out digits, class by class.</summary>
internal static class Metrics
{
    public static void Show(
        SummaryWriter writer, Module<Tensor, Tensor> model, Tensor pictures, Tensor labels)
    {
        int[] all = [.. Enumerable.Range(0, Digits.Classes)];
        string[] names = [.. all.Select(digit => $"{digit}")];
        using IDisposable noGradients = no_grad();
        var scores = new ClassifierScores(names.Length);
        scores.Add(
            [.. model.call(pictures).softmax(1).data<float>()], [.. labels.data<long>().Select(label => (int)label)]);

        ConfusionMatrix confusion = scores.ConfusionMatrix();
        writer.AddFigure("metrics/confusion", Figure.ConfusionMatrix(confusion, names), 0);
        writer.AddFigure("metrics/roc", Figure.Roc([.. all.Select(scores.Roc)], names), 0);
        writer.AddFigure(
            "metrics/precision and recall", Figure.PrecisionRecall([.. all.Select(scores.PrecisionRecall)], names), 0);
        writer.AddTable("metrics/by class", ["class", "precision", "recall", "F1"], all.Select(Row), 0);
        writer.AddScalar("metrics/f1", confusion.F1(), 0);

        string[] Row(int label) =>
        [
            names[label], Text(confusion.PrecisionOf(label)), Text(confusion.RecallOf(label)),
            Text(confusion.F1Of(label)),
        ];
    }

    private static string Text(double value) => value.ToString("P1", CultureInfo.InvariantCulture);
}
