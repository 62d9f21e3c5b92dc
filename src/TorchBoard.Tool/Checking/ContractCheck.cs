using System.Text;
using Google.Protobuf;
using TorchBoard.Events;
using TorchBoard.Plugins;
using TorchBoard.Protos;
using TorchBoard.Reading;
using TorchBoard.Records;

namespace TorchBoard.Tool.Checking;

/// <summary>Checks the files of one run, in order, against the requirements of TensorBoard's readers.</summary>
internal sealed class ContractCheck(Findings findings)
{
    private const int MaxWriterName = 128;
    private const string StopsReading = "stock TensorBoard stops reading every run";

    private readonly Dictionary<string, CheckedTag> _tags = new(StringComparer.Ordinal);
    private readonly Restarts _restarts = new();
    private (string File, long Offset)? _firstStart;
    private int _files;
    private bool _isFirst;

    /// <summary>
    /// Reads the run as the library does, so that the two cannot differ in what can be read: each part that the
    /// library reports is an error, and every value that it reads is checked.
    /// </summary>
    /// <returns>The files, in order, with their findings.</returns>
    public List<CheckedFile> Check(LoggedRun run, CancellationToken cancellationToken)
    {
        var files = new List<EventFileInfo>();
        long damagedAt = -1;
        long end = 0;
        BeginFile();
        var options = new RunLogOptions
        {
            OnCorruptRecord = error =>
            {
                findings.Error(error.File, error.Offset, null, error.Reason);
                damagedAt = error.Offset;
                end = Math.Max(end, error.Offset + error.SkippedBytes);
            },
            OnFileRead = file =>
            {
                End(file, end);
                files.Add(file);
                BeginFile();
                (damagedAt, end) = (-1, 0);
            },
        };
        foreach (LoggedEvent logged in RunLog.ReadEvents(run.Path, options))
        {
            cancellationToken.ThrowIfCancellationRequested();
            end = logged.Offset + logged.Payload.Length + RecordFrame.Overhead;
            CheckEvent(logged, isDamaged: damagedAt == logged.Offset);
            if (logged.Content == EventContent.Summary)
                CheckSummary(logged);
        }

        ILookup<string, Finding> found = findings.All.ToLookup(finding => finding.File, StringComparer.Ordinal);
        return
        [
            .. files.Select(file => new CheckedFile(
                run.Name, file.Path, file.EventCount, file.Length, [.. found[file.Path]])),
        ];
    }

    private void BeginFile()
    {
        _files++;
        _isFirst = true;
        foreach (CheckedTag tag in _tags.Values)
            tag.HasMetadataInFile = false;
    }

    private void End(EventFileInfo file, long end)
    {
        WarnOfFirstStart();
        if (file.HasTruncatedTail && end < file.Length)
        {
            findings.Warning(
                file.Path, end, null,
                $"the file ends within a record, after {file.Length - end} of its bytes: it is still being written, or "
                    + "the writer was killed");
        }
    }

    private void CheckEvent(LoggedEvent logged, bool isDamaged)
    {
        string file = logged.File;
        if (_isFirst && logged.FileVersion != FileVersion.Text)
        {
            findings.Error(file, logged.Offset, null, logged.FileVersion is { } version
                ? $"the file version is '{version}', not '{FileVersion.Text}'"
                : $"the first event does not contain the file version '{FileVersion.Text}'");
        }

        _isFirst = false;
        if (TryParse(Event.Parser, logged.Payload.Span, WireKey.EventSummary) is { } parsed)
        {
            if (!double.IsFinite(parsed.WallTime))
                findings.Error(file, logged.Offset, null, "the event's wall time is not finite");
            else if (parsed.WallTime < 0)
                findings.Warning(file, logged.Offset, null, "the event's wall time is before 1970");
            if (parsed.SourceMetadata?.Writer.Length > MaxWriterName)
            {
                findings.Warning(
                    file, logged.Offset, null, $"the writer's name is longer than {MaxWriterName} characters");
            }
        }
        else if (!isDamaged)
        {
            findings.Error(
                file, logged.Offset, null,
                $"the record is not a valid event; {StopsReading}");
        }

        if (logged.IsSessionStart)
        {
            _restarts.Add(logged.Step);
            _firstStart = _restarts.Count == 1 && _files > 1 ? (file, logged.Offset) : null;
        }
        else if (logged.Content == EventContent.Summary)
        {
            WarnOfFirstStart();
        }
    }

    // Writers that work around this write two session starts.
    private void WarnOfFirstStart()
    {
        if (_firstStart is not { } start)
            return;
        _firstStart = null;
        findings.Warning(
            start.File, start.Offset, null,
            "the session start is the run's first; stock TensorBoard ignores it and shows the points that it should "
            + "purge");
    }

