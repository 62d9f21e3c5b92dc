namespace TorchBoard.Metrics;

/// <summary>
/// The means and sums of squared deviations of pairs of numbers, in one pass and without cancellation. Chan, Golub and
/// LeVeque, "Updating Formulae and a Pairwise Algorithm for Computing Sample Variances", 1979.
/// </summary>
internal struct Moments
{
    private double _meanPrediction;
    private double _meanTarget;
    private double _predictions;
    private double _targets;
    private double _products;

    public double Weight { get; private set; }

    public readonly double VariationOfTargets => _targets;

    // Of prediction − target; rounding must not make it negative.
    public readonly double VariationOfErrors => Math.Max(0, _predictions - (2 * _products) + _targets);

    public readonly double Correlation
    {
        get
        {
            double norm = Math.Sqrt(_predictions * _targets);
            return norm > 0 ? Math.Clamp(_products / norm, -1, 1) : 0;
        }
    }

    public void Add(double prediction, double target, double weight) =>
        Add(new Moments { Weight = weight, _meanPrediction = prediction, _meanTarget = target });

    public void Add(in Moments other)
    {
        double weight = Weight + other.Weight;
        if (weight == 0)
            return;
        double share = other.Weight / weight;
        double deviationOfPrediction = other._meanPrediction - _meanPrediction;
        double deviationOfTarget = other._meanTarget - _meanTarget;
        _predictions += other._predictions + (deviationOfPrediction * deviationOfPrediction * Weight * share);
        _targets += other._targets + (deviationOfTarget * deviationOfTarget * Weight * share);
        _products += other._products + (deviationOfPrediction * deviationOfTarget * Weight * share);
        _meanPrediction += deviationOfPrediction * share;
        _meanTarget += deviationOfTarget * share;
        Weight = weight;
    }
}
