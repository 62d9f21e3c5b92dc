using System.Globalization;
using Spectre.Console;

namespace Quickstart;

/// <summary>The output in the terminal.</summary>
internal static class Report
{
    private static bool IsTerminal => AnsiConsole.Profile.Out.IsTerminal && AnsiConsole.Profile.Capabilities.Ansi;

    /// <summary>Trains with a progress bar in a terminal, and with some lines elsewhere.</summary>
    public static EpochResult Train(
        Trainer trainer, Action<TrainingStep> onStep, Action<EpochResult> onEpoch) => IsTerminal
            ? TrainWithBar(trainer, onStep, onEpoch)
            : TrainWithLines(trainer, onStep, onEpoch);

    /// <summary>Writes what was logged, the results and what to do next.</summary>
    public static void End(
        string logDirectory, IReadOnlyCollection<LoggedTag> logged, LossCurves curves, EpochResult last, TimeSpan time)
    {
        Console.WriteLine();
        AnsiConsole.Write(TableOf(logged));
        Console.WriteLine();
        Console.WriteLine(curves.Chart().Render(color: IsTerminal && HasColors));
        Console.WriteLine();
        WriteLine($"Held-out accuracy  {last.HeldOut.Accuracy:P1} of {last.HeldOut.Count} digits");
        WriteLine($"Time taken         {time.TotalSeconds:F1} s");
        WriteLine($"To view it         tensorboard --logdir {Quoted(logDirectory)}");
    }

    private static bool HasColors => AnsiConsole.Profile.Capabilities.ColorSystem != ColorSystem.NoColors;

    private static EpochResult TrainWithBar(
        Trainer trainer, Action<TrainingStep> onStep, Action<EpochResult> onEpoch) =>
        AnsiConsole.Progress()
            .Columns(
                new TaskDescriptionColumn { Alignment = Justify.Left },
                new ProgressBarColumn(),
                new PercentageColumn(),
                new RemainingTimeColumn())
            .Start(context =>
            {
                ProgressTask bar = context.AddTask("Training", maxValue: trainer.Options.Epochs);
                return trainer.Run(onStep, result =>
                {
                    onEpoch(result);
                    bar.Value = result.Epoch;
                    bar.Description = Text($"Epoch {result.Epoch}: {result.HeldOut.Accuracy:P1} held out");
                });
            });

    private static EpochResult TrainWithLines(
        Trainer trainer, Action<TrainingStep> onStep, Action<EpochResult> onEpoch)
    {
        const int lines = 6;
        int epochsALine = Math.Max(1, trainer.Options.Epochs / lines);
        return trainer.Run(onStep, result =>
        {
            onEpoch(result);
            if (result.Epoch % epochsALine == 0 || result.Epoch == trainer.Options.Epochs)
            {
                (double loss, double heldOut) = (result.Train.Loss, result.HeldOut.Loss);
                double accuracy = result.HeldOut.Accuracy;
                WriteLine($"epoch {result.Epoch,3}  loss {loss:F4}, held out {heldOut:F4}  accuracy {accuracy:P1}");
            }
        });
    }

    private static Table TableOf(IReadOnlyCollection<LoggedTag> logged)
    {
        Table table = new Table().Border(TableBorder.Simple);
        table.AddColumn("logged");
        table.AddColumn("kind");
        table.AddColumn(new TableColumn("train").RightAligned());
        table.AddColumn(new TableColumn("heldout").RightAligned());
        foreach (IGrouping<(string Tag, string Kind), LoggedTag> tag in logged.GroupBy(l => (l.Tag, l.Kind)))
        {
            table.AddRow(
                Markup.Escape(tag.Key.Tag), Markup.Escape(tag.Key.Kind), CountIn("train"), CountIn("heldout"));

            string CountIn(string run) =>
                tag.Where(l => l.Run == run).Select(l => Text($"{l.Count}")).FirstOrDefault("");
        }

        return table;
    }

    private static void WriteLine(FormattableString text) => Console.WriteLine(Text(text));

    // The invariant culture puts a space before the sign.
    private static string Text(FormattableString text) =>
        text.ToString(CultureInfo.InvariantCulture).Replace(" %", "%", StringComparison.Ordinal);

    /// <summary>Quotes the path if a shell would split it.</summary>
    private static string Quoted(string path) =>
        path.All(c => char.IsAsciiLetterOrDigit(c) || c is '/' or '\\' or '.' or '-' or '_' or ':' or '+' or '@')
            ? path
            : OperatingSystem.IsWindows() ? $"\"{path}\"" : $"'{path.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
