namespace TorchBoard.Benchmarks.Quick;

/// <summary>Prints a figure a line as JSON. Names given as arguments choose those that contain one of them.</summary>
internal static class QuickMode
{
    public static void Run(string[] names)
    {
        foreach (Func<IEnumerable<Figure>> group in (Func<IEnumerable<Figure>>[])[ScalarFigures.All, HistogramFigures.All, OtherFigures.All])
        {
            foreach (Figure figure in group())
            {
                if (names.Length == 0 || names.Any(name => figure.Name.Contains(name, StringComparison.OrdinalIgnoreCase)))
                    Console.WriteLine(figure.ToJson());
            }
        }
    }
}
