using System.Globalization;
using Spectre.Console;

namespace TorchSharpDigits;

/// <summary>The output in the terminal.</summary>
internal static class Report
{
    private static bool IsTerminal => AnsiConsole.Profile.Out.IsTerminal && AnsiConsole.Profile.Capabilities.Ansi;

    /// <summary>Runs the trials with a progress bar for each in a terminal, and a line for each elsewhere.</summary>
    /// <param name="epochs">The number of epochs per trial.</param>
    /// <param name="train">Trains with a trial's settings and reports each epoch.</param>
    public static IReadOnlyList<TrialResult> Train(
        int epochs, Func<Trial, Action<int, TrialResult>, TrialResult> train) =>
        IsTerminal ? TrainWithBars(epochs, train) : [.. Trial.All.Select(trial => TrainWithLine(trial, train))];

    /// <summary>Writes the results of the trials and what to do next.</summary>
    public static void End(string logDirectory, string device, IReadOnlyList<TrialResult> results, TimeSpan time)
    {
        Table table = new Table().Border(TableBorder.Simple)
            .AddColumns("trial", "held-out loss", "held-out accuracy");
        foreach (TrialResult result in results.OrderByDescending(result => result.Accuracy))
            table.AddRow(result.Name, Text($"{result.Loss:F4}"), Text($"{result.Accuracy:P1}"));
        Console.WriteLine();
        AnsiConsole.Write(table);
        Console.WriteLine(Text($"Time taken     {time.TotalSeconds:F1} s on {device}"));
        Console.WriteLine(Text($"To view it     tensorboard --logdir {logDirectory}"));
    }

    private static List<TrialResult> TrainWithBars(
        int epochs, Func<Trial, Action<int, TrialResult>, TrialResult> train) => AnsiConsole.Progress()
            .Columns(
                new TaskDescriptionColumn { Alignment = Justify.Left },
                new ProgressBarColumn(),
                new PercentageColumn(),
                new RemainingTimeColumn())
            .Start(context =>
            {
                ProgressTask[] bars =
                    [.. Trial.All.Select(trial => context.AddTask(trial.Name, autoStart: false, maxValue: epochs))];
                return Trial.All.Zip(bars, (trial, bar) =>
                {
                    bar.StartTask();
                    return train(trial, (epoch, result) =>
                    {
                        bar.Value = epoch;
                        bar.Description = Text($"{trial.Name}: {result.Accuracy:P1} held out");
                    });
                }).ToList();
            });

    private static TrialResult TrainWithLine(Trial trial, Func<Trial, Action<int, TrialResult>, TrialResult> train)
    {
        TrialResult result = train(trial, (_, _) => { });
        Console.WriteLine(Text($"{trial.Name}: loss {result.Loss:F4}, accuracy {result.Accuracy:P1} held out"));
        return result;
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
