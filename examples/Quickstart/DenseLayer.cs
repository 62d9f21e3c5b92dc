namespace Quickstart;

/// <summary>A fully connected layer: y = W x + b.</summary>
public sealed class DenseLayer
{
    private float[] _inputs = [];

    /// <summary>
    /// Weights from a normal distribution of variance 2 / inputs, for ReLU (He et al. 2015); biases of 0.
    /// </summary>
    public DenseLayer(string name, int inputs, int outputs, Random random)
    {
        Name = name;
        Inputs = inputs;
        Outputs = outputs;
        Weight = new float[outputs * inputs];
        Bias = new float[outputs];
        WeightGradient = new float[Weight.Length];
        BiasGradient = new float[Bias.Length];

        double deviation = Math.Sqrt(2.0 / inputs);
        for (int i = 0; i < Weight.Length; i++)
            Weight[i] = (float)(deviation * StandardNormal(random));
    }

    /// <summary>The name, such as <c>fc1</c>.</summary>
    public string Name { get; }

    /// <summary>How many numbers go in.</summary>
    public int Inputs { get; }

    /// <summary>How many numbers come out.</summary>
    public int Outputs { get; }

    /// <summary>W, outputs × inputs, row by row.</summary>
    public float[] Weight { get; }

    /// <summary>b.</summary>
    public float[] Bias { get; }

    /// <summary>The derivative of the loss by <see cref="Weight"/>, of the last <see cref="Backward"/>.</summary>
    public float[] WeightGradient { get; }

    /// <summary>The derivative of the loss by <see cref="Bias"/>, of the last <see cref="Backward"/>.</summary>
    public float[] BiasGradient { get; }

    /// <summary>The outputs for a batch, row by row. The inputs are kept for <see cref="Backward"/>.</summary>
    public float[] Forward(float[] inputs, int count)
    {
        _inputs = inputs;
        float[] outputs = new float[count * Outputs];
        for (int n = 0; n < count; n++)
        {
            ReadOnlySpan<float> x = inputs.AsSpan(n * Inputs, Inputs);
            for (int o = 0; o < Outputs; o++)
            {
                ReadOnlySpan<float> w = Weight.AsSpan(o * Inputs, Inputs);
                float sum = Bias[o];
                for (int i = 0; i < x.Length; i++)
                    sum += w[i] * x[i];
                outputs[(n * Outputs) + o] = sum;
            }
        }

        return outputs;
    }

    /// <summary>
    /// From the gradient with respect to the outputs of the last <see cref="Forward"/>, sets the gradients of
    /// weights and biases and returns the one with respect to the inputs.
    /// </summary>
    public float[] Backward(float[] outputGradient, int count)
    {
        Array.Clear(WeightGradient);
        Array.Clear(BiasGradient);
        float[] inputGradient = new float[count * Inputs];
        for (int n = 0; n < count; n++)
        {
            ReadOnlySpan<float> x = _inputs.AsSpan(n * Inputs, Inputs);
            Span<float> dx = inputGradient.AsSpan(n * Inputs, Inputs);
            for (int o = 0; o < Outputs; o++)
            {
                float dy = outputGradient[(n * Outputs) + o];
                ReadOnlySpan<float> w = Weight.AsSpan(o * Inputs, Inputs);
                Span<float> dw = WeightGradient.AsSpan(o * Inputs, Inputs);
                BiasGradient[o] += dy;
                for (int i = 0; i < x.Length; i++)
                {
                    dw[i] += dy * x[i];
                    dx[i] += dy * w[i];
                }
            }
        }

        return inputGradient;
    }

    /// <summary>The Box-Muller transform.</summary>
    private static double StandardNormal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
