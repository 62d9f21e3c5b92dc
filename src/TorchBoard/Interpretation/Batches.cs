namespace TorchBoard.Interpretation;

/// <summary>Writes the input of an index.</summary>
internal delegate void FillInput(int index, Span<float> input);

/// <summary>Takes what the model says of the input of an index.</summary>
internal delegate void TakeGradient(int index, double score, ReadOnlySpan<float> gradient);

/// <summary>Gives a model many inputs, a batch at a time.</summary>
/// <param name="length">Numbers of an input.</param>
/// <param name="options">Batch size and progress.</param>
/// <param name="total">Inputs of the whole work, for its progress.</param>
/// <param name="cancellationToken">Stops before the next batch.</param>
internal sealed class Batches(int length, ExplanationOptions options, int total, CancellationToken cancellationToken)
{
    private int _done;

    public double[] Scores(Predict predict, int count, FillInput fill)
    {
        double[] scores = new double[count];
        ForEach(count, fill, (start, size, inputs) =>
        {
            Span<double> batch = scores.AsSpan(start, size);
            predict(inputs, size, batch);
            ThrowIfNotFinite(batch, nameof(predict));
        });
        return scores;
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
        float[] inputs = new float[checked(Math.Min(count, options.BatchSize) * length)];
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

    private void ThrowIfNotFinite(ReadOnlySpan<double> scores, string argument)
    {
        for (int i = 0; i < scores.Length; i++)
        {
            if (!double.IsFinite(scores[i]))
            {
                throw new ArgumentException(
                    FormattableString.Invariant($"The function gave the score {scores[i]} for input {_done + i} ")
                    + $"of {total}; a finite one is wanted.",
                    argument);
            }
        }
    }
}
