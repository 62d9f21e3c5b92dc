namespace Quickstart;

/// <summary>A fully connected layer: y = W x + b.</summary>
public sealed class DenseLayer
{
    private float[] _inputs = [];

    /// <summary>
    /// Draws weights from a normal distribution with variance 2 / inputs, for ReLU (He et al. 2015); biases are 0.
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

    /// <summary>The number of inputs.</summary>
    public int Inputs { get; }

    /// <summary>The number of outputs.</summary>
    public int Outputs { get; }

    /// <summary>W, outputs × inputs, row by row.</summary>
    public float[] Weight { get; }

    /// <summary>b, one for each output.</summary>
    public float[] Bias { get; }

    /// <summary>The gradient of the loss with respect to <see cref="Weight"/>, set by <see cref="Backward"/>.</summary>
    public float[] WeightGradient { get; }

    /// <summary>The gradient of the loss with respect to <see cref="Bias"/>, set by <see cref="Backward"/>.</summary>
    public float[] BiasGradient { get; }

    /// <summary>Returns the outputs for a batch, row by row. Keeps the inputs for <see cref="Backward"/>.</summary>
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
    /// Sets the gradients of weights and biases, given the gradient with respect to the outputs of the last
    /// <see cref="Forward"/>, and returns the gradient with respect to the inputs.
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
