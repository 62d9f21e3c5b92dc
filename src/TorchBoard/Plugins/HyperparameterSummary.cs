using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using TorchBoard.Events;
using TorchBoard.Hyperparameters;
using TorchBoard.Protos;
using Wire = TorchBoard.Protos.Hyperparameters;

namespace TorchBoard.Plugins;

/// <summary>Hyperparameters: metadata whose content holds all data; there is no value.</summary>
internal static class HyperparameterSummary
{
    public const string StartTag = "_hparams_/session_start_info";
    public const string EndTag = "_hparams_/session_end_info";
    public const string ExperimentTag = "_hparams_/experiment";

    public static Summary Start(
        IEnumerable<KeyValuePair<string, Hyperparameter>> values, HyperparameterOptions options, double startTime)
    {
        var info = new Wire.SessionStartInfo
        {
            GroupName = options.GroupName,
            ModelUri = options.ModelUri,
            MonitorUrl = options.MonitorUrl,
            StartTimeSecs = startTime,
        };
        foreach ((string name, Hyperparameter value) in values)
            info.Hparams.Add(name, ValueOf(value));
        return Of(StartTag, new Wire.HParamsPluginData { SessionStartInfo = info });
    }

    public static Summary End(RunStatus status, double endTime) => Of(EndTag, new Wire.HParamsPluginData
    {
        SessionEndInfo = new Wire.SessionEndInfo
        {
            Status = status == RunStatus.Success ? Wire.Status.Success : Wire.Status.Failure,
            EndTimeSecs = endTime,
        },
    });

    public static Summary Of(Experiment experiment, double createdTime)
    {
        var message = new Wire.Experiment { Description = experiment.Description, TimeCreatedSecs = createdTime };
        message.HparamInfos.AddRange(experiment.Hyperparameters.Select(InfoOf));
        message.MetricInfos.AddRange(experiment.Metrics.Select(metric => new Wire.MetricInfo
        {
            Name = new Wire.MetricName { Group = metric.SubRun, Tag = metric.Tag },
            DisplayName = metric.DisplayName,
            Description = metric.Description,
        }));
        return Of(ExperimentTag, new Wire.HParamsPluginData { Experiment = message });
    }

    // The data is in the metadata of each event, not only of the tag's first event.
    public static HyperparameterLog Decode(scoped in ValueView value) =>
        SummaryMetadata.Parser.ParseFrom(value.Metadata).PluginData is { } data
            ? new HyperparameterLog(Wire.HParamsPluginData.Parser.ParseFrom(data.Content))
            : throw new InvalidDataException("the hyperparameter event has no content");

    private static Wire.HParamInfo InfoOf(HyperparameterDomain domain)
    {
        var info = new Wire.HParamInfo
        {
            Name = domain.Name,
            DisplayName = domain.DisplayName,
            Description = domain.Description,
            Type = domain.Values?[0] switch
            {
                { Text: not null } => Wire.DataType.String,
                { Boolean: not null } => Wire.DataType.Bool,
                _ => Wire.DataType.Float64,
            },
        };
        if (domain.Interval is var (min, max))
            info.DomainInterval = new Wire.Interval { MinValue = min, MaxValue = max };
        else
            info.DomainDiscrete = new ListValue { Values = { domain.Values!.Select(ValueOf) } };
        return info;
    }

    private static Value ValueOf(Hyperparameter value) => value switch
    {
        { Number: { } number } => Value.ForNumber(number),
        { Boolean: { } truth } => Value.ForBool(truth),
        _ => Value.ForString(value.Text),
    };

    private static Summary Of(string tag, Wire.HParamsPluginData content)
    {
        SummaryMetadata metadata = PluginMetadata.Of(PluginTable.Hyperparameters, content.ToByteString());
        return new Summary { Value = { new Summary.Types.Value { Tag = tag, Metadata = metadata } } };
    }
}
