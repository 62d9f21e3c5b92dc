namespace TorchBoard.Metrics;

/// <summary>
/// Measures the errors of predicted numbers, batch by batch: MAE, RMSE, R², explained variance, MAPE and Pearson's
/// correlation. Uses constant memory. Not thread-safe; scores of several threads can be added.
/// </summary>
/// <remarks>Rank correlation needs all numbers: see <see cref="SpearmanCorrelation"/>.</remarks>
public sealed class RegressionScores
{
    // Relative errors of targets near 0 are limited, as in scikit-learn.
    private const double LeastTarget = 2.220446049250313e-16;

    private Moments _moments;
    private double _absolute;
    private double _squared;
    private double _relative;

    /// <summary>The sum of the weights of all items: without weights, their number.</summary>
    public double Weight => _moments.Weight;

    /// <summary>The mean absolute error (MAE), in units of the targets; 0 without items.</summary>
    public double MeanAbsoluteError => ClassAverage.Ratio(_absolute, Weight);

    /// <summary>The mean squared error (MSE), in squared units of the targets; 0 without items.</summary>
    public double MeanSquaredError => ClassAverage.Ratio(_squared, Weight);

    /// <summary>The root of the mean squared error (RMSE), in units of the targets; 0 without items.</summary>
    public double RootMeanSquaredError => Math.Sqrt(MeanSquaredError);

    /// <summary>
    /// The mean absolute error relative to the targets (MAPE): 0.1 is 10 %. Targets nearer to 0 than 2.2e-16 count as
    /// 2.2e-16, as in scikit-learn; torchmetrics has 1.17e-6.
    /// </summary>
    public double MeanAbsolutePercentageError => ClassAverage.Ratio(_relative, Weight);

    /// <summary>
    /// R², the coefficient of determination: the share of the targets' variance that the predictions explain. 1 is
    /// exact, 0 no better than the mean target, negative worse. If the targets do not vary, 1 for exact predictions and
    /// 0 for others, as in scikit-learn. Of a single item, too, where torchmetrics throws.
    /// </summary>
    public double R2 => Explained(_squared);

    /// <summary>
    /// R² of predictions that are corrected by their mean error, so that a constant error does not count. If the targets
    /// do not vary, 1 if the errors do not either, else 0.
    /// </summary>
    public double ExplainedVariance => Explained(_moments.VariationOfErrors);

    /// <summary>
    /// Pearson's correlation coefficient of predictions and targets, -1 to 1; 0 if one of them does not vary, where
    /// torchmetrics returns NaN.
    /// </summary>
    public double PearsonCorrelation => _moments.Correlation;

    /// <summary>Adds a batch.</summary>
    /// <param name="predictions">The predicted numbers.</param>
    /// <param name="targets">The true numbers. Can be empty.</param>
    /// <param name="weights">The weight of each item, at least 0; 1 each by default.</param>
    /// <exception cref="ArgumentException">
    /// The lengths differ, a number is not finite, or a weight is negative or not finite. The batch is then not added.
    /// </exception>
    public void Add(
        ReadOnlySpan<float> predictions, ReadOnlySpan<float> targets, ReadOnlySpan<double> weights = default)
    {
        Labels.ThrowIfNotTargets(predictions, targets);
        Labels.ThrowIfNotWeights(weights, targets.Length);
        for (int i = 0; i < targets.Length; i++)
        {
            double weight = weights.IsEmpty ? 1 : weights[i];
            double error = (double)predictions[i] - targets[i];
            _absolute += weight * Math.Abs(error);
            _squared += weight * error * error;
            _relative += weight * Math.Abs(error) / Math.Max(Math.Abs(targets[i]), LeastTarget);
            _moments.Add(predictions[i], targets[i], weight);
        }
    }

    /// <summary>Adds the items of other scores.</summary>
    /// <param name="other">The other scores.</param>
    /// <exception cref="ArgumentNullException">The scores are null.</exception>
    public void Add(RegressionScores other)
    {
        ArgumentNullException.ThrowIfNull(other);
        _absolute += other._absolute;
        _squared += other._squared;
        _relative += other._relative;
        _moments.Add(other._moments);
    }

    /// <summary>
    /// Returns the usual metrics by name, for <see cref="SummaryWriter.AddMetrics{T}(IEnumerable{KeyValuePair{string, T}},
    /// long, DateTimeOffset?)"/>: <c>mae</c>, <c>rmse</c> and, if the targets vary, <c>r2</c>.
    /// </summary>
    /// <param name="prefix">The beginning of each name, such as <c>test/</c>; empty by default.</param>
    /// <returns>The metrics that are defined; none if there are no items, or all weights are 0.</returns>
    public IReadOnlyDictionary<string, double> Metrics(string prefix = "")
    {
        ArgumentNullException.ThrowIfNull(prefix);
        if (Weight == 0)
            return new Dictionary<string, double>();
        var metrics = new Dictionary<string, double>
        {
            [prefix + "mae"] = MeanAbsoluteError,
            [prefix + "rmse"] = RootMeanSquaredError,
        };
        if (_moments.VariationOfTargets > 0)
            metrics[prefix + "r2"] = R2;
        return metrics;
    }

    /// <summary>Removes all items, for the next epoch.</summary>
    public void Reset()
    {
        (_absolute, _squared, _relative) = (0, 0, 0);
        _moments = default;
    }

    private double Explained(double unexplained) => _moments.VariationOfTargets > 0
        ? 1 - (unexplained / _moments.VariationOfTargets)
        : unexplained == 0 && Weight > 0 ? 1 : 0;
}
