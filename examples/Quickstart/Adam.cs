namespace Quickstart;

/// <summary>The Adam optimizer with its usual constants (Kingma and Ba 2015, algorithm 1).</summary>
public sealed class Adam
{
    private const float Beta1 = 0.9f;
    private const float Beta2 = 0.999f;
    private const float Epsilon = 1e-8f;

    private readonly Parameter[] _parameters;
    private int _updates;

    /// <summary>Creates an optimizer for all weights and biases of a network.</summary>
    public Adam(Network network) => _parameters =
    [
        .. network.Layers.SelectMany(layer => new[]
        {
            new Parameter(layer.Weight, layer.WeightGradient),
            new Parameter(layer.Bias, layer.BiasGradient),
        }),
    ];

    /// <summary>Moves every parameter against its gradient.</summary>
    public void Update(double learningRate)
    {
        _updates++;
        float rate = (float)(learningRate * Math.Sqrt(1 - Math.Pow(Beta2, _updates)) / (1 - Math.Pow(Beta1, _updates)));
        foreach (Parameter parameter in _parameters)
            parameter.Update(rate);
    }

    private sealed class Parameter(float[] values, float[] gradients)
    {
        private readonly float[] _mean = new float[values.Length];
        private readonly float[] _meanSquare = new float[values.Length];

        public void Update(float rate)
        {
            for (int i = 0; i < values.Length; i++)
            {
                float gradient = gradients[i];
                _mean[i] = (Beta1 * _mean[i]) + ((1 - Beta1) * gradient);
                _meanSquare[i] = (Beta2 * _meanSquare[i]) + ((1 - Beta2) * gradient * gradient);
                values[i] -= rate * _mean[i] / (MathF.Sqrt(_meanSquare[i]) + Epsilon);
            }
        }
    }
}