    private void CheckSummary(LoggedEvent logged)
    {
        EventView.TryRead(logged.Payload.Span, out EventView view);
        var summary = new WireReader(view.Body);
        int read = 0;
        while (read < logged.Values.Count && ValueView.TryReadNext(ref summary, out ValueView value))
        {
            // The library has reported the values that it has not read.
            LoggedValue known = logged.Values[read];
            if (Encoding.UTF8.GetString(value.Tag) != known.Tag)
                continue;
            read++;
            CheckValue(logged, known, value);
        }
    }

    private void CheckValue(LoggedEvent logged, LoggedValue known, scoped in ValueView value)
    {
        void Error(string message) => findings.Error(logged.File, logged.Offset, known.Tag, message);
        void Warning(string message) => findings.Warning(logged.File, logged.Offset, known.Tag, message);

        if (!_tags.TryGetValue(known.Tag, out CheckedTag? tag))
            _tags.Add(known.Tag, tag = new CheckedTag(known.PluginName));
        if (known.Tag.Length == 0)
            Warning("the tag is empty");
        if (value.Form == ValueForm.None)
        {
            if (value.Metadata.IsEmpty)
                Warning("there is neither a value nor metadata");
            else if (tag.Plugin != PluginTable.Hyperparameters.Name)
                Error("there is metadata but no value");
            return;
        }

        if (value.Form == ValueForm.Tensor)
        {
            if (tag.Plugin.Length == 0)
                Error("a tensor without metadata is not shown");
            else if (value.Metadata.IsEmpty && !tag.HasMetadataInFile)
                Warning("the tag's metadata is not repeated in this file");
            if (TryParse(TensorProto.Parser, value.Body, WireKey.TensorString) is { } tensor)
                CheckTensor(tag, tensor, Error, Warning);
            else
                Error($"the tensor is malformed; {StopsReading}");
        }

        if (!value.Metadata.IsEmpty)
        {
            if (TryParse(SummaryMetadata.Parser, value.Metadata) is { } metadata)
                CheckMetadata(tag, metadata, Error, Warning);
            else
                Error($"the metadata is malformed; {StopsReading}");
        }

        if (value.Form == ValueForm.Histogram && TryParse(HistogramProto.Parser, value.Body) is { } histogram
            && histogram.Bucket.Count != histogram.BucketLimit.Count)
        {
            Error($"a histogram has {histogram.BucketLimit.Count} limits but {histogram.Bucket.Count} counts");
        }

        if (!tag.IsInOrder(logged.Step, _restarts))
            Warning("steps go backward");
    }

    private static void CheckMetadata(
        CheckedTag tag, SummaryMetadata metadata, Action<string> error, Action<string> warning)
    {
        tag.HasMetadataInFile = true;
        string plugin = metadata.PluginData?.PluginName ?? "";
        if (plugin.Length > 0 && plugin != tag.Plugin)
            warning($"the plugin changes from '{tag.Plugin}' to '{plugin}'; only the first is used");
        if (metadata.DataClass is var data and not DataClass.Unknown
            && PluginTable.Named(plugin) is { RequiresDataClass: true } known && data != known.DataClass)
        {
            error($"the data class of '{plugin}' is {known.DataClass}, not {data}");
        }
    }

    // Returns null if the message is malformed. The fields of the key, which may be many, are checked elsewhere.
    private static T? TryParse<T>(MessageParser<T> parser, ReadOnlySpan<byte> message, uint without = 0)
        where T : class, IMessage<T>
    {
        try
        {
            return parser.ParseFrom(without == 0 ? message : WireFields.Without(without, message, out _));
        }
        catch (Exception e) when (e is InvalidProtocolBufferException or InvalidDataException)
        {
            return null;
        }
    }

    private static void CheckTensor(CheckedTag tag, TensorProto tensor, Action<string> error, Action<string> warning)
    {
        if (Problem(tag.Plugin, tensor) is { } problem)
            error(problem);
        else if (tag.Plugin == PluginTable.Scalars.Name && tensor.Dtype == DataType.DtDouble)
            warning("the scalar is a double, which TensorBoard's fast reader ignores");
        if (tag.Plugin == PluginTable.Audio.Name && tensor.TensorShape is { Dim: [var clips, ..] })
        {
            if (tag.Clips is long before && before != clips.Size)
                error("the number of clips differs between steps");
            tag.Clips ??= clips.Size;
        }
    }

    private static string? Problem(string plugin, TensorProto tensor)
    {
        long[] shape = [.. (tensor.TensorShape?.Dim ?? []).Select(dim => dim.Size)];
        if (PluginTable.Named(plugin)?.Tensor is not { } rule || rule.Allows((TensorType)tensor.Dtype, shape))
            return null;
        string type = tensor.Dtype.ToString()[2..].ToLowerInvariant();
        return $"{rule.Wanted}; was {type} [{string.Join(", ", shape)}]";
    }
}
