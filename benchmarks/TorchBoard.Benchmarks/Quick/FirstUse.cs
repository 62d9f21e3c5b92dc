using System.Diagnostics;

namespace TorchBoard.Benchmarks.Quick;

/// <summary>The cost of the first scalar in a fresh process, which includes loading and compiling the code.</summary>
internal static class FirstUse
{
    /// <summary>The argument that makes this program log one scalar, or do nothing if no directory follows.</summary>
    public const string Command = "first-use";

    private const string Nowhere = "none";
    private const int Runs = 15;

    public static IEnumerable<Figure> All()
    {
        yield return Place.InMemory(Measure);
    }

    public static void Log(string directory)
    {
        if (directory != Nowhere)
            LogScalar(directory);
    }

    // A separate method, so that the empty program does not load the library.
    private static void LogScalar(string directory)
    {
        using var writer = new SummaryWriter(directory);
        writer.AddScalar("loss", 1, 0);
    }

    private static Figure Measure(string directory)
    {
        // Alternate, so that other load on the machine affects both.
        (double Empty, double Logging)[] pairs =
            [.. Enumerable.Range(0, Runs + 1).Select(i => (Run(Nowhere), Run(Path.Combine(directory, $"{i}")))).Skip(1)];
        Timing extra = Timing.Of(pairs.Select(pair => pair.Logging - pair.Empty));
        Timing empty = Timing.Of(pairs.Select(pair => pair.Empty));
        Timing logging = Timing.Of(pairs.Select(pair => pair.Logging));

        // Not the smallest difference, which would come from a disturbed empty program.
        extra = extra with { Least = logging.Least - empty.Least };
        return Figure.OfTime("first use in a fresh process, beyond an empty one", "ms", extra * 1e3, empty * 1e3);
    }

    private static double Run(string directory) => Repeat.Seconds(() =>
    {
        string program = Environment.ProcessPath!;
        string[] host = Path.GetFileNameWithoutExtension(program) == "dotnet" ? [typeof(FirstUse).Assembly.Location] : [];
        using Process process = Process.Start(program, [.. host, Command, directory]);
        process.WaitForExit();
    });
}
