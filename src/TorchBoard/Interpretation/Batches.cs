using System.Buffers;

namespace TorchBoard.Interpretation;

/// <summary>Writes the input with an index.</summary>
internal delegate void FillInput(int index, Span<float> input);

/// <summary>Receives the model's score for the input with an index.</summary>
internal delegate void TakeScore(int index, double score);

/// <summary>Receives the model's score and gradient for the input with an index.</summary>
internal delegate void TakeGradient(int index, double score, ReadOnlySpan<float> gradient);

/// <summary>Calls a model with many inputs in batches.</summary>
/// <param name="length">Number of values in an input.</param>
/// <param name="options">Batch size and progress.</param>
/// <param name="total">Total number of inputs, for the progress.</param>
/// <param name="cancellationToken">Cancels the work before the next batch.</param>
internal sealed class Batches(int length, ExplanationOptions options, int total, CancellationToken cancellationToken)
{
    private int _done;

    public double[] Scores(Predict predict, int count, FillInput fill)
    {
        double[] scores = new double[count];
        Scores(predict, count, fill, (index, score) => scores[index] = score);
        return scores;
    }

    public void Scores(Predict predict, int count, FillInput fill, TakeScore take)
    {
        double[] scores = new double[Math.Min(count, options.BatchSize)];
        ForEach(count, fill, (start, size, inputs) =>
        {
            Span<double> batch = scores.AsSpan(0, size);
            batch.Clear();
            predict(inputs, size, batch);
            ThrowIfNotFinite(batch, nameof(predict));
            for (int i = 0; i < size; i++)
                take(start + i, batch[i]);
        });
    }

    public void Gradients(Gradient gradient, int count, FillInput fill, TakeGradient take)
    {
        double[] scores = new double[Math.Min(count, options.BatchSize)];
        float[] gradients = new float[checked(scores.Length * length)];
        ForEach(count, fill, (start, size, inputs) =>
        {
            Span<double> batchScores = scores.AsSpan(0, size);
            Span<float> batch = gradients.AsSpan(0, size * length);
            gradient(inputs, size, batchScores, batch);
            ThrowIfNotFinite(batchScores, nameof(gradient));
            Argument.Finite(batch, nameof(gradient));
            for (int i = 0; i < size; i++)
                take(start + i, batchScores[i], batch.Slice(i * length, length));
        });
    }

    private delegate void Run(int start, int size, ReadOnlySpan<float> inputs);

    private void ForEach(int count, FillInput fill, Run run)
    {
        // Fresh memory of this size is slow: the system clears it page by page.
        float[] inputs = ArrayPool<float>.Shared.Rent(checked(Math.Min(count, options.BatchSize) * length));
        try
        {
            for (int start = 0; start < count; start += options.BatchSize)
            {
                cancellationToken.ThrowIfCancellationRequested();
                int size = Math.Min(options.BatchSize, count - start);
                for (int i = 0; i < size; i++)
                    fill(start + i, inputs.AsSpan(i * length, length));
                run(start, size, inputs.AsSpan(0, size * length));
                _done += size;
                options.Progress?.Report(Math.Min(1, (double)_done / total));
            }
        }
        finally
        {
            ArrayPool<float>.Shared.Return(inputs);
        }
    }

    private void ThrowIfNotFinite(ReadOnlySpan<double> scores, string argument)
    {
        for (int i = 0; i < scores.Length; i++)
        {
            if (!double.IsFinite(scores[i]))
            {
                throw new ArgumentException(
                    FormattableString.Invariant($"The model returned the score {scores[i]} for input {_done + i} ")
                    + $"of {total}; scores must be finite.",
                    argument);
            }
        }
    }
}
