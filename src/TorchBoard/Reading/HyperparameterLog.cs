using TorchBoard.Hyperparameters;
using TorchBoard.Protos.Hyperparameters;

namespace TorchBoard;

/// <summary>What a run says of the trial that it is. Immutable, thread-safe.</summary>
public sealed class HyperparameterLog
{
    internal HyperparameterLog(
        Protos.Hyperparameters.Experiment? experiment, SessionStartInfo? start, SessionEndInfo? end)
    {
        Values = (start?.Hparams ?? []).OrderBy(entry => entry.Key, StringComparer.Ordinal)
            .ToDictionary(entry => entry.Key, entry => ValueOf(entry.Value), StringComparer.Ordinal);
        GroupName = start?.GroupName ?? "";
        StartTime = start?.StartTimeSecs;
        Status = (SessionStatus)(end?.Status ?? default);
        EndTime = end?.EndTimeSecs;
        Experiment = experiment is null ? null : new HyperparameterExperiment(experiment);
    }

    /// <summary>What each hyperparameter was set to, by name.</summary>
    public IReadOnlyDictionary<string, Hyperparameter> Values { get; }

    /// <summary>The group of trials that this one belongs to; empty where it stands alone.</summary>
    public string GroupName { get; }

    /// <summary>When the trial started: seconds since 1970-01-01 UTC; null where it is not stated.</summary>
    public double? StartTime { get; }

    /// <summary>How it ended.</summary>
    public SessionStatus Status { get; }

    /// <summary>When it ended: seconds since 1970-01-01 UTC; null where it is not stated.</summary>
    public double? EndTime { get; }

    /// <summary>The description of the experiment that the trial is part of; null where the run has none.</summary>
    public HyperparameterExperiment? Experiment { get; }

    internal static Hyperparameter ValueOf(Google.Protobuf.WellKnownTypes.Value value) => new(value.KindCase switch
    {
        Google.Protobuf.WellKnownTypes.Value.KindOneofCase.NumberValue => value.NumberValue,
        Google.Protobuf.WellKnownTypes.Value.KindOneofCase.StringValue => value.StringValue,
        Google.Protobuf.WellKnownTypes.Value.KindOneofCase.BoolValue => value.BoolValue,
        _ => null,
    });
}
