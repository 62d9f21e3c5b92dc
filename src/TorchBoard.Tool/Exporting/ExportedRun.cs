using TorchBoard.Events;
using TorchBoard.Reading;
using TorchBoard.Tool.Runs;

namespace TorchBoard.Tool.Exporting;

/// <summary>A run whose values are read in bounded memory, without those that a restart removes.</summary>
internal sealed class ExportedRun
{
    private const int PartLength = 1 << 16;

    // Damage is reported when the run is opened.
    private static readonly RunLogOptions AnyStorage = new() { OnCorruptRecord = _ => { }, Graphs = false };

    private readonly int? _maxPointsAtOnce;
    private readonly CancellationToken _cancellationToken;
    private readonly Lazy<Restarts> _restarts;
    private readonly Lazy<double> _start;

    /// <param name="log">The run with all curves, or with a few of their points.</param>
    /// <param name="maxPointsAtOnce">The number of points to read at once; null if the run has all.</param>
    /// <param name="cancellationToken">Cancels reading.</param>
    public ExportedRun(RunLog log, int? maxPointsAtOnce, CancellationToken cancellationToken)
    {
        Log = log;
        _maxPointsAtOnce = maxPointsAtOnce;
        _cancellationToken = cancellationToken;
        _restarts = new Lazy<Restarts>(FindRestarts);
        _start = new Lazy<double>(FindStart);
    }

    public RunLog Log { get; }

    public string Name => Log.Name;

    /// <summary>The wall time of the run's first point of any kind.</summary>
    public double Start => _start.Value;

    /// <summary>Returns the selected curves, in the order of <see cref="RunLog.Scalars"/>.</summary>
    public IEnumerable<ExportedCurve> Curves(string[] tags)
    {
        IEnumerable<ScalarSeries> curves = Log.Scalars.Values.Where(curve => Selection.Matches(tags, curve.Tag));
        return _maxPointsAtOnce is int most
            ? LargeCurves([.. curves], most)
            : curves.Select(curve => new ExportedCurve(this, curve.Tag, [curve]));
    }

    /// <summary>Returns the selected values of some kinds, in the order of the files.</summary>
    public IEnumerable<ExportedValue> Values(IReadOnlyCollection<TagKind> kinds, string[] tags)
    {
        RunLogOptions options = Silent() with { Kinds = kinds, Tags = tag => Selection.Matches(tags, tag) };
        foreach ((LoggedEvent logged, LoggedValue value) in Read(options))
        {
            if (value.Value is { } content)
                yield return new ExportedValue(value.Kind, value.Tag, logged.Step, WallTimeOf(logged), content);
        }
    }

    // Small curves are read together, so that the files are not read once for each of thousands.
    private IEnumerable<ExportedCurve> LargeCurves(ScalarSeries[] curves, int most)
    {
        for (int first = 0; first < curves.Length;)
        {
            int end = first;
            for (long points = 0; end < curves.Length && (points += curves[end].Info!.Count) <= most;)
                end++;
            if (end == first)
            {
                string tag = curves[first++].Tag;
                yield return new ExportedCurve(this, tag, Parts(tag));
                continue;
            }

            HashSet<string> together = [.. curves[first..end].Select(curve => curve.Tag)];
            RunLog read = RunLog.Open(Log.Path, Silent() with { Kinds = [TagKind.Scalar], Tags = together.Contains });
            for (; first < end; first++)
            {
                if (read.Scalars.TryGetValue(curves[first].Tag, out ScalarSeries? curve))
                    yield return new ExportedCurve(this, curve.Tag, [curve]);
            }
        }
    }

    private IEnumerable<ScalarSeries> Parts(string tag)
    {
        long[] steps = new long[PartLength];
        double[] values = new double[PartLength];
        double[] wallTimes = new double[PartLength];
        int count = 0;
        RunLogOptions options = Silent() with { Kinds = [TagKind.Scalar], Tags = name => name == tag };
        foreach ((LoggedEvent logged, LoggedValue value) in Read(options))
        {
            (steps[count], values[count], wallTimes[count]) = (logged.Step, value.Scalar, WallTimeOf(logged));
            if (++count < PartLength)
                continue;
            yield return new ScalarSeries(Name, tag, steps, values, wallTimes);
            count = 0;
        }

        if (count > 0)
            yield return new ScalarSeries(Name, tag, steps.AsSpan(0, count), values.AsSpan(0, count), wallTimes.AsSpan(0, count));
    }

    private IEnumerable<(LoggedEvent Event, LoggedValue Value)> Read(RunLogOptions options)
    {
        int restarts = 0;
        foreach (LoggedEvent logged in RunLog.ReadEvents(Log.Path, options))
        {
            _cancellationToken.ThrowIfCancellationRequested();
            if (logged.IsSessionStart)
                restarts++;
            if (logged.Values.Count == 0 || logged.Step >= _restarts.Value.LeastAfter(restarts))
                continue;
            foreach (LoggedValue value in logged.Values)
                yield return (logged, value);
        }
    }

    private Restarts FindRestarts()
    {
        var restarts = new Restarts();
        foreach (LoggedEvent logged in RunLog.ReadEvents(Log.Path, Silent() with { Tags = _ => false }))
        {
            _cancellationToken.ThrowIfCancellationRequested();
            if (logged.IsSessionStart)
                restarts.Add(logged.Step);
        }

        return restarts;
    }

    private RunLogOptions Silent() => AnyStorage with { Storage = ObjectStores.Of(Log.Path) };

    private double FindStart() => RunLog.ReadEvents(Log.Path, Silent()).FirstOrDefault(logged => logged.Values.Count > 0) is { } first
        ? WallTimeOf(first)
        : 0;

    // The event's own wall time is to the nearest 100 ns.
    private static double WallTimeOf(LoggedEvent logged) =>
        EventView.TryRead(logged.Payload.Span, out EventView view) ? view.WallTime : UnixSeconds.Of(logged.WallTime);
}
