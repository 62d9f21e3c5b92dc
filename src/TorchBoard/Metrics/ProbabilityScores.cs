namespace TorchBoard.Metrics;

/// <summary>
/// Measures how good a classifier's probabilities are, batch by batch: log loss, Brier score, calibration error and the
/// bins of a reliability diagram. Uses memory for the bins only. Not thread-safe; scores of several threads can be added.
/// </summary>
public sealed class ProbabilityScores
{
    // The log loss of a certain but wrong prediction is finite, as in scikit-learn.
    private const double LeastProbability = 1e-15;

    // Probabilities of a row in single precision do not sum to 1 exactly.
    private const double SumTolerance = 1e-3;

    private readonly CalibrationBin[] _bins;
    private double _logLoss;
    private double _squaredErrors;

    /// <summary>Initializes scores without items.</summary>
    /// <param name="classes">The number of classes; at least 2. 2 also for a binary classifier.</param>
    /// <param name="bins">The number of calibration bins of equal width between 0 and 1; at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    public ProbabilityScores(int classes, int bins = 15)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(classes, 2);
        ArgumentOutOfRangeException.ThrowIfLessThan(bins, 1);
        Classes = classes;
        _bins = new CalibrationBin[bins];
    }

    /// <summary>The number of classes.</summary>
    public int Classes { get; }

    /// <summary>
    /// Whether the scores are logits, to which softmax, or the sigmoid for a binary classifier, is applied. False by
    /// default: the scores are probabilities.
    /// </summary>
    public bool AreLogits { get; init; }

    /// <summary>The sum of the weights of all items: without weights, their number.</summary>
    public double Weight { get; private set; }

    /// <summary>
    /// The mean of −ln p, where p is the probability of the true class; at least 0, and 0 without items. Probabilities
    /// below 1e-15 count as 1e-15; logits need no limit.
    /// </summary>
    public double LogLoss => ClassAverage.Ratio(_logLoss, Weight);

    /// <summary>
    /// The mean squared difference of probabilities and truth: for a binary classifier of the positive class, 0 to 1;
    /// else summed over the classes, 0 to 2. Brier, "Verification of Forecasts Expressed in Terms of Probability", 1950.
    /// </summary>
    public double BrierScore => ClassAverage.Ratio(_squaredErrors, Weight);

    /// <summary>
    /// The expected calibration error (ECE): the mean difference of confidence and accuracy in the bins, 0 to 1. Guo et
    /// al., "On Calibration of Modern Neural Networks", 2017.
    /// </summary>
    /// <remarks>
    /// The confidence is the highest probability, for a binary classifier that of the positive class. A confidence of 1
    /// is in the last bin; torchmetrics gives it a bin of its own.
    /// </remarks>
    public double CalibrationError => _bins.Sum(bin => Share(bin) * bin.Gap);

    /// <summary>The root of the mean squared difference of confidence and accuracy in the bins, 0 to 1.</summary>
    public double RootMeanSquaredCalibrationError => Math.Sqrt(_bins.Sum(bin => Share(bin) * bin.Gap * bin.Gap));

    /// <summary>The largest difference of confidence and accuracy in a bin (MCE), 0 to 1.</summary>
    public double MaxCalibrationError => _bins.Max(bin => bin.Gap);

    /// <summary>The bins of a reliability diagram, from confidence 0 to 1.</summary>
    public ReadOnlySpan<CalibrationBin> Bins => _bins;

    /// <summary>Adds a batch of a multiclass classifier.</summary>
    /// <param name="scores">A probability, or logit, for each item and class, shape [items, classes].</param>
    /// <param name="labels">The true class of each item, from 0. Can be empty.</param>
    /// <param name="weights">The weight of each item, at least 0; 1 each by default.</param>
    /// <exception cref="ArgumentException">
    /// The lengths do not match, a label is not a class, a weight is negative or not finite, or a score is not a
    /// probability (a finite number for logits). The batch is then not added.
    /// </exception>
    public void Add(ReadOnlySpan<float> scores, ReadOnlySpan<int> labels, ReadOnlySpan<double> weights = default)
    {
        Labels.ThrowIfNotScored(labels, scores, Classes);
        Labels.ThrowIfNotWeights(weights, labels.Length);
        if (AreLogits)
            Labels.ThrowIfNotFinite(scores);
        else
            ThrowIfNotDistributions(scores);
        double[] logarithms = new double[Classes];
        for (int i = 0; i < labels.Length; i++)
        {
            ReadOnlySpan<float> row = scores.Slice(i * Classes, Classes);
            SetLogarithms(row, logarithms);
            int highest = Labels.Highest(row);
            double squared = 0;
            for (int c = 0; c < Classes; c++)
                squared += Squared(Probability(row[c], logarithms[c]) - (c == labels[i] ? 1 : 0));
            Count(
                Probability(row[highest], logarithms[highest]), highest == labels[i], -logarithms[labels[i]], squared,
                weights.IsEmpty ? 1 : weights[i]);
        }
    }

    /// <summary>Adds a batch of a binary classifier.</summary>
    /// <param name="scores">The probability, or logit, of the positive class for each item.</param>
    /// <param name="labels">Whether each item is positive. Can be empty.</param>
    /// <param name="weights">The weight of each item, at least 0; 1 each by default.</param>
    /// <exception cref="InvalidOperationException">There are more than two classes.</exception>
    /// <exception cref="ArgumentException">
    /// The lengths do not match, a weight is negative or not finite, or a score is not a probability (a finite number
    /// for logits). The batch is then not added.
    /// </exception>
    public void Add(ReadOnlySpan<float> scores, ReadOnlySpan<bool> labels, ReadOnlySpan<double> weights = default)
    {
        if (Classes != 2)
            throw new InvalidOperationException($"A binary classifier has 2 classes; the scores are for {Classes}.");
        Labels.ThrowIfNotScored(labels, scores);
        Labels.ThrowIfNotWeights(weights, labels.Length);
        if (AreLogits)
            Labels.ThrowIfNotFinite(scores);
        else
            Labels.ThrowIfNotProbabilities(scores, Labels.ForLogits);
        for (int i = 0; i < labels.Length; i++)
        {
            double score = scores[i];
            double positive = AreLogits ? -SoftPlus(-score) : Logarithm(score);
            double negative = AreLogits ? -SoftPlus(score) : Logarithm(1 - score);
            double probability = AreLogits ? Math.Exp(positive) : score;
            Count(
                probability, labels[i], -(labels[i] ? positive : negative), Squared(probability - (labels[i] ? 1 : 0)),
                weights.IsEmpty ? 1 : weights[i]);
        }
    }

    /// <summary>Adds the items of other scores with the same numbers of classes and bins.</summary>
    /// <param name="other">The other scores.</param>
    /// <exception cref="ArgumentException">The scores are null or have other numbers of classes or bins.</exception>
    public void Add(ProbabilityScores other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if ((other.Classes, other._bins.Length) != (Classes, _bins.Length))
        {
            throw new ArgumentException(
                $"The other scores must have {Classes} classes and {_bins.Length} bins; had {other.Classes} and "
                + $"{other._bins.Length}.",
                nameof(other));
        }

        for (int b = 0; b < _bins.Length; b++)
            _bins[b] = _bins[b].With(other._bins[b]);
        _logLoss += other._logLoss;
        _squaredErrors += other._squaredErrors;
        Weight += other.Weight;
    }

    /// <summary>
    /// Returns the usual metrics by name, for <see cref="SummaryWriter.AddMetrics{T}(IEnumerable{KeyValuePair{string, T}},
    /// long, DateTimeOffset?)"/>: <c>log_loss</c>, <c>brier_score</c> and <c>calibration_error</c>.
    /// </summary>
    /// <param name="prefix">The beginning of each name, such as <c>test/</c>; empty by default.</param>
    /// <returns>The metrics that are defined; none if there are no items, or all weights are 0.</returns>
    public IReadOnlyDictionary<string, double> Metrics(string prefix = "")
    {
        ArgumentNullException.ThrowIfNull(prefix);
        return Weight == 0
            ? new Dictionary<string, double>()
            : new Dictionary<string, double>
            {
                [prefix + "log_loss"] = LogLoss,
                [prefix + "brier_score"] = BrierScore,
                [prefix + "calibration_error"] = CalibrationError,
            };
    }

    /// <summary>Removes all items, for the next epoch.</summary>
    public void Reset()
    {
        Array.Clear(_bins);
        (_logLoss, _squaredErrors, Weight) = (0, 0, 0);
    }

    private static double Squared(double value) => value * value;

    private static double Logarithm(double probability) => Math.Log(Math.Max(probability, LeastProbability));

    // ln(1 + eˣ), without overflow.
    private static double SoftPlus(double x) => Math.Max(x, 0) + Math.Log(1 + Math.Exp(-Math.Abs(x)));

    private void ThrowIfNotDistributions(ReadOnlySpan<float> scores)
    {
        Labels.ThrowIfNotProbabilities(scores, Labels.ForLogits);
        for (int i = 0; i < scores.Length; i += Classes)
        {
            double sum = 0;
            foreach (float score in scores.Slice(i, Classes))
                sum += score;
            if (Math.Abs(sum - 1) > SumTolerance)
            {
                throw new ArgumentException(
                    FormattableString.Invariant($"The probabilities of an item must sum to 1; of item {i / Classes}, ")
                    + FormattableString.Invariant($"they sum to {sum:G4}. {Labels.ForLogits}"),
                    nameof(scores));
            }
        }
    }

    private void SetLogarithms(ReadOnlySpan<float> scores, double[] logarithms)
    {
        double greatest = scores[Labels.Highest(scores)];
        double sum = 0;
        foreach (float score in scores)
            sum += Math.Exp(score - greatest);
        for (int c = 0; c < logarithms.Length; c++)
            logarithms[c] = AreLogits ? scores[c] - greatest - Math.Log(sum) : Logarithm(scores[c]);
    }

    private double Probability(float score, double logarithm) => AreLogits ? Math.Exp(logarithm) : score;

    private double Share(CalibrationBin bin) => ClassAverage.Ratio(bin.Weight, Weight);

    private void Count(double confidence, bool isRight, double logLoss, double squaredError, double weight)
    {
        int bin = Math.Min((int)(confidence * _bins.Length), _bins.Length - 1);
        _bins[bin] = _bins[bin].With(new CalibrationBin(weight, weight * confidence, isRight ? weight : 0));
        _logLoss += weight * logLoss;
        _squaredErrors += weight * squaredError;
        Weight += weight;
    }
}
