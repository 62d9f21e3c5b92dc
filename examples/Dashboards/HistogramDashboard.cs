using TorchBoard;
using TorchBoard.Histograms;

namespace Dashboards;

/// <summary>What a classifier believes of its items, from chance to near certainty, and how wrong it is.</summary>
internal static class HistogramDashboard
{
    public static void Describe(SummaryWriter writer)
    {
        writer.Describe(
            "classes/confidence", "Probability of the true class", "Of all items; 1/3 each would be **chance**.");
        writer.Describe("classes/loss", "Cross-entropy of each item", "What training brings down, item by item.");
    }

    public static void Write(SummaryWriter writer, SoftmaxRegression model, int step)
    {
        float[] predictions = model.Predict();
        float[] confidence =
            [.. model.Labels.Select((label, i) => predictions[(i * SoftmaxRegression.Classes) + label])];
        writer.AddHistogram<float>("classes/confidence", confidence, step, HistogramBins.Equal(30));
        writer.AddHistogram("classes/loss", [.. confidence.Select(p => -MathF.Log(p))], step);
    }
}
