using System.Globalization;
using TorchBoard;

namespace Dashboards;

/// <summary>
/// Logs a classifier's settings as text, and a table of its precision and recall per class during training.
/// </summary>
internal static class TextDashboard
{
    public static void Describe(SummaryWriter writer, int trainings, int steps)
    {
        writer.Describe(
            "classes/table", "Precision and recall", "For the first training, at the steps of the images.");
        writer.AddText(
            "classes/settings",
            $"""
            ### Softmax regression
            Points of a plane in **{SoftmaxRegression.Classes} classes** whose clouds overlap, {trainings} trainings of
            {steps} steps of gradient descent, each with a seed of its own.

            ```csharp
            writer.AddScalar("loss/mean", losses.Average(), step);
            ```
            """,
            0);
    }

    public static void Write(SummaryWriter writer, SoftmaxRegression model, IReadOnlyList<string> classNames, int step)
    {
        int[] predicted = model.Classify();
        IEnumerable<string[]> rows = classNames.Select((name, c) =>
        {
            int hits = predicted.Where((p, i) => p == c && model.Labels[i] == c).Count();
            int taken = predicted.Count(p => p == c);
            int real = model.Labels.Count(label => label == c);
            return (string[])[$"`{name}`", Share(hits, taken), Share(hits, real), $"{real}"];
        });
        writer.AddTable("classes/table", ["class", "precision", "recall", "items"], rows, step);
    }

    private static string Share(int part, int whole) =>
        whole == 0 ? "–" : ((double)part / whole).ToString("P1", CultureInfo.InvariantCulture);
}
