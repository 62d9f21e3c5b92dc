using TorchBoard;
using TorchBoard.Histograms;

namespace Dashboards;

/// <summary>
/// Logs a classifier's confidence in its items, from chance to near certainty, and its loss per item.
/// </summary>
internal static class HistogramDashboard
{
    public static void Describe(SummaryWriter writer)
    {
        writer.Describe(
            "classes/confidence", "Probability of the true class", "For all items; **chance** is 1/3.");
        writer.Describe("classes/loss", "Cross-entropy of each item", "The quantity that training reduces, per item.");
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
