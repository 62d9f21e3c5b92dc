using TorchBoard.Hyperparameters;
using TorchBoard.Protos.Hyperparameters;

namespace TorchBoard;

/// <summary>What a run says of the trial that it is. Immutable, thread-safe.</summary>
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

    /// <summary>What each hyperparameter was set to, by name.</summary>
    public IReadOnlyDictionary<string, Hyperparameter> Values =>
        field ??= (_start?.Hparams ?? []).OrderBy(entry => entry.Key, StringComparer.Ordinal)
            .ToDictionary(entry => entry.Key, entry => ValueOf(entry.Value), StringComparer.Ordinal);

    /// <summary>The group of trials that this one belongs to; empty where it stands alone.</summary>
    public string GroupName => _start?.GroupName ?? "";

    /// <summary>When the trial started; null where it is not stated.</summary>
    public DateTimeOffset? StartTime => _start is null ? null : UnixTime.FromSeconds(_start.StartTimeSecs);

    /// <summary>How it ended.</summary>
    public RunStatus Status => (RunStatus)(_end?.Status ?? default);

    /// <summary>When it ended; null where it is not stated.</summary>
    public DateTimeOffset? EndTime => _end is null ? null : UnixTime.FromSeconds(_end.EndTimeSecs);

    /// <summary>The description of the experiment that the trial is part of; null where the run has none.</summary>
    public HyperparameterExperiment? Experiment =>
        _experiment is null ? null : field ??= new HyperparameterExperiment(_experiment);

    /// <summary>This log, with what only an earlier one of the run says.</summary>
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
