namespace TorchBoard.Metrics;

public sealed partial class ConfusionMatrix
{
    /// <summary>
    /// Returns the usual metrics by name, for <see cref="SummaryWriter.AddMetrics{T}(IEnumerable{KeyValuePair{string, T}},
    /// long, DateTimeOffset?)"/>: <c>accuracy</c>, as macro averages <c>precision</c>, <c>recall</c> and <c>f1</c>, then
    /// <c>matthews_correlation</c> and <c>cohen_kappa</c>.
    /// </summary>
    /// <param name="prefix">The beginning of each name, such as <c>test/</c>; empty by default.</param>
    /// <returns>The metrics that are defined; none if there are no items, or all weights are 0.</returns>
    public IReadOnlyDictionary<string, double> Metrics(string prefix = "")
    {
        Dictionary<string, double> metrics = ClassMetrics(prefix);
        if (metrics.Count > 0)
        {
            metrics[prefix + "matthews_correlation"] = MatthewsCorrelation();
            metrics[prefix + "cohen_kappa"] = CohenKappa();
        }

        return metrics;
    }

    internal Dictionary<string, double> ClassMetrics(string prefix)
    {
        ArgumentNullException.ThrowIfNull(prefix);
        return Weight == 0
            ? []
            : new()
            {
                [prefix + "accuracy"] = Accuracy(),
                [prefix + "precision"] = Precision(),
                [prefix + "recall"] = Recall(),
                [prefix + "f1"] = F1(),
            };
    }
}
