namespace TorchBoard.Interpretation;

/// <summary>The score and the gradient of one input.</summary>
internal static class SingleGradient
{
    public static (ExplainedInput Input, double Score, double[] Gradient) Of(
        Gradient gradient, ReadOnlySpan<float> input, ReadOnlySpan<int> shape)
    {
        ArgumentNullException.ThrowIfNull(gradient);
        var explained = new ExplainedInput(input, shape);
        double[] values = new double[explained.Length];
        double score = 0;
        new Batches(explained.Length, BatchOptions.Default, 1, CancellationToken.None).Gradients(
            gradient,
            1,
            (_, at) => explained.Values.CopyTo(at),
            (_, given, g) =>
            {
                score = given;
                for (int i = 0; i < values.Length; i++)
                    values[i] = g[i];
            });
        return (explained, score, values);
    }
}
