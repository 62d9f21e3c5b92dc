using TorchBoard.CustomScalars;
using TorchBoard.Tool.Files;
using TorchBoard.Tool.Output;
using TorchBoard.Tool.Runs;

namespace TorchBoard.Tool.Averaging;

/// <summary>
/// Writes averaged curves as a run: the mean under the tag of the runs, so that TensorBoard shows it in their chart; the
/// deviation, the edges of the band and the number of runs under tags of their own; and a layout that draws the bands.
/// </summary>
internal static class AveragedRun
{
    private const string Deviation = "sd/";
    private const string Lower = "mean-sd/";
    private const string Upper = "mean+sd/";
    private const string Runs = "runs/";

    /// <exception cref="UsageException">A tag of the runs is also one that would be written.</exception>
    public static void ThrowIfAmbiguous(IReadOnlyCollection<AveragedCurve> curves)
    {
        HashSet<string> tags = [.. curves.Select(curve => curve.Tag)];
        foreach (string prefix in (string[])[Deviation, Lower, Upper, Runs])
        {
            if (tags.FirstOrDefault(tag => tags.Contains(prefix + tag)) is { } tag)
            {
                throw new UsageException(
                    $"The runs have '{prefix}{tag}', which would be written for '{tag}'. Select tags with --tag.");
            }
        }
    }

    /// <summary>Writes the file of a run.</summary>
    /// <returns>The path of the file.</returns>
    public static string Write(
        NewFiles files, string output, IReadOnlyCollection<AveragedCurve> curves, CancellationToken cancellationToken)
    {
        // A writer names its file itself, which then appears whole.
        DirectoryInfo directory = Directory.CreateTempSubdirectory("torchboard-average-");
        try
        {
            using (var writer = new SummaryWriter(directory.FullName))
            {
                foreach (AveragedCurve curve in curves)
                    Write(writer, curve, cancellationToken);
                if (LayoutOf(curves) is { } layout)
                    writer.AddCustomScalars(layout);
                writer.Flush();
            }

            FileInfo file = directory.GetFiles().Single();
            string path = Path.GetFullPath(Path.Combine(output, file.Name));
            file.CopyTo(files.Add(path));
            return path;
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    private static void Write(SummaryWriter writer, AveragedCurve curve, CancellationToken cancellationToken)
    {
        writer.Describe(curve.Tag, description: $"The mean of {Shown.Count(curve.Runs, "run")}.");
        writer.Describe(Deviation + curve.Tag, description: "The sample standard deviation, where several runs have the step.");
        writer.Describe(Runs + curve.Tag, description: "The number of runs that have the step.");
        foreach ((long step, AveragedPoint point) in curve.Points)
        {
            cancellationToken.ThrowIfCancellationRequested();
            DateTimeOffset time = DateTimeOffset.UnixEpoch.AddMicroseconds(UnixMicroseconds.Of(curve.Start + point.Elapsed) ?? 0);

            // A band is drawn only if its edges have all the steps of the curve: one run's has no width.
            double deviation = point.Deviation ?? 0;
            writer.AddScalar(curve.Tag, point.Mean, step, time);
            writer.AddScalar(Lower + curve.Tag, point.Mean - deviation, step, time);
            writer.AddScalar(Upper + curve.Tag, point.Mean + deviation, step, time);
            writer.AddScalar(Runs + curve.Tag, point.Runs, step, time);
            if (point.Deviation is double given)
                writer.AddScalar(Deviation + curve.Tag, given, step, time);
        }
    }

    private static CustomScalarsLayout? LayoutOf(IEnumerable<AveragedCurve> curves)
    {
        // The dashboard takes what follows a parenthesis for the name of a run.
        MarginChart[] charts =
        [
            .. curves.Where(curve => !curve.Tag.Contains('('))
                .Select(curve => new MarginChart(
                    curve.Tag, new MarginSeries(curve.Tag, Lower + curve.Tag, Upper + curve.Tag))),
        ];
        return charts.Length > 0 ? new CustomScalarsLayout(new ChartCategory("Mean ± standard deviation", charts)) : null;
    }
}
