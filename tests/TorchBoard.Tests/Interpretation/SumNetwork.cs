namespace TorchBoard.Tests.Interpretation;

/// <summary>y = ReLU(s − 10) + 3·ReLU(s + 1) − 1, s the sum of three inputs.</summary>
internal static class SumNetwork
{
    public const int Inputs = 3;

    public static readonly float[] Input = [20, 50, 30];

    public static void Predict(ReadOnlySpan<float> inputs, int count, Span<double> scores)
    {
        for (int n = 0; n < count; n++)
        {
            double sum = Sum(inputs, n);
            scores[n] = Math.Max(sum - 10, 0) + (3 * Math.Max(sum + 1, 0)) - 1;
        }
    }

    public static void Gradient(ReadOnlySpan<float> inputs, int count, Span<double> scores, Span<float> gradients)
    {
        Predict(inputs, count, scores);
        for (int n = 0; n < count; n++)
        {
            double sum = Sum(inputs, n);
            gradients.Slice(n * Inputs, Inputs).Fill((sum > 10 ? 1 : 0) + (sum > -1 ? 3 : 0));
        }
    }

    private static double Sum(ReadOnlySpan<float> inputs, int n) =>
        (double)inputs[n * Inputs] + inputs[(n * Inputs) + 1] + inputs[(n * Inputs) + 2];
}
