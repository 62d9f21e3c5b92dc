using System.Diagnostics;
using System.Globalization;
using Spectre.Console;

namespace SeeingModels;

/// <summary>The output in the terminal.</summary>
internal static class Report
{
    /// <summary>Runs each technique, and then writes a table of the results.</summary>
    public static void Show(IReadOnlyList<Technique> techniques, Action<Technique> show)
    {
        var total = Stopwatch.StartNew();
        Table table = new Table().Border(TableBorder.Simple)
            .AddColumns("tag", "content", "dashboard").AddColumn(new TableColumn("time").RightAligned());
        foreach (Technique technique in techniques)
        {
            var clock = Stopwatch.StartNew();
            show(technique);
            Console.WriteLine(Text($"{technique.Name}: {technique.Description}"));
            table.AddRow(
                technique.Name, technique.Description, technique.Dashboards,
                Text($"{clock.Elapsed.TotalSeconds:F1} s"));
        }

        Console.WriteLine();
        AnsiConsole.Write(table);
        Console.WriteLine(Text($"Time taken     {total.Elapsed.TotalSeconds:F1} s"));
    }

    /// <summary>Writes what to do next.</summary>
    public static void End(string logDirectory) =>
        Console.WriteLine(Text($"To view it     tensorboard --logdir {logDirectory}"));

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
