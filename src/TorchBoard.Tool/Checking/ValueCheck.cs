using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using TorchBoard.Events;
using TorchBoard.Plugins;
using TorchBoard.Protos;
using TorchBoard.Reading;

namespace TorchBoard.Tool.Checking;

/// <summary>Checks the values of the tags of one run, in order.</summary>
internal sealed class ValueCheck(
    string run, Findings findings, Restarts restarts, ExperimentCheck experiments)
{
    public const string StopsReading = "stock TensorBoard stops reading every run";

    private readonly Dictionary<string, CheckedTag> _tags = new(StringComparer.Ordinal);

    public void BeginFile()
    {
        foreach (CheckedTag tag in _tags.Values)
            tag.HasMetadataInFile = false;
    }

    public void CheckSummary(LoggedEvent logged)
    {
        EventView.TryRead(logged.Payload.Span, out EventView view);
        var summary = new WireReader(view.Body);
        int read = 0;
        while (ValueView.TryReadNext(ref summary, out ValueView value))
        {
            string name = Encoding.UTF8.GetString(value.Tag);
            // The library has reported the values that it has not read.
            LoggedValue? known = read < logged.Values.Count ? logged.Values[read] : null;
            if (known?.Tag == name)
                read++;
            else
                known = null;
            CheckValue(logged, name, known, value);
        }
    }

    private void CheckValue(LoggedEvent logged, string name, LoggedValue? known, scoped in ValueView value)
    {
        var at = new Place(findings, logged.File, logged.Offset, name);
        SummaryMetadata? metadata = Messages.TryParse(SummaryMetadata.Parser, value.Metadata);
        string plugin = metadata?.PluginData?.PluginName ?? "";
        string shownBy = PluginTable.OfLegacy(value.Form)?.Name ?? plugin;
        if (!_tags.TryGetValue(name, out CheckedTag? tag))
        {
            _tags.Add(name, tag = new CheckedTag(plugin, shownBy));
            CheckName(name, shownBy, at);
        }

        if (shownBy.Length > 0 && tag.ShownBy.Length > 0 && shownBy != tag.ShownBy)
        {
            at.Error($"the tag has values of two kinds, '{tag.ShownBy}' and '{shownBy}'; only those of the first show");
            return;
        }

        if (known is null)
            return;
        if (known.Value is HyperparameterLog { Experiment: { } experiment })
            experiments.Add(run, experiment, at);
        if (value.Form == ValueForm.None)
        {
            if (value.Metadata.IsEmpty)
                at.Warning("there is neither a value nor metadata");
            else if (tag.Plugin != PluginTable.Hyperparameters.Name)
                at.Error("there is metadata but no value");
            return;
        }

        if (value.Form == ValueForm.Tensor)
        {
            if (tag.Plugin.Length == 0)
                at.Error("a tensor without metadata is not shown");
            else if (value.Metadata.IsEmpty && !tag.HasMetadataInFile)
                at.Warning("the tag's metadata is not repeated in this file");
            if (Messages.TryParse(TensorProto.Parser, value.Body, WireKey.TensorString) is { } tensor)
                CheckTensor(tag, tensor, at);
            else
                at.Error($"the tensor is malformed; {StopsReading}");
        }

        if (!value.Metadata.IsEmpty)
        {
            if (metadata is not null)
                CheckMetadata(tag, metadata, at);
            else
                at.Error($"the metadata is malformed; {StopsReading}");
        }

        if (value.Form == ValueForm.Histogram && Messages.TryParse(HistogramProto.Parser, value.Body) is { } histogram
            && histogram.Bucket.Count != histogram.BucketLimit.Count)
        {
            at.Error($"a histogram has {histogram.BucketLimit.Count} limits but {histogram.Bucket.Count} counts");
        }

        CheckContent(tag, known, value, at);
        CheckStep(tag, logged.Step, at);
    }

    private static void CheckName(string name, string shownBy, Place at)
    {
        if (name.Length == 0)
        {
            at.Warning("the tag is empty");
            return;
        }

        if (ReservedName.IsGroup(name))
        {
            at.Error(
                "the part of the tag before the first slash is the name of a property that every JavaScript object "
                + "has; TensorBoard's page stays blank");
        }

        if (PluginTable.Named(shownBy) is { NamesBlobs: true }
            && name.Any(c => c < ' ' || c is '"' or '\\'))
        {
            at.Warning(
                "the tag contains a quotation mark, a backslash or a control character; TensorBoard's fast reader does "
                + "not serve its values");
        }
    }

    private void CheckStep(CheckedTag tag, long step, Place at)
    {
        switch (tag.Next(step, restarts))
        {
            case StepOrder.Backward:
                at.Warning("steps go backward");
                break;
            // A layout is one value, which writers repeat.
            case StepOrder.Repeated when tag.ShownBy != PluginTable.CustomScalars.Name:
                at.Warning("a step is repeated; TensorBoard's fast reader keeps only its last value");
                break;
            default:
                break;
        }
    }

    private static void CheckMetadata(CheckedTag tag, SummaryMetadata metadata, Place at)
    {
        tag.HasMetadataInFile = true;
        if (metadata.DataClass is var data and not DataClass.Unknown
            && PluginTable.Named(metadata.PluginData?.PluginName ?? "") is { RequiresDataClass: true } known
            && data != known.DataClass)
        {
            at.Error($"the data class of '{known.Name}' is {known.DataClass}, not {data}");
        }
    }

    private static void CheckTensor(CheckedTag tag, TensorProto tensor, Place at)
    {
        long[] shape = [.. (tensor.TensorShape?.Dim ?? []).Select(dim => dim.Size)];
        string type = tensor.Dtype.ToString()[2..].ToLowerInvariant();
        if (PluginTable.Named(tag.Plugin)?.Tensor is { } rule && !rule.Allows((TensorType)tensor.Dtype, shape))
        {
            string message = $"{rule.Wanted}; was {type} [{string.Join(", ", shape)}]";
            if (rule.OneReaderShowsOthers)
                at.Warning(message);
            else
                at.Error(message);
        }

        if (tag.Plugin == PluginTable.Audio.Name && shape is [var clips, ..])
        {
            if (tag.Clips is { } before && before != clips)
                at.Error("the number of clips differs between steps");
            tag.Clips ??= clips;
        }
    }

    private static void CheckContent(CheckedTag tag, LoggedValue known, scoped in ValueView value, Place at)
    {
        if (known.Value is IReadOnlyList<ImageSample> pictures)
            PictureCheck.Check(pictures, at);
        else if (known.Value is IReadOnlyList<AudioClip> clips)
            ClipCheck.Check(clips, at);
        if (value.Form != ValueForm.Tensor)
            return;
        bool isText = tag.Plugin == PluginTable.Text.Name;
        bool isLayout = tag.Plugin == PluginTable.CustomScalars.Name;
        bool isModel = tag.Plugin == PluginTable.KerasModels.Name;
        if (!isText && !isLayout && !isModel)
            return;
        bool isEmpty = true;
        var tensor = new WireReader(value.Body);
        while (tensor.Next(out uint key))
        {
            if (key != WireKey.TensorString)
            {
                tensor.Skip(key);
                continue;
            }

            isEmpty = false;
            ReadOnlySpan<byte> text = tensor.Bytes();
            if (isText && !Utf8.IsValid(text))
                at.Error("the text is not valid UTF-8; TensorBoard does not show the texts of the tag");
            else if (isLayout)
                CheckLayout(text, at);
            else if (isModel && !IsJson(text))
                at.Error("the Keras model is not valid JSON; TensorBoard does not show its conceptual graph");
        }

        if (isEmpty && !isText)
            at.Error("the tensor has no string; TensorBoard's dashboard shows nothing");
    }

    private static void CheckLayout(ReadOnlySpan<byte> bytes, Place at)
    {
        if (Messages.TryParse(Layout.Parser, bytes) is { } layout)
            LayoutCheck.Check(layout, at);
        else
            at.Error("the layout of custom scalars is malformed; the dashboard shows nothing");
    }

    private static bool IsJson(ReadOnlySpan<byte> text)
    {
        var json = new Utf8JsonReader(text);
        try
        {
            bool isObject = json.Read() && json.TokenType == JsonTokenType.StartObject;
            return isObject && json.TrySkip() && !json.Read();
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
