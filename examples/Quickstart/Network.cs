namespace Quickstart;

/// <summary>Two dense layers, <c>fc1</c> and <c>fc2</c>, with ReLU between them and softmax at the end.</summary>
public sealed class Network
{
    private readonly DenseLayer _fc1;
    private readonly DenseLayer _fc2;

    /// <summary>Creates a network with random weights.</summary>
    public Network(int inputs, int hidden, int classes, Random random)
    {
        _fc1 = new DenseLayer("fc1", inputs, hidden, random);
        _fc2 = new DenseLayer("fc2", hidden, classes, random);
        Layers = [_fc1, _fc2];
    }

    /// <summary>The layers, from input to output.</summary>
    public IReadOnlyList<DenseLayer> Layers { get; }

    /// <summary>Returns the log probability of each class for each picture, picture by picture.</summary>
    public float[] LogProbabilities(Digits digits) => Forward(digits, out _);

    /// <summary>Sets the gradients of all layers for a batch and returns its mean cross-entropy.</summary>
    public double Backward(Digits batch)
    {
        float[] gradient = Forward(batch, out float[] hidden);
        double loss = MeanCrossEntropy(gradient, batch);

        // The derivative of cross-entropy after softmax: probability minus truth.
        for (int i = 0; i < gradient.Length; i++)
            gradient[i] = MathF.Exp(gradient[i]) / batch.Count;
        for (int n = 0; n < batch.Count; n++)
            gradient[(n * _fc2.Outputs) + batch.Label(n)] -= 1f / batch.Count;

        Backward(gradient, hidden, batch.Count);
        return loss;
    }

    /// <summary>Returns the mean over the pictures of the negative log probability of the true digit.</summary>
    public static double MeanCrossEntropy(ReadOnlySpan<float> logProbabilities, Digits digits)
    {
        double sum = 0;
        for (int n = 0; n < digits.Count; n++)
            sum -= logProbabilities[(n * Digits.Classes) + digits.Label(n)];
        return sum / digits.Count;
    }

    /// <summary>
    /// Returns the score of each picture for a digit: the output before softmax. It is better to explain than the
    /// probability, which other digits also change.
    /// </summary>
    public void Score(ReadOnlySpan<float> images, int count, int digit, Span<double> scores)
    {
        float[] outputs = Outputs(images.ToArray(), count, out _);
        for (int n = 0; n < count; n++)
            scores[n] = outputs[(n * _fc2.Outputs) + digit];
    }

    /// <summary>Returns the score of each picture for a digit and its gradient with respect to the pixels.</summary>
    public void Score(
        ReadOnlySpan<float> images, int count, int digit, Span<double> scores, Span<float> pixelGradients)
    {
        float[] outputs = Outputs(images.ToArray(), count, out float[] hidden);
        float[] gradient = new float[outputs.Length];
        for (int n = 0; n < count; n++)
        {
            scores[n] = outputs[(n * _fc2.Outputs) + digit];
            gradient[(n * _fc2.Outputs) + digit] = 1;
        }

        Backward(gradient, hidden, count).CopyTo(pixelGradients);
    }

    private float[] Forward(Digits digits, out float[] hidden)
    {
        float[] inputs = new float[digits.Count * _fc1.Inputs];
        for (int n = 0; n < digits.Count; n++)
            digits.Image(n).CopyTo(inputs.AsSpan(n * _fc1.Inputs));

        float[] outputs = Outputs(inputs, digits.Count, out hidden);
        for (int n = 0; n < digits.Count; n++)
            LogSoftmax(outputs.AsSpan(n * _fc2.Outputs, _fc2.Outputs));
        return outputs;
    }

    private float[] Outputs(float[] inputs, int count, out float[] hidden)
    {
        hidden = _fc1.Forward(inputs, count);
        for (int i = 0; i < hidden.Length; i++)
            hidden[i] = MathF.Max(hidden[i], 0);
        return _fc2.Forward(hidden, count);
    }

    /// <summary>Sets the gradients of all layers from that of the outputs, and returns that of the inputs.</summary>
    private float[] Backward(float[] gradient, float[] hidden, int count)
    {
        float[] hiddenGradient = _fc2.Backward(gradient, count);
        for (int i = 0; i < hidden.Length; i++)
        {
            if (hidden[i] <= 0)
                hiddenGradient[i] = 0;
        }

        return _fc1.Backward(hiddenGradient, count);
    }

    private static void LogSoftmax(Span<float> values)
    {
        // Subtract the maximum first, because the exponential of a large number overflows.
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
