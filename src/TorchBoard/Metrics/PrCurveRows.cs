namespace TorchBoard.Metrics;

/// <summary>
/// Computes the counts of a classifier's correct and wrong predictions at evenly spaced thresholds from 0 to 1, and
/// precision and recall from them, as TensorBoard's own summary does: a prediction at or above the threshold is
/// positive.
/// </summary>
internal static class PrCurveRows
{
    /// <summary>
    /// Number of rows: true and false positives, true and false negatives, precision, recall.
    /// </summary>
    public const int Count = 6;

    // Keeps 0/0 from becoming NaN; the value of TensorBoard's own summary.
    private const double SmallestCount = 1e-7;

    /// <summary>Returns the curve, row by row.</summary>
    /// <param name="isPositive">The true label of each item.</param>
    /// <param name="predictions">The prediction for each item, 0 to 1. Values outside are clipped; NaN is 0.</param>
    /// <param name="weights">The weight of each item; empty for 1 each.</param>
    /// <param name="thresholds">The number of thresholds; at least 2.</param>
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

        // An item that is positive at a threshold is also positive at all lower ones.
        for (int t = thresholds - 2; t >= 0; t--)
        {
            truePositives[t] += truePositives[t + 1];
            falsePositives[t] += falsePositives[t + 1];
        }

        float[] curve = new float[Count * thresholds];
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
