using TorchBoard;
using TorchBoard.CustomScalars;

namespace Dashboards;

/// <summary>
/// Logs a small classifier in training: its loss as scalars, several trainings in one chart with a band from the best
/// to the worst, and its histograms, images, tables, and precision and recall of each class over time.
/// </summary>
internal static class ClassifierDashboards
{
    private const int Trainings = 5;
    private const int Steps = 100;
    private const int CurveEvery = 20;

    private static readonly string[] ClassNames = ["top", "left", "right"];

    public static void Write(SummaryWriter writer)
    {
        string[] losses = [.. Enumerable.Range(0, Trainings).Select(seed => $"loss/seed {seed}")];
        writer.AddCustomScalars(new CustomScalarsLayout(
            new ChartCategory(
                "Cross-entropy of a softmax regression",
                new MarginChart("Mean, best and worst", new MarginSeries("loss/mean", "loss/best", "loss/worst")),
                new MultilineChart("Every training", losses))));
        writer.Describe("loss/mean", "Mean loss", $"Cross-entropy, the mean of **{Trainings}** trainings.");
        HistogramDashboard.Describe(writer);
        TextDashboard.Describe(writer, Trainings, Steps);
        writer.Describe(
            "classes/plane", "The classified plane", "Red, green and blue are top, left and right.");

        SoftmaxRegression[] models = [.. Enumerable.Range(0, Trainings).Select(seed => new SoftmaxRegression(seed))];
        for (int step = 0; step <= Steps; step++)
        {
            if (step % CurveEvery == 0)
            {
                WriteCurves(writer, models[0], step);
                HistogramDashboard.Write(writer, models[0], step);
                TextDashboard.Write(writer, models[0], ClassNames, step);
                ImageDashboard.WritePlane(writer, models[0], step);
            }

            double[] now = [.. models.Select(model => model.Step())];
            for (int i = 0; i < now.Length; i++)
                writer.AddScalar(losses[i], now[i], step);
            writer.AddScalar("loss/mean", now.Average(), step);
            writer.AddScalar("loss/best", now.Min(), step);
            writer.AddScalar("loss/worst", now.Max(), step);
        }
    }

    private static void WriteCurves(SummaryWriter writer, SoftmaxRegression model, int step)
    {
        writer.AddPrCurves("classes", model.Labels, model.Predict(), step, ClassNames);
        bool[] isTop = [.. model.Labels.Select(label => label == 0)];
        float[] top = [.. model.Predict().Where((_, i) => i % SoftmaxRegression.Classes == 0)];
        writer.AddPrCurve("top against the rest", isTop, top, step, thresholds: 201);
    }
}
