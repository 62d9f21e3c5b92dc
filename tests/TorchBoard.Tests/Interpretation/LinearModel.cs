using TorchBoard.Interpretation;

namespace TorchBoard.Tests.Interpretation;

/// <summary>The weighted sum of the inputs.</summary>
internal static class LinearModel
{
    public static Predict Of(params double[] weights) => (inputs, count, scores) =>
    {
        for (int n = 0; n < count; n++)
        {
            scores[n] = 0;
            for (int i = 0; i < weights.Length; i++)
                scores[n] += weights[i] * inputs[(n * weights.Length) + i];
        }
    };
}
