namespace TorchBoard.Benchmarks.Quick;

/// <summary>
/// Prints one figure per line as JSON. Arguments select the figures whose name contains one of them, or a group by its
/// name.
/// </summary>
internal static class QuickMode
{
    private static readonly (string Name, Func<IEnumerable<Figure>> Figures)[] Groups =
    [
        ("before", () => [Processor.Measure("before")]),
        ("scalars", ScalarFigures.All),
        ("histograms", HistogramFigures.All),
        ("reading", ReadingFigures.All),
        ("drawing", DrawingFigures.All),
        ("other", OtherFigures.All),
        ("first-use", FirstUse.All),
        ("after", () => [Processor.Measure("after")]),
    ];

    public static void Run(string[] names)
    {
        bool isGroup = names.Length == 1 && Groups.Any(group => group.Name == names[0]);
        foreach ((string name, Func<IEnumerable<Figure>> figures) in Groups)
        {
            if (isGroup && name != names[0])
                continue;
            foreach (Figure figure in figures())
            {
                if (isGroup || names.Length == 0 || names.Any(n => figure.Name.Contains(n, StringComparison.OrdinalIgnoreCase)))
                    Console.WriteLine(figure.ToJson());
            }
        }
    }
}
