using TorchBoard.Hyperparameters;
using TorchBoard.Protos.Hyperparameters;

namespace TorchBoard;

/// <summary>The hyperparameters and the status of a trial, as its run records them. Immutable, thread-safe.</summary>
public sealed class HyperparameterLog
{
    private readonly Protos.Hyperparameters.Experiment? _experiment;
    private readonly SessionStartInfo? _start;
    private readonly SessionEndInfo? _end;

    internal HyperparameterLog(HParamsPluginData data)
        : this(data.Experiment, data.SessionStartInfo, data.SessionEndInfo)
    {
    }

    private HyperparameterLog(
        Protos.Hyperparameters.Experiment? experiment, SessionStartInfo? start, SessionEndInfo? end) =>
        (_experiment, _start, _end) = (experiment, start, end);

    /// <summary>The value of each hyperparameter, by name.</summary>
    public IReadOnlyDictionary<string, Hyperparameter> Values =>
        field ??= (_start?.Hparams ?? []).OrderBy(entry => entry.Key, StringComparer.Ordinal)
            .ToDictionary(entry => entry.Key, entry => ValueOf(entry.Value), StringComparer.Ordinal);

    /// <summary>The group of trials to which this one belongs; empty if there is none.</summary>
    public string GroupName => _start?.GroupName ?? "";

    /// <summary>The start time of the trial; null if unknown.</summary>
    public DateTimeOffset? StartTime => _start is null ? null : UnixTime.FromSeconds(_start.StartTimeSecs);

    /// <summary>The status of the trial.</summary>
    public RunStatus Status => (RunStatus)(_end?.Status ?? default);

    /// <summary>The end time of the trial; null if unknown.</summary>
    public DateTimeOffset? EndTime => _end is null ? null : UnixTime.FromSeconds(_end.EndTimeSecs);

    /// <summary>The description of the trial's experiment; null if the run has none.</summary>
    public HyperparameterExperiment? Experiment =>
        _experiment is null ? null : field ??= new HyperparameterExperiment(_experiment);

    /// <summary>Returns this log, completed with parts that only an earlier log of the run has.</summary>
    internal HyperparameterLog After(HyperparameterLog? earlier) => earlier is null
        ? this
        : new(_experiment ?? earlier._experiment, _start ?? earlier._start, _end ?? earlier._end);

    internal static Hyperparameter ValueOf(Google.Protobuf.WellKnownTypes.Value value) => new(value.KindCase switch
    {
        Google.Protobuf.WellKnownTypes.Value.KindOneofCase.NumberValue => value.NumberValue,
        Google.Protobuf.WellKnownTypes.Value.KindOneofCase.StringValue => value.StringValue,
        Google.Protobuf.WellKnownTypes.Value.KindOneofCase.BoolValue => value.BoolValue,
        _ => null,
    });
}
