using System.Diagnostics;
using System.Globalization;

namespace TorchBoard.Benchmarks.Work;

/// <summary>The work that other loggers are timed at too, by programs of the same arguments and the same output.</summary>
internal static class SharedWork
{
    private const int HistogramLength = 100_000;

    /// <summary>Does the work and prints the seconds it took, without the process's start.</summary>
    public static void Run(string name, int count, string directory)
    {
        long start;
        switch (name)
        {
            case "scalars":
                string[] tags = [.. Enumerable.Range(0, 20).Select(i => $"loss/tag{i:D2}")];
                start = Stopwatch.GetTimestamp();
                using (var writer = new SummaryWriter(directory))
                {
                    for (int i = 0; i < count; i++)
                        writer.AddScalar(tags[i % tags.Length], i * 0.5f, i);
                }

                break;
            case "histograms":
                var random = new Random(1);
                float[] values = [.. Enumerable.Range(0, HistogramLength).Select(_ => (float)((random.NextDouble() * 2) - 1))];
                start = Stopwatch.GetTimestamp();
                using (var writer = new SummaryWriter(directory))
                {
                    for (int i = 0; i < count; i++)
                        writer.AddHistogram("weights", values, i);
                }

                break;
            case "read":
                start = Stopwatch.GetTimestamp();
                int read = RunLog.Open(directory).Scalars.Values.Sum(series => series.Count);
                if (read != count)
                    throw new InvalidDataException($"{count} scalars were expected; {read} were read.");
                break;
            default:
                throw new ArgumentException($"There is no work '{name}'; there are scalars, histograms and read.", nameof(name));
        }

        Console.WriteLine(Stopwatch.GetElapsedTime(start).TotalSeconds.ToString("R", CultureInfo.InvariantCulture));
    }
}
