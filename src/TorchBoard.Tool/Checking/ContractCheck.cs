using TorchBoard.Events;
using TorchBoard.Plugins;
using TorchBoard.Protos;
using TorchBoard.Reading;
using TorchBoard.Records;
using TorchBoard.Tool.Rewriting;

namespace TorchBoard.Tool.Checking;

/// <summary>Checks the files of one run, in order, against the requirements of TensorBoard's readers.</summary>
internal sealed class ContractCheck(Findings findings)
{
    private const int MaxWriterName = 128;

    private readonly Dictionary<string, CheckedTag> _tags = new(StringComparer.Ordinal);
    private readonly Restarts _restarts = new();
    private (string File, long Offset)? _firstStart;
    private int _files;

    /// <returns>The number of events in the file.</returns>
    public long Check(string file, CancellationToken cancellationToken)
    {
        _files++;
        foreach (CheckedTag tag in _tags.Values)
            tag.HasMetadataInFile = false;

        var damagedValues = new HashSet<long>();
        long events = 0;
        long end = 0;
        var options = new RunLogOptions
        {
            OnCorruptRecord = error =>
            {
                findings.Error(file, error.Offset, null, error.Reason);
                damagedValues.Add(error.Offset);
                end = Math.Max(end, error.Offset + error.SkippedBytes);
            },
        };
        foreach (LoggedEvent logged in RunLog.ReadEvents(file, options))
        {
            cancellationToken.ThrowIfCancellationRequested();
            end = logged.Offset + logged.Payload.Length + RecordFrame.Overhead;
            if (!RawEvent.TryParse(logged, out Event? parsed))
            {
                if (!damagedValues.Contains(logged.Offset))
                {
                    findings.Error(
                        file, logged.Offset, null,
                        "the record is not a valid event; stock TensorBoard stops reading every run");
                }

                continue;
            }

            CheckEvent(file, logged, parsed, isFirst: events++ == 0);
            if (logged.Content == EventContent.Summary && !damagedValues.Contains(logged.Offset))
                CheckSummary(file, logged, parsed.Summary);
        }

        WarnOfFirstStart();
        long length = new FileInfo(file).Length;
        if (end < length)
        {
            findings.Warning(
                file, end, null,
                $"the file ends within a record, after {length - end} of its bytes: it is still being written, or the "
                    + "writer was killed");
        }

        return events;
    }

    private void CheckEvent(string file, LoggedEvent logged, Event parsed, bool isFirst)
    {
        if (isFirst && logged.FileVersion != FileVersion.Text)
        {
            findings.Error(file, logged.Offset, null, logged.FileVersion is { } version
                ? $"the file version is '{version}', not '{FileVersion.Text}'"
                : $"the first event does not contain the file version '{FileVersion.Text}'");
        }

        if (!double.IsFinite(parsed.WallTime))
            findings.Error(file, logged.Offset, null, "the event's wall time is not finite");
        else if (parsed.WallTime < 0)
            findings.Warning(file, logged.Offset, null, "the event's wall time is before 1970");
        if (parsed.SourceMetadata?.Writer.Length > MaxWriterName)
            findings.Warning(file, logged.Offset, null, $"the writer's name is longer than {MaxWriterName} characters");

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

    private void CheckSummary(string file, LoggedEvent logged, Summary summary)
    {
        foreach (Summary.Types.Value value in summary.Value)
        {
            string plugin = value.Metadata?.PluginData?.PluginName ?? "";
            bool isNew = !_tags.TryGetValue(value.Tag, out CheckedTag? tag);
            if (tag is null)
                _tags.Add(value.Tag, tag = new CheckedTag(plugin));

            void Error(string message) => findings.Error(file, logged.Offset, value.Tag, message);
            void Warning(string message) => findings.Warning(file, logged.Offset, value.Tag, message);

            if (value.Tag.Length == 0)
                Warning("the tag is empty");
            if (value.ValueCase == Summary.Types.Value.ValueOneofCase.None)
            {
                if (value.Metadata is null)
                    Warning("there is neither a value nor metadata");
                else if (tag.Plugin != PluginTable.Hyperparameters.Name)
                    Error("there is metadata but no value");
                continue;
            }

            if (value.ValueCase == Summary.Types.Value.ValueOneofCase.Tensor)
            {
                if (tag.Plugin.Length == 0)
                    Error("a tensor without metadata is not shown");
                else if (value.Metadata is null && !tag.HasMetadataInFile)
                    Warning("the tag's metadata is not repeated in this file");
                CheckTensor(tag, value.Tensor, Error, Warning);
            }

            if (value.Metadata is not null)
            {
                tag.HasMetadataInFile = true;
                if (!isNew && plugin.Length > 0 && plugin != tag.Plugin)
                    Warning($"the plugin changes from '{tag.Plugin}' to '{plugin}'; only the first is used");
                if (value.Metadata.DataClass is var data and not DataClass.Unknown
                    && PluginTable.Named(plugin) is { RequiresDataClass: true } known && data != known.DataClass)
                {
                    Error($"the data class of '{plugin}' is {known.DataClass}, not {data}");
                }
            }

            if (value.Histo is { } histogram && histogram.Bucket.Count != histogram.BucketLimit.Count)
                Error($"a histogram has {histogram.BucketLimit.Count} limits but {histogram.Bucket.Count} counts");
            if (!tag.IsInOrder(logged.Step, _restarts))
                Warning("steps go backward");
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
