namespace TorchBoard.Metrics;

/// <summary>
/// Counts of a classifier's right and wrong answers at evenly spaced thresholds from 0 to 1, and precision and recall
/// from them, as TensorBoard's own summary computes them: a prediction counts as positive where it is not less than
/// the threshold.
/// </summary>
internal static class PrCurve
{
    /// <summary>The rows: true and false positives, true and false negatives, precision, recall.</summary>
    public const int Rows = 6;

    // Keeps 0/0 from becoming NaN; the value of TensorBoard's own summary.
    private const double SmallestCount = 1e-7;

    /// <summary>The curve, row by row.</summary>
    /// <param name="isPositive">What is true of each item.</param>
    /// <param name="predictions">What was predicted for each, 0 to 1. What lies outside is cut off; NaN is 0.</param>
    /// <param name="weights">What each counts; empty for 1 each.</param>
    /// <param name="thresholds">How many thresholds; at least 2.</param>
    public static float[] Of(
        ReadOnlySpan<bool> isPositive, ReadOnlySpan<float> predictions, ReadOnlySpan<float> weights, int thresholds)
    {
        double[] truePositives = new double[thresholds];
        double[] falsePositives = new double[thresholds];
        for (int i = 0; i < predictions.Length; i++)
        {
            float prediction = float.IsNaN(predictions[i]) ? 0 : Math.Clamp(predictions[i], 0, 1);
            int highest = (int)(prediction * (thresholds - 1));
            double weight = weights.IsEmpty ? 1 : weights[i];
            (isPositive[i] ? truePositives : falsePositives)[highest] += weight;
        }

        // What is positive at a threshold is so at all lower ones.
        for (int t = thresholds - 2; t >= 0; t--)
        {
            truePositives[t] += truePositives[t + 1];
            falsePositives[t] += falsePositives[t + 1];
        }

        float[] curve = new float[Rows * thresholds];
        for (int t = 0; t < thresholds; t++)
        {
            double trueNegatives = falsePositives[0] - falsePositives[t];
            double falseNegatives = truePositives[0] - truePositives[t];
            curve[t] = (float)truePositives[t];
            curve[thresholds + t] = (float)falsePositives[t];
            curve[(2 * thresholds) + t] = (float)trueNegatives;
            curve[(3 * thresholds) + t] = (float)falseNegatives;
            curve[(4 * thresholds) + t] =
                (float)(truePositives[t] / Math.Max(SmallestCount, truePositives[t] + falsePositives[t]));
            curve[(5 * thresholds) + t] =
                (float)(truePositives[t] / Math.Max(SmallestCount, truePositives[t] + falseNegatives));
        }

        return curve;
    }
}
