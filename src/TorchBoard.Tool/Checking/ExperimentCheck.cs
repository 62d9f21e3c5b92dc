namespace TorchBoard.Tool.Checking;

/// <summary>
/// Compares the experiments of hyperparameters of all runs: TensorBoard uses the first one that it finds for the whole
/// log directory.
/// </summary>
internal sealed class ExperimentCheck
{
    private string? _run;
    private HashSet<string> _columns = [];

    public void Add(string run, HyperparameterExperiment experiment, Place at)
    {
        HashSet<string> columns =
        [
            .. experiment.Parameters.Select(parameter => $"'{parameter.Name}'"),
            .. experiment.Metrics.Select(metric =>
                $"the metric '{metric.Tag}'" + (metric.SubRun.Length == 0 ? "" : $" of '{metric.SubRun}'")),
        ];
        if (_run is null)
        {
            (_run, _columns) = (run, columns);
            return;
        }

        columns.SymmetricExceptWith(_columns);
        if (columns.Count > 0)
        {
            at.Warning(
                $"the hparams experiment differs from that of the run '{_run}', and TensorBoard uses the first one "
                + $"only; not in both: {string.Join(", ", columns.Order(StringComparer.Ordinal))}");
        }
    }
}
