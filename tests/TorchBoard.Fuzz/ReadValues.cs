using System.Globalization;
using TorchBoard.Histograms;

namespace TorchBoard.Fuzz;

/// <summary>
/// The content read from an event file, as text that is equal if the values are bit-identical, to compare the ways of
/// reading.
/// </summary>
/// <param name="Tags">The values of each tag, each with its step and wall time, in the order of the file.</param>
/// <param name="Graphs">The graphs.</param>
/// <param name="Hyperparameters">The run's hyperparameters; empty if there are none.</param>
/// <param name="Errors">The unreadable records.</param>
internal sealed record ReadValues(
    IReadOnlyDictionary<string, IReadOnlyList<string>> Tags,
    IReadOnlyList<string> Graphs,
    string Hyperparameters,
    IReadOnlyList<string> Errors)
{
    /// <summary>
    /// The maximum number of elements to read from a tensor, because a file can claim more than it contains.
    /// </summary>
    public const int MostElements = 1 << 16;

    /// <summary>Returns the content read by <see cref="RunLog.Open(string, RunLogOptions?)"/>.</summary>
    /// <param name="run">A run that was opened without applying restarts.</param>
    public static ReadValues Of(RunLog run)
    {
        var tags = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        foreach (ScalarSeries series in run.Scalars.Values)
            tags.Add(series.Tag, Points(series.Steps, series.WallTimes, series.Values));
        Add(run.Histograms.Values);
        Add(run.Images.Values);
        Add(run.Audio.Values);
        Add(run.Text.Values);
        Add(run.PrCurves.Values);
        Add(run.MeshParts.Values);
        Add(run.Tensors.Values);

        // Of the remaining kinds, only the counts are kept.
        foreach (TagInfo info in run.Tags.Values.Where(info => !tags.ContainsKey(info.Tag)))
            tags.Add(info.Tag, [Count(info.Count)]);
        return new ReadValues(
            tags.Where(tag => run.Tags[tag.Key].Count > 0).ToDictionary(StringComparer.Ordinal),
            [.. run.Graphs.Select(graph => Graph(graph.Step, graph.WallTime, graph.GraphDef))],
            Text(run.Hyperparameters),
            [.. run.Errors.Select(error => error.ToString())]);

        void Add<T>(IEnumerable<Series<T>> all)
        {
            foreach (Series<T> series in all)
                tags.Add(series.Tag, Points(series.Steps, series.WallTimes, series.Values));
        }
    }

    /// <summary>
    /// Returns the content read by <see cref="RunLog.ReadEvents"/> or <see cref="RunLog.FollowAsync"/>.
    /// </summary>
    /// <param name="events">The events.</param>
    /// <param name="errors">The errors reported meanwhile.</param>
    public static ReadValues Of(IReadOnlyList<LoggedEvent> events, IReadOnlyList<CorruptRecord> errors)
    {
        var tags = new Dictionary<string, (TagKind Kind, List<string> Points)>(StringComparer.Ordinal);
        HyperparameterLog? trial = null;
        foreach (LoggedEvent logged in events)
        {
            foreach (LoggedValue value in logged.Values)
            {
                if (!tags.TryGetValue(value.Tag, out (TagKind Kind, List<string> Points) tag))
                    tags.Add(value.Tag, tag = (value.Kind, []));
                if (value.Value is HyperparameterLog log)
                    trial = log.After(trial);
                tag.Points.Add(Point(logged.Step, logged.Seconds, value.Value));
            }
        }

        return new ReadValues(
            tags.ToDictionary(
                tag => tag.Key,
                tag => tag.Value.Kind is TagKind.None or TagKind.Hyperparameters
                    ? [Count(tag.Value.Points.Count)]
                    : (IReadOnlyList<string>)tag.Value.Points,
                StringComparer.Ordinal),
            [.. events.Where(logged => logged.Content == EventContent.Graph)
                .Select(logged => Graph(logged.Step, logged.WallTime, logged.GraphDef))],
            Text(trial),
            [.. errors.Select(error => error.ToString())]);
    }

    /// <summary>The first difference from the content read another way; null if there is none.</summary>
    public string? DifferenceTo(ReadValues other) =>
        Difference("tags", [.. Tags.Keys.Order(StringComparer.Ordinal)], [.. other.Tags.Keys.Order(StringComparer.Ordinal)])
        ?? Tags.Select(tag => Difference($"tag '{tag.Key}'", tag.Value, other.Tags[tag.Key])).FirstOrDefault(d => d is not null)
        ?? Difference("graphs", Graphs, other.Graphs)
        ?? Difference("hyperparameters", [Hyperparameters], [other.Hyperparameters])
        ?? Difference("errors", Errors, other.Errors);

    private static string? Difference(string what, IReadOnlyList<string> here, IReadOnlyList<string> there)
    {
        for (int i = 0; i < Math.Max(here.Count, there.Count); i++)
        {
            string a = i < here.Count ? here[i] : "nothing";
            string b = i < there.Count ? there[i] : "nothing";
            if (a != b)
                return $"{what}, number {i}: {a} against {b}";
        }

        return null;
    }

    private static List<string> Points<T>(
        ReadOnlySpan<long> steps, ReadOnlySpan<double> wallTimes, ReadOnlySpan<T> values)
    {
        var points = new List<string>(steps.Length);
        for (int i = 0; i < steps.Length; i++)
            points.Add(Point(steps[i], wallTimes[i], values[i]));
        return points;
    }

    private static string Point(long step, double wallTime, object? value) =>
        string.Create(CultureInfo.InvariantCulture, $"{step} at {Bits(wallTime)}: {Text(value)}");

    private static string Graph(long step, DateTimeOffset wallTime, ReadOnlyMemory<byte> graph) =>
        string.Create(CultureInfo.InvariantCulture, $"{step} at {wallTime:O}: {Hex(graph)}");

    private static string Count(int count) => string.Create(CultureInfo.InvariantCulture, $"{count} values");

    private static string Text(object? value) => value switch
    {
        null => "",
        double number => Bits(number),
        Histogram h =>
            $"{Bits(h.Min)} {Bits(h.Max)} {Bits(h.Count)} {Bits(h.Sum)} {Bits(h.SumOfSquares)} "
            + $"{Bits(h.Limits)}: {Bits(h.Counts)}",
        IReadOnlyList<ImageSample> images => string.Join(", ", images.Select(image => string.Create(
            CultureInfo.InvariantCulture, $"{image.Width} {image.Height} {image.Format} {Hex(image.Encoded)}"))),
        IReadOnlyList<AudioClip> clips => string.Join(", ", clips.Select(clip => string.Create(
            CultureInfo.InvariantCulture,
            $"{Bits(clip.SampleRate)} {clip.Channels} {clip.ContentType} {clip.Label} {Hex(clip.Encoded)}"))),
        TextValue text => $"[{string.Join(',', text.Shape.ToArray())}] {string.Join('\0', text.Strings.ToArray())}",
        PrCurve curve =>
            $"{Bits(curve.TruePositives)}, {Bits(curve.FalsePositives)}, {Bits(curve.TrueNegatives)}, "
            + $"{Bits(curve.FalseNegatives)}, {Bits(curve.Precision)}, {Bits(curve.Recall)}",
        MeshPart part => $"{part.Mesh} {part.Kind} {part.ConfigJson} {Text(part.Data)}",
        TensorValue { ElementCount: > MostElements } tensor => tensor.ToString(),
        TensorValue { Type: TensorType.String } tensor => $"{tensor} {string.Join(',', tensor.ToBytes().Select(Hex))}",
        TensorValue { IsNumeric: true } tensor => $"{tensor} {Bits(tensor.ToDoubles())}",
        HyperparameterLog log =>
            $"{log.GroupName} {log.Status} {log.StartTime:O} {log.EndTime:O} {string.Join(',', log.Values)} "
            + Text(log.Experiment),
        HyperparameterExperiment experiment =>
            $"{experiment.Name} {experiment.Description} {string.Join(',', experiment.Metrics)} "
            + string.Join(',', experiment.Parameters.Select(p => $"{p.Name} {string.Join(',', p.Domain)} {p.Min:R} {p.Max:R}")),
        _ => value.ToString()!,
    };

    private static string Bits(ReadOnlySpan<double> numbers) => string.Join(' ', Array.ConvertAll(numbers.ToArray(), Bits));

    private static string Bits(double number) =>
        BitConverter.DoubleToUInt64Bits(number).ToString("X", CultureInfo.InvariantCulture);

    private static string Hex(ReadOnlyMemory<byte> bytes) => Convert.ToHexString(bytes.Span);
}
