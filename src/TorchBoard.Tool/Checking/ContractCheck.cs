using TorchBoard.Events;
using TorchBoard.Protos;
using TorchBoard.Reading;
using TorchBoard.Records;

namespace TorchBoard.Tool.Checking;

/// <summary>Checks the files of one run, in order, against the requirements of TensorBoard's readers.</summary>
internal sealed class ContractCheck
{
    private const int MaxWriterName = 128;

    private readonly Findings _findings = new();
    private readonly Restarts _restarts = new();
    private readonly LoggedRun _run;
    private readonly ValueCheck _values;
    private Place? _firstStart;
    private int _files;
    private bool _isFirst;
    private bool _hasData;

    /// <param name="run">The run to check.</param>
    /// <param name="experiments">Compares the experiments of all runs.</param>
    public ContractCheck(LoggedRun run, ExperimentCheck experiments)
    {
        _run = run;
        _values = new ValueCheck(run.Name, _findings, _restarts, experiments);
    }

    /// <summary>
    /// Reads the run as the library does, so that the two cannot differ in what can be read: each part that the
    /// library reports is an error, and every value that it reads is checked.
    /// </summary>
    /// <returns>The files, in order, with their findings.</returns>
    public List<CheckedFile> Check(CancellationToken cancellationToken)
    {
        var files = new List<EventFileInfo>();
        long damagedAt = -1;
        long end = 0;
        BeginFile();
        var options = new RunLogOptions
        {
            OnCorruptRecord = error =>
            {
                _findings.Error(error.File, error.Offset, null, error.Reason);
                damagedAt = error.Offset;
                end = Math.Max(end, error.Offset + error.SkippedBytes);
            },
            OnFileRead = file =>
            {
                End(file, end, isDamaged: damagedAt >= 0);
                if (files.Count == 0)
                    CheckName(_run.Name, new Place(_findings, file.Path, 0));
                files.Add(file);
                BeginFile();
                (damagedAt, end) = (-1, 0);
            },
        };
        foreach (LoggedEvent logged in _run.ReadEvents(options))
        {
            cancellationToken.ThrowIfCancellationRequested();
            end = logged.Offset + logged.Payload.Length + RecordFrame.Overhead;
            CheckEvent(logged, isDamaged: damagedAt == logged.Offset);
        }

        ILookup<string, Finding> found = _findings.All.ToLookup(finding => finding.File, StringComparer.Ordinal);
        return
        [
            .. files.Select(file => new CheckedFile(
                _run.Name, file.Path, file.EventCount, file.Length, [.. found[file.Path]])),
        ];
    }

    private static void CheckName(string run, Place at)
    {
        if (!run.Contains('/') && ReservedName.IsGroup(run))
        {
            at.Error(
                $"TensorBoard's page cannot show the curves of a run named '{run}', the name of a property that every "
                + "JavaScript object has");
        }
    }

    private void BeginFile()
    {
        _files++;
        _isFirst = true;
        _hasData = false;
        _values.BeginFile();
    }

    private void End(EventFileInfo file, long end, bool isDamaged)
    {
        WarnOfFirstStart();
        var at = new Place(_findings, file.Path, end);
        if (file.HasTruncatedTail && end < file.Length)
        {
            at.Warning(
                $"the file ends within a record, after {file.Length - end} of its bytes: it is still being written, or "
                + "the writer was killed");
        }
        else if (!_hasData && !isDamaged && file.Failure is null)
        {
            at.Warning(file.Length == 0 ? "the file is empty" : "the file has no data");
        }
    }

    private void CheckEvent(LoggedEvent logged, bool isDamaged)
    {
        var at = new Place(_findings, logged.File, logged.Offset);
        bool isFirst = _isFirst;
        _isFirst = false;
        if (isFirst && logged.FileVersion != FileVersion.Text)
        {
            at.Error(logged.FileVersion is { } version
                ? $"the file version is '{version}', not '{FileVersion.Text}'"
                : $"the first event does not contain the file version '{FileVersion.Text}'");
        }

        _hasData |= logged.Values.Count > 0
            || logged.Content is EventContent.Graph or EventContent.RunMetadata or EventContent.MetaGraph;
        if (EventTexts.FirstInvalid(logged.Payload.Span, out string? tag) is { } text)
            (at with { Tag = tag }).Error($"the {text} is not valid UTF-8; {ValueCheck.StopsReading}");
        else if (Messages.TryParse(Event.Parser, logged.Payload.Span, WireKey.EventSummary) is { } parsed)
            CheckContent(logged, parsed, isFirst, at);
        else if (!isDamaged)
            at.Error($"the record is not a valid event; {ValueCheck.StopsReading}");

        if (logged.IsSessionStart)
        {
            _restarts.Add(logged.Step);
            _firstStart = _restarts.Count == 1 && _files > 1 ? at : null;
        }
        else if (logged.Content == EventContent.Summary)
        {
            WarnOfFirstStart();
        }
    }

    private void CheckContent(LoggedEvent logged, Event parsed, bool isFirst, Place at)
    {
        WallTimes.Check(parsed.WallTime, isFirst, at);
        if (parsed.SourceMetadata?.Writer.Length > MaxWriterName)
            at.Warning($"the writer's name is longer than {MaxWriterName} characters");
        switch (logged.Content)
        {
            case EventContent.Summary:
                _values.CheckSummary(logged);
                break;
            case EventContent.Graph:
                CheckGraph(logged.GraphDef.Span, at);
                break;
            case EventContent.MetaGraph:
                CheckMetaGraph(parsed.MetaGraphDef.Span, at);
                break;
            case EventContent.RunMetadata:
                if (Messages.TryParse(RunMetadata.Parser, parsed.TaggedRunMetadata.RunMetadata.Span) is null)
                    at.Error("the execution statistics are malformed; TensorBoard does not show them");
                break;
            default:
                break;
        }
    }

    // Stock TensorBoard parses it when it reads the event.
    private static void CheckMetaGraph(ReadOnlySpan<byte> bytes, Place at)
    {
        const uint graphDef = 2 << 3 | WireKey.LengthDelimited;
        var message = new WireReader(bytes);
        while (message.Next(out uint key))
        {
            if (key == graphDef)
                CheckGraph(message.Bytes(), at);
            else
                message.Skip(key);
        }

        if (message.Failed)
            at.Error($"the meta graph is malformed; {ValueCheck.StopsReading}");
    }

    private static void CheckGraph(ReadOnlySpan<byte> bytes, Place at)
    {
        if (Messages.TryParse(GraphDef.Parser, bytes) is { } graph)
            GraphCheck.Check(graph, at);
        else
            at.Error("the graph is malformed; TensorBoard does not show it");
    }

    // Writers that work around this write two session starts.
    private void WarnOfFirstStart()
    {
        _firstStart?.Warning(
            "the session start is the run's first; stock TensorBoard ignores it and shows the points that it should "
            + "purge");
        _firstStart = null;
    }
}
