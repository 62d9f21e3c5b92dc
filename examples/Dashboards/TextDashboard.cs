using System.Globalization;
using TorchBoard;

namespace Dashboards;

/// <summary>A classifier's settings in prose, and a table of how well it knows each class, as it learns.</summary>
internal static class TextDashboard
{
    public static void Describe(SummaryWriter writer, int trainings, int steps)
    {
        writer.Describe(
            "classes/table", "Precision and recall", "Of the first training, at the steps of the pictures.");
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
