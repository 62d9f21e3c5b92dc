namespace TorchBoard.Metrics;

public sealed partial class ConfusionMatrix
{
    /// <summary>
    /// Returns the Matthews correlation coefficient of predictions and labels, which is high only if all classes are
    /// predicted well. Gorodkin, "Comparing two K-category assignments by a K-category correlation coefficient", 2004.
    /// </summary>
    /// <returns>
    /// -1 to 1; 0 if predictions are no better than chance, and if all labels or all predictions are one class, where
    /// the coefficient is undefined. (torchmetrics returns 1 or -1 there for two classes.)
    /// </returns>
    public double MatthewsCorrelation()
    {
        double total = Weight;
        (double chance, double labels, double predictions) = (0, 0, 0);
        for (int c = 0; c < Classes; c++)
        {
            (double support, double predicted) = (TrueWeight(c), PredictedWeight(c));
            chance += support * predicted;
            labels += support * support;
            predictions += predicted * predicted;
        }

        return ClassAverage.Ratio(
            (Correct * total) - chance,
            Math.Sqrt(((total * total) - labels) * ((total * total) - predictions)));
    }

    /// <summary>
    /// Returns Cohen's kappa: how much better the agreement of predictions and labels is than by chance. Cohen, "A
    /// Coefficient of Agreement for Nominal Scales", 1960.
    /// </summary>
    /// <param name="disagreement">
    /// How much a wrong class counts: equally by default; by its distance if the classes are ordered.
    /// </param>
    /// <returns>
    /// At most 1, all predictions are correct; 0, no better than chance. 0 also if all labels and predictions are one
    /// class, where kappa is undefined and torchmetrics returns NaN.
    /// </returns>
    /// <exception cref="ArgumentOutOfRangeException">The disagreement is not defined.</exception>
    public double CohenKappa(Disagreement disagreement = Disagreement.Equal)
    {
        double[] predicted = [.. Enumerable.Range(0, Classes).Select(c => PredictedWeight(c))];
        (double seen, double byChance) = (0, 0);
        for (int label = 0; label < Classes; label++)
        {
            double support = TrueWeight(label);
            for (int prediction = 0; prediction < Classes; prediction++)
            {
                double distance = Math.Abs(label - prediction);
                double weight = disagreement switch
                {
                    Disagreement.Equal => Math.Sign(distance),
                    Disagreement.Linear => distance,
                    Disagreement.Quadratic => distance * distance,
                    _ => throw new ArgumentOutOfRangeException(
                        nameof(disagreement), disagreement, "The value is not a defined disagreement."),
                };
                seen += weight * At(label, prediction);
                byChance += weight * support * predicted[prediction];
            }
        }

        return byChance == 0 ? 0 : 1 - (seen * Weight / byChance);
    }
}
