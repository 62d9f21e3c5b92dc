using System.Numerics.Tensors;

namespace TorchBoard.Interpretation;

/// <summary>
/// Activation maximisation: an input that a model gives a high score, drawn from noise. Erhan et al., "Visualizing
/// Higher-Layer Features of a Deep Network", 2009.
/// </summary>
public static class ActivationMaximisation
{
    private const double StartDeviation = 0.1;
    private const double LeastRootMeanSquare = 1e-5;

    /// <summary>Climbs: x ← x + rate · g / (rms(g) + 1e-5), step by step.</summary>
    /// <param name="gradient">
    /// The model; it is asked for one input at a time, once for each step and once more. The score is the activation of
    /// a unit or channel, or the output of a class.
    /// </param>
    /// <param name="shape">The input's shape, such as [3, 224, 224].</param>
    /// <param name="options">Steps (30 by default), rate (1), start (noise), seed.</param>
    /// <returns>The input that was reached, with the scores on the way.</returns>
    /// <exception cref="ArgumentException">
    /// The shape is empty or does not fit the start, or the model gave a score or gradient that is not finite.
    /// </exception>
    public static MaximisedInput Climb(
        Gradient gradient, ReadOnlySpan<int> shape, ActivationMaximisationOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(gradient);
        options ??= ActivationMaximisationOptions.Default;
        if (shape.IsEmpty)
            throw new ArgumentException("The shape is empty; at least one dimension is wanted.", nameof(shape));
        int length = 1;
        foreach (int size in shape)
            length = checked(length * Math.Max(size, 0));
        float[] zeros = new float[Math.Max(length, 1)];
        var start = new ExplainedInput(
            options.Start ?? new NormalNoise(options.Seed).AddedTo(zeros, StartDeviation), shape);

        float[] input = start.Values;
        double[] scores = new double[options.Steps + 1];
        var batches = new Batches(input.Length, options with { BatchSize = 1 }, scores.Length);
        batches.Gradients(gradient, scores.Length, (_, at) => input.CopyTo(at), (step, score, g) =>
        {
            scores[step] = score;
            if (step == options.Steps)
                return;
            double rootMeanSquare = TensorPrimitives.Norm(g) / Math.Sqrt(g.Length);
            float rate = (float)(options.LearningRate / (rootMeanSquare + LeastRootMeanSquare));
            TensorPrimitives.MultiplyAdd(g, rate, input, input);
        });
        return new MaximisedInput(input, start.Shape, scores);
    }
}
