namespace TorchBoard.Interpretation;

public sealed partial class Attribution
{
    /// <summary>Explains several inputs, such as the pictures of a batch, with any method.</summary>
    /// <param name="inputs">The inputs one after another, all of one length.</param>
    /// <param name="count">The number of inputs; at least 1.</param>
    /// <param name="explain">
    /// Explains one input: <c>input =&gt; Occlusion.Explain(predict, input, [3, 32, 32], [3, 8, 8])</c>.
    /// </param>
    /// <param name="progress">Receives the fraction of inputs explained after each one, greater than 0 up to 1.</param>
    /// <param name="cancellationToken">Cancels the work before the next input.</param>
    /// <returns>An attribution per input, in their order.</returns>
    /// <exception cref="ArgumentException">
    /// There are no inputs, <paramref name="count"/> does not divide their length, or an explanation is null.
    /// </exception>
    /// <exception cref="OperationCanceledException">The operation was canceled.</exception>
    /// <remarks><c>SummaryWriter.AddAttributions</c> draws them in one picture, on one scale.</remarks>
    public static Attribution[] ExplainEach(
        ReadOnlySpan<float> inputs, int count, Func<float[], Attribution> explain, IProgress<double>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(explain);
        int length = LengthOfEach(inputs, count);
        var attributions = new Attribution[count];
        for (int i = 0; i < count; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            attributions[i] = explain(inputs.Slice(i * length, length).ToArray())
                ?? throw new ArgumentException($"The explanation of input {i} is null.", nameof(explain));
            progress?.Report((i + 1.0) / count);
        }

        return attributions;
    }

    /// <summary>
    /// Explains the scores of several classes for several inputs, each with the calls of the model that one class needs;
    /// see <see cref="ExplainClasses"/>.
    /// </summary>
    /// <param name="inputs">The inputs one after another, all of one length.</param>
    /// <param name="count">The number of inputs; at least 1.</param>
    /// <param name="predict">The model.</param>
    /// <param name="classes">The number of classes; at least 1.</param>
    /// <param name="explain">
    /// Explains a score of an input, by any method that needs no gradients: <c>(predict, input) =&gt;
    /// KernelShap.Explain(predict, input)</c>.
    /// </param>
    /// <param name="progress">Receives the fraction of inputs explained after each one, greater than 0 up to 1.</param>
    /// <param name="cancellationToken">Cancels the work before the next input.</param>
    /// <returns>For each input, in their order, an attribution per class.</returns>
    /// <exception cref="ArgumentException">
    /// There are no inputs, <paramref name="count"/> does not divide their length, the number of classes is less than 1,
    /// an explanation is null, or the model returned a score that is not finite.
    /// </exception>
    /// <exception cref="OperationCanceledException">The operation was canceled.</exception>
    public static Attribution[][] ExplainEach(
        ReadOnlySpan<float> inputs, int count, PredictClasses predict, int classes,
        Func<Predict, float[], Attribution> explain, IProgress<double>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(explain);
        int length = LengthOfEach(inputs, count);
        var attributions = new Attribution[count][];
        for (int i = 0; i < count; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            float[] input = inputs.Slice(i * length, length).ToArray();
            attributions[i] = ExplainClasses(predict, classes, model => explain(model, input));
            progress?.Report((i + 1.0) / count);
        }

        return attributions;
    }

    private static int LengthOfEach(ReadOnlySpan<float> inputs, int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        if (inputs.IsEmpty)
            throw new ArgumentException("At least one input is required.", nameof(inputs));
        if (inputs.Length % count != 0)
        {
            throw new ArgumentException(
                $"The length of {count} inputs must be a multiple of {count}; was {inputs.Length}.", nameof(inputs));
        }

        return inputs.Length / count;
    }
}
