namespace Quickstart;

/// <summary>Two dense layers, <c>fc1</c> and <c>fc2</c>, with ReLU between them and softmax at the end.</summary>
public sealed class Network
{
    private readonly DenseLayer _fc1;
    private readonly DenseLayer _fc2;

    /// <summary>A network with weights drawn by chance.</summary>
    public Network(int inputs, int hidden, int classes, Random random)
    {
        _fc1 = new DenseLayer("fc1", inputs, hidden, random);
        _fc2 = new DenseLayer("fc2", hidden, classes, random);
        Layers = [_fc1, _fc2];
    }

    /// <summary>The layers, from input to output.</summary>
    public IReadOnlyList<DenseLayer> Layers { get; }

    /// <summary>The probability of each class for each picture, as logarithms, picture by picture.</summary>
    public float[] LogProbabilities(Digits digits) => Forward(digits, out _);

    /// <summary>Sets the gradients of all layers for a batch, and returns its mean cross-entropy.</summary>
    public double Backward(Digits batch)
    {
        float[] gradient = Forward(batch, out float[] hidden);
        double loss = MeanCrossEntropy(gradient, batch);

        // The derivative of cross-entropy after softmax: probability less truth.
        for (int i = 0; i < gradient.Length; i++)
            gradient[i] = MathF.Exp(gradient[i]) / batch.Count;
        for (int n = 0; n < batch.Count; n++)
            gradient[(n * _fc2.Outputs) + batch.Label(n)] -= 1f / batch.Count;

        float[] hiddenGradient = _fc2.Backward(gradient, batch.Count);
        for (int i = 0; i < hidden.Length; i++)
        {
            if (hidden[i] <= 0)
                hiddenGradient[i] = 0;
        }

        _fc1.Backward(hiddenGradient, batch.Count);
        return loss;
    }

    /// <summary>The mean over the pictures of the negative logarithm of the true digit's probability.</summary>
    public static double MeanCrossEntropy(ReadOnlySpan<float> logProbabilities, Digits digits)
    {
        double sum = 0;
        for (int n = 0; n < digits.Count; n++)
            sum -= logProbabilities[(n * Digits.Classes) + digits.Label(n)];
        return sum / digits.Count;
    }

    private float[] Forward(Digits digits, out float[] hidden)
    {
        float[] inputs = new float[digits.Count * _fc1.Inputs];
        for (int n = 0; n < digits.Count; n++)
            digits.Image(n).CopyTo(inputs.AsSpan(n * _fc1.Inputs));

        hidden = _fc1.Forward(inputs, digits.Count);
        for (int i = 0; i < hidden.Length; i++)
            hidden[i] = MathF.Max(hidden[i], 0);

        float[] outputs = _fc2.Forward(hidden, digits.Count);
        for (int n = 0; n < digits.Count; n++)
            LogSoftmax(outputs.AsSpan(n * _fc2.Outputs, _fc2.Outputs));
        return outputs;
    }

    private static void LogSoftmax(Span<float> values)
    {
        // Less the greatest first: the exponential of a large number overflows.
        float greatest = float.NegativeInfinity;
        foreach (float value in values)
            greatest = MathF.Max(greatest, value);
        float sum = 0;
        foreach (float value in values)
            sum += MathF.Exp(value - greatest);
        float logSum = greatest + MathF.Log(sum);
        for (int i = 0; i < values.Length; i++)
            values[i] -= logSum;
    }
}
