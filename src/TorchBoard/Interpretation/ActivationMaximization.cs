using System.Numerics.Tensors;
using TorchBoard.Numerics;

namespace TorchBoard.Interpretation;

/// <summary>
/// Activation maximization: optimizes an input, from noise, until a model gives it a high score. Erhan et al.,
/// "Visualizing Higher-Layer Features of a Deep Network", 2009.
/// </summary>
public static class ActivationMaximization
{
    private const double StartDeviation = 0.1;
    private const double LeastRootMeanSquare = 1e-5;

    /// <summary>
    /// Maximizes the score by gradient ascent: x ← x + rate · g / (rms(g) + 1e-5) in each step. With jitter, g is the
    /// gradient at the randomly shifted input. Each step ends with the decay and then the blur, if set.
    /// </summary>
    /// <param name="gradient">
    /// The model, called with one input at a time: once for each step and once more. The score is the activation of a
    /// unit or channel, or the output of a class.
    /// </param>
    /// <param name="shape">The input's shape, such as [3, 224, 224].</param>
    /// <param name="options">
    /// Steps (30 by default), rate (1), decay, blur and jitter (none), start (noise), seed. Without regularization, the
    /// result resembles noise; try a decay of 0.02, a blur of 0.7 and a jitter of 4.
    /// </param>
    /// <param name="cancellationToken">Cancels the work before the next batch.</param>
    /// <returns>The optimized input and the score at each step.</returns>
    /// <exception cref="ArgumentException">
    /// The shape is empty, does not match the start, or has fewer than two dimensions although blur or jitter is set;
    /// or the model returned a score or gradient that is not finite.
    /// </exception>
    public static MaximizedInput Climb(
        Gradient gradient, ReadOnlySpan<int> shape, ActivationMaximizationOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(gradient);
        options ??= ActivationMaximizationOptions.Default;
        if (shape.IsEmpty)
            throw new ArgumentException("The shape must have at least one dimension.", nameof(shape));
        if (shape.Length < 2 && (options.Blur > 0 || options.Jitter > 0))
        {
            throw new ArgumentException(
                $"Blur and jitter require a shape of [H, W] or [C, H, W]; was {Argument.Text(shape)}.",
                nameof(shape));
        }

        int length = 1;
        foreach (int size in shape)
            length = checked(length * Math.Max(size, 0));
        float[] zeros = new float[Math.Max(length, 1)];
        var start = new ExplainedInput(
            options.Start ?? new NormalNoise(options.Seed).AddedTo(zeros, StartDeviation), shape);

        float[] input = start.Values;
        var moves = new PlaneShift(start.Shape, options.Jitter, options.Seed);
        GaussianBlur? blur = options.Blur > 0 ? new GaussianBlur(options.Blur) : null;
        double[] scores = new double[options.Steps + 1];
        float[] step = new float[input.Length];
        var batches = new Batches(input.Length, options with { BatchSize = 1 }, scores.Length, cancellationToken);
        batches.Gradients(gradient, scores.Length, Fill, Take);
        return new MaximizedInput(input, start.Shape, scores);

        void Fill(int index, Span<float> at)
        {
            // The last score is that of the final input, without a shift.
            if (index < options.Steps)
                moves.Next();
            else
                moves.Reset();
            moves.Apply(input, at);
        }

        void Take(int index, double score, ReadOnlySpan<float> g)
        {
            scores[index] = score;
            if (index == options.Steps)
                return;
            double rootMeanSquare = TensorPrimitives.Norm(g) / Math.Sqrt(g.Length);
            float rate = (float)(options.LearningRate / (rootMeanSquare + LeastRootMeanSquare));
            moves.Undo(g, step);
            TensorPrimitives.MultiplyAdd(step, rate, input, input);
            if (options.Decay > 0)
                TensorPrimitives.Multiply(input, (float)(1 - options.Decay), input);
            blur?.Apply(input, start.Shape);
        }
    }
}
