using System.Globalization;
using TorchBoard.Figures;
using TorchBoard.Metrics;

namespace Quickstart;

/// <summary>Figures of a network's quality and its training.</summary>
public static class ModelFigures
{
    private static readonly string[] Names =
        [.. Enumerable.Range(0, Digits.Classes).Select(digit => digit.ToString(CultureInfo.InvariantCulture))];

    /// <summary>Draws the confusion matrix.</summary>
    public static Figure Confusion(ClassifierScores scores) =>
        Figure.ConfusionMatrix(scores.ConfusionMatrix(), Names, title: "Held-out digits");

    /// <summary>Draws the ROC curve of each digit against all others.</summary>
    public static Figure Roc(ClassifierScores scores) => Figure.Roc(
        [.. Enumerable.Range(0, Digits.Classes).Select(scores.Roc)], Names, "Each digit against all others");

    /// <summary>Draws the magnitudes of the gradients of each parameter.</summary>
    public static Figure GradientFlow(Network network)
    {
        var gradients = network.Layers
            .SelectMany(layer => new[]
            {
                (Name: layer.Name + ".weight", Values: layer.WeightGradient),
                (Name: layer.Name + ".bias", Values: layer.BiasGradient),
            })
            .ToList();
        return Figure.GradientFlow<float>(
            [.. gradients.Select(g => g.Name)],
            [.. gradients.Select(g => g.Values.Average(MathF.Abs))],
            [.. gradients.Select(g => g.Values.Max(MathF.Abs))]);
    }
}
